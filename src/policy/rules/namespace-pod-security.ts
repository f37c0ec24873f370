import { defineRule, ofKind, textAt } from '../rule';

const LEVEL = 'pod-security.kubernetes.io/enforce';
const LEVELS: ReadonlySet<string> = new Set(['restricted', 'baseline', 'privileged']);

/** Source: specification, "Namespace with PSS Labels". */
export const namespacePodSecurity = defineRule({
  name: 'namespace-pod-security',
  claim: 'every Namespace states the Pod Security level it enforces',
  because: 'without the label its pods may do anything that a node can do',

  *check(manifests) {
    for (const manifest of ofKind(manifests, 'Namespace')) {
      const level = textAt(manifest.object, 'metadata', 'labels', LEVEL);
      if (level !== undefined && LEVELS.has(level)) continue;
      yield {
        manifest,
        at: `metadata.labels["${LEVEL}"]`,
        found: level === undefined ? 'no Pod Security level' : `no such Pod Security level: ${JSON.stringify(level)}`,
        fix: 'use the Namespace block, with podSecurity',
      };
    }
  },
});
