import type { EffectiveObject } from '../../effective';
import { ofKind } from '../../effective';
import { expressionsOf, isSubstituted } from '../expressions';
import { at, defineRule, textAt } from '../rule';

const FORCE = 'kustomize.toolkit.fluxcd.io/force';
const SSA = 'kustomize.toolkit.fluxcd.io/ssa';

/** Source: the template of a Job cannot be changed once it is made. */
export const jobImmutable = defineRule({
  name: 'job-immutable',
  ids: ['F90'],
  claim: 'a Job whose pods will change may be made anew',
  because:
    'the next image or value is refused as a change of an immutable field, and Flux applies nothing of that stage until the Job is deleted by hand',
  evidence: 'fluxcd/kustomize-controller#271, rwlove/home-ops#13277',
  severity: 'info',
  fix: 'annotate the Job with kustomize.toolkit.fluxcd.io/force: enabled',

  *check(repository) {
    for (const on of ofKind(repository, 'Job', 'batch')) {
      if (isRenewed(on)) continue;
      const variable = isSubstituted(on)
        ? expressionsOf(on.unsubstituted).find(({ at: place }) => place.startsWith('spec.template.'))
        : undefined;
      yield {
        on,
        at: variable?.at ?? 'spec.template',
        found: variable
          ? `${variable.text} in the pods of a Job, which cannot be changed`
          : 'the pods of a Job cannot be changed, its image least of all',
        fix: `annotate it with ${FORCE}: enabled, so that Flux makes it anew`,
      };
    }
  },
});

/** Whether Flux, or its own end, makes room for the next one. */
function isRenewed({ object, owner }: EffectiveObject): boolean {
  const mark = (key: string) => (textAt(object.metadata, 'annotations', key) ?? textAt(object.metadata, 'labels', key))?.toLowerCase();
  if (owner.spec['force'] === true || mark(FORCE) === 'enabled' || mark(SSA) === 'ifnotpresent') return true;
  return at(object, 'spec', 'ttlSecondsAfterFinished') !== undefined;
}
