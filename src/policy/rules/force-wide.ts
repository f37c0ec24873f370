import type { EffectiveObject } from '../../effective';
import { objectsOf } from '../../effective';
import { listed } from '../phrase';
import { defineRule, textAt } from '../rule';
import { isStateful } from '../stateful';

const FORCE = 'kustomize.toolkit.fluxcd.io/force';

/** Source: fluxcd/pkg, ssa: every Invalid or Conflict of the API server counts as an immutable field. */
export const forceWide = defineRule({
  name: 'force-wide',
  ids: ['F91'],
  claim: 'no Flux Kustomization forces its changes on everything it applies',
  because: 'whatever the API server calls invalid, a mistyped field included, is deleted first and then made anew, or not at all',
  evidence: 'fluxcd/pkg, ssa: IsImmutableError; Kustomization v1, spec.force',
  severity: 'warning',
  fix: 'remove spec.force, and annotate the single Job that needs it with kustomize.toolkit.fluxcd.io/force: enabled',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) {
      for (const on of kustomizations) {
        if (on.spec['force'] !== true) continue;
        const stateful = on.objects.filter(({ object }) => isStateful(object));
        yield {
          on,
          at: 'spec.force',
          found: stateful.length === 0 ? 'force: true' : `force: true over ${named(stateful)}`,
          fix: 'remove it, and annotate the single object that needs it with kustomize.toolkit.fluxcd.io/force: enabled',
          ...(stateful.length > 0 && { severity: 'error' as const }),
        };
      }
    }
    for (const on of objectsOf(repository)) {
      const { metadata } = on.object;
      const mark = textAt(metadata, 'annotations', FORCE) ?? textAt(metadata, 'labels', FORCE);
      if (mark?.toLowerCase() !== 'enabled' || !isStateful(on.object)) continue;
      const found = `force: enabled on a ${on.object.kind}`;
      yield {
        on,
        at: `metadata.annotations["${FORCE}"]`,
        found,
        fix: 'remove the annotation, and change such an object by hand',
        severity: 'error',
      };
    }
  },
});

function named(objects: readonly EffectiveObject[]): string {
  return listed([...new Set(objects.map(({ object }) => `${object.kind} ${textAt(object.metadata, 'name')}`))], 3);
}
