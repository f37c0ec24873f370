import { objectsOf } from '../../effective';
import { schemasOf } from '../known-schemas';
import { defineRule, groupOf } from '../rule';

/** Source: the versions that the CRDs, and Kubernetes, serve at the versions of imports/sources.yaml. */
export const servedVersion = defineRule({
  name: 'served-version',
  ids: ['F49'],
  claim: 'every object has an apiVersion that is served',
  because: 'the API server knows no such kind: the dry run fails, and Flux applies nothing of that stage',
  evidence: 'the CRDs of Flux 2.9 serve v1, HelmRelease v2, Provider and Alert v1beta3',
  severity: 'error',
  fix: 'write the apiVersion that is served',
  local: true,

  *check(repository, context) {
    for (const cluster of repository.clusters) {
      const schemas = schemasOf(cluster, context);
      for (const on of objectsOf(cluster)) {
        const { apiVersion, kind } = on.object;
        const group = groupOf(on.object);
        const versions = schemas.versionsOf(group, kind);
        if (versions === undefined) {
          if (!schemas.knowsAllOf(group)) continue;
          yield {
            on,
            at: 'apiVersion',
            found: `${apiVersion} has no kind ${kind}`,
            fix: 'write the apiVersion and kind that took its place',
          };
        } else if (!versions.includes(apiVersion.slice(apiVersion.lastIndexOf('/') + 1))) {
          const served = versions.map((version) => (group === '' ? version : `${group}/${version}`));
          yield { on, at: 'apiVersion', found: `${apiVersion} ${kind} is not served`, fix: `write apiVersion: ${newest(served)}` };
        }
      }
    }
  },
});

/** `v2` before `v1`, a version that is done before a beta, and that before an alpha. */
function newest(versions: readonly string[]): string {
  const rank = (version: string): readonly number[] => {
    const [, major = '0', stage = '', minor = '0'] = /v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
    return [stage === '' ? 2 : stage === 'beta' ? 1 : 0, Number(major), Number(minor)];
  };
  const [first = ''] = [...versions].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const differing = left.findIndex((part, index) => part !== right[index]);
    return (right[differing] ?? 0) - (left[differing] ?? 0);
  });
  return first;
}
