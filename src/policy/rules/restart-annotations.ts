import { objectsOf } from '../../effective';
import { oncePerObject } from '../once';
import { podSpecOf } from '../pod-spec';
import { at, defineRule, leaves, mapAt } from '../rule';

/** Names whose only use is to differ from what stood there before. */
const RESTART =
  /(^|[./_-])(restarted-?at|last-?restart(ed)?|force-?(restart|redeploy|rollout|update)|redeploy(ed)?(-?at)?|deployed-?at|roll-?me|timestamp)$/i;

/** Annotations of pods among the values of a chart. */
const POD_ANNOTATIONS = /(^|\.)podAnnotations\.(.+)$/;

/** Source: specification, "Anti-Patterns": dummy annotations to force restarts. */
export const restartAnnotations = defineRule({
  name: 'restart-annotations',
  ids: ['S16'],
  claim: 'no annotation of a pod is there only to restart it',
  because: 'each change of it restarts every replica, and the restart that kubectl wrote is repeated or undone at the next apply',
  evidence: 'specification, "Anti-Patterns"',
  severity: 'info',
  fix: 'let Reloader restart what reads a ConfigMap or Secret, or change what the pod runs',
  local: true,

  *check(repository) {
    for (const on of objectsOf(repository)) for (const [at, name] of restarting(on.object)) yield { on, at, ...violation(name) };
  },
});

/** Where such annotations are, and their names. */
const restarting = oncePerObject((object) => {
  const found: (readonly [at: string, name: string])[] = [];
  const metadata = podSpecOf(object)?.at.replace(/spec$/, 'metadata');
  for (const name of metadata === undefined ? [] : Object.keys(mapAt(object, ...metadata.split('.'), 'annotations'))) {
    if (RESTART.test(name)) found.push([`${metadata}.annotations["${name}"]`, name]);
  }
  for (const [path] of object.kind === 'HelmRelease' ? leaves(at(object, 'spec', 'values')) : []) {
    const [, , name] = POD_ANNOTATIONS.exec(path) ?? [];
    if (name !== undefined && RESTART.test(name)) found.push([`spec.values.${path}`, name]);
  }
  return found;
});

function violation(name: string) {
  return {
    found: `the annotation ${name} on pods`,
    fix: 'remove it; for what reads a ConfigMap or Secret, an annotation of Reloader does the restart',
  };
}
