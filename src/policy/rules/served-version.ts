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
        const version = apiVersion.slice(apiVersion.lastIndexOf('/') + 1);
        const versions = schemas.versionsOf(group, kind);
        if (versions === undefined) {
          if (!schemas.knowsAllOf(group)) continue;
          const near = schemas.nearestKind(group, kind);
          const fix = near === undefined ? 'write the apiVersion and kind that took its place' : `write kind: ${near}`;
          const found = `${apiVersion} has no kind ${kind}`;
          yield {
            on,
            at: 'apiVersion',
            found,
            fix,
            ...(near === undefined && version.includes('alpha') && { severity: 'warning', because: NEWER }),
          };
        } else if (!versions.includes(version)) {
          const [best = ''] = [...versions].sort(byMaturity);
          const found = `${apiVersion} ${kind} is not served`;
          const fix = `write apiVersion: ${group === '' ? best : `${group}/${best}`}`;
          // Flux is of the release that is pinned; others may be newer in the cluster.
          const isNewer = byMaturity(version, best) < 0 && !group.endsWith('.fluxcd.io');
          yield { on, at: 'apiVersion', found, fix, ...(isNewer && { severity: 'warning', because: NEWER }) };
        }
      }
    }
  },
});

const NEWER = 'the release that imports/sources.yaml pins does not serve it: in a cluster of that release the dry run fails';

/** `v2` before `v1`, a version that is done before a beta, and that before an alpha. */
function byMaturity(a: string, b: string): number {
  const [left, right] = [maturity(a), maturity(b)];
  const differing = left.findIndex((part, index) => part !== right[index]);
  return (right[differing] ?? 0) - (left[differing] ?? 0);
}

function maturity(version: string): readonly number[] {
  const [, major = '0', stage = '', minor = '0'] = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version) ?? [];
  return [stage === '' ? 2 : stage === 'beta' ? 1 : 0, Number(major), Number(minor)];
}
