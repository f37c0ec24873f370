import { type EffectiveCluster, type FluxKustomization, ofKind } from '../../effective';
import { madeAtRunTime } from '../made-at-run-time';
import { nearest } from '../nearest';
import { listed } from '../phrase';
import { defineRule, textAt } from '../rule';

/** Source: kustomize-controller, checkDependencies: a dependency that is not found is asked for again, for ever. */
export const dependsOnKnown = defineRule({
  name: 'depends-on-known',
  ids: ['F01'],
  claim: 'every Flux Kustomization that another waits for exists',
  because: 'Flux waits for ever, and reports no failure',
  evidence: 'fluxcd/flux2#956, fluxcd/flux2#3364, fluxcd/kustomize-controller#242',
  severity: 'error',
  fix: 'correct the name or its namespace; for a HelmRelease, name the Flux Kustomization that holds it',

  *check({ clusters }) {
    for (const cluster of clusters) {
      const unknown = cluster.kustomizations.filter((on) => on.dependsOn.some(({ found }) => !found));
      if (unknown.length === 0) continue;
      const hidden = hiddenIn(cluster);
      for (const on of unknown) {
        for (const [index, { id, found }] of on.dependsOn.entries()) {
          const name = textAt(on.spec, 'dependsOn', index, 'name');
          if (found || name === undefined || id.includes('${')) continue;
          const unless = hidden ?? elsewhere(clusters, cluster, id);
          yield {
            on,
            at: `spec.dependsOn[${index}]`,
            found: `there is no Flux Kustomization ${id}${unless === undefined ? '' : `, unless ${unless}`}`,
            fix: correction(cluster, on, name),
            ...(unless !== undefined && { severity: 'warning' }),
          };
        }
      }
    }
  },
});

/** Where one that is not seen here may come from; undefined where all of the cluster is known. */
function hiddenIn(cluster: EffectiveCluster): string | undefined {
  const unbuilt = cluster.kustomizations.filter(({ failure }) => failure).map(({ id }) => id);
  if (unbuilt.length > 0) return `${listed(unbuilt)}, which could not be built here, ${unbuilt.length === 1 ? 'has' : 'have'} it`;
  const maker = madeAtRunTime(cluster);
  return maker && `${maker} makes it`;
}

/** Another root of the repository that has it: the two may be synced into one cluster, each by hand. */
function elsewhere(clusters: readonly EffectiveCluster[], cluster: EffectiveCluster, id: string): string | undefined {
  const other = clusters.find((one) => one !== cluster && one.kustomizations.some((kustomization) => kustomization.id === id));
  return other && `${other.root.path || 'the root of the repository'}, which has it, is synced into the same cluster`;
}

function correction(cluster: EffectiveCluster, on: FluxKustomization, name: string): string {
  const elsewhere = cluster.kustomizations
    .filter((one) => one.name === name)
    .map(({ namespace }) => namespace)
    .filter((namespace) => namespace !== '');
  if (elsewhere.length > 0) return `add its namespace: ${listed(elsewhere)}`;
  const release = ofKind(cluster, 'HelmRelease').find(({ object }) => textAt(object.metadata, 'name') === name);
  if (release)
    return release.owner === on
      ? 'remove it: it is a HelmRelease, which this Flux Kustomization applies itself'
      : `name ${release.owner.id}, which holds the HelmRelease of that name, and let that wait: a Flux Kustomization waits for no HelmRelease by itself`;
  const meant = nearest(name, new Set(cluster.kustomizations.map((one) => one.name)));
  return meant === undefined
    ? 'add the Flux Kustomization, or remove the entry'
    : `did you mean ${meant}? If nothing is meant, remove the entry`;
}
