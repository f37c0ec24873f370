import { type EffectiveCluster, type FluxKustomization, objectsOf, ofKind } from '../../effective';
import { nearest } from '../nearest';
import { listed } from '../phrase';
import { defineRule, leaves, mapAt, textAt } from '../rule';

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
          yield {
            on,
            at: `spec.dependsOn[${index}]`,
            found: `there is no Flux Kustomization ${id}${hidden === undefined ? '' : `, unless ${hidden}`}`,
            fix: correction(cluster, on, name),
            ...(hidden !== undefined && { severity: 'warning' }),
          };
        }
      }
    }
  },
});

/** What may make Flux Kustomizations that are not seen here; undefined where nothing does. */
function hiddenIn(cluster: EffectiveCluster): string | undefined {
  const unbuilt = cluster.kustomizations.filter(({ failure }) => failure).map(({ id }) => id);
  if (unbuilt.length > 0) return `${listed(unbuilt)}, which could not be built here, ${unbuilt.length === 1 ? 'has' : 'have'} it`;
  for (const { object } of objectsOf(cluster)) {
    if (object.kind === 'ResourceSet') return `ResourceSet ${textAt(object.metadata, 'name')} makes it`;
    if (object.kind !== 'HelmRelease') continue;
    const makes = leaves(mapAt(object, 'spec', 'values')).some(([, value]) => `${value}`.includes('kustomize.toolkit.fluxcd.io'));
    if (makes) return `HelmRelease ${textAt(object.metadata, 'name')} makes it`;
  }
  return undefined;
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
