import { ofKind } from '../../effective';
import { defineRule, textAt } from '../rule';

const LEVEL = 'pod-security.kubernetes.io/enforce';
const LEVELS: ReadonlySet<string> = new Set(['restricted', 'baseline', 'privileged']);

/** Source: specification, "Namespace with PSS Labels". */
export const namespacePodSecurity = defineRule({
  name: 'namespace-pod-security',
  ids: ['S22'],
  claim: 'every Namespace states the Pod Security level it enforces',
  because: 'without the label its pods may do anything that a node can do',
  evidence: 'specification, "Namespace with PSS Labels"',
  severity: 'warning',
  fix: 'label the Namespace with the lowest level its pods can live with',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'Namespace', '')) {
      const level = textAt(on.object, 'metadata', 'labels', LEVEL);
      if (level !== undefined && LEVELS.has(level)) continue;
      yield {
        on,
        at: `metadata.labels["${LEVEL}"]`,
        found: level === undefined ? 'no Pod Security level' : `no such Pod Security level: ${JSON.stringify(level)}`,
        fix: 'label it with privileged, baseline or restricted; in code: the Namespace block, with podSecurity',
      };
    }
  },
});
