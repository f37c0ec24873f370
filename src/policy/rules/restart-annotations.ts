import { objectsOf } from '../../effective';
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
    for (const on of objectsOf(repository)) {
      const metadata = podSpecOf(on.object)?.at.replace(/spec$/, 'metadata');
      for (const name of metadata === undefined ? [] : Object.keys(mapAt(on.object, ...metadata.split('.'), 'annotations'))) {
        if (RESTART.test(name)) yield { on, ...violation(name), at: `${metadata}.annotations["${name}"]` };
      }
      if (on.object.kind !== 'HelmRelease') continue;
      for (const [path] of leaves(at(on.object, 'spec', 'values'))) {
        const [, , name] = POD_ANNOTATIONS.exec(path) ?? [];
        if (name !== undefined && RESTART.test(name)) yield { on, ...violation(name), at: `spec.values.${path}` };
      }
    }
  },
});

function violation(name: string) {
  return {
    found: `the annotation ${name} on pods`,
    fix: 'remove it; for what reads a ConfigMap or Secret, an annotation of Reloader does the restart',
  };
}
