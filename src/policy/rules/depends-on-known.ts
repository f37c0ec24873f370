import { type EffectiveCluster, type FluxKustomization, ofKind } from '../../effective';
import { nearest } from '../nearest';
import { listed } from '../phrase';
import { defineRule, textAt } from '../rule';
import { unseenKustomizations } from '../unseen-kustomizations';

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
    let roots: ReadonlyMap<string, EffectiveCluster> | undefined;
    for (const cluster of clusters) {
      const unknown = cluster.kustomizations.filter((on) => on.dependsOn.some(({ found }) => !found));
      if (unknown.length === 0) continue;
      const unseen = unseenKustomizations(cluster);
      const corrected = corrections(cluster);
      for (const on of unknown) {
        for (const [index, { id, found }] of on.dependsOn.entries()) {
          const name = textAt(on.spec, 'dependsOn', index, 'name');
          if (found || name === undefined || id.includes('${')) continue;
          roots ??= new Map(clusters.flatMap((one) => one.kustomizations.map((kustomization) => [kustomization.id, one] as const)));
          const unless = unseen ?? inAnother(roots.get(id));
          yield {
            on,
            at: `spec.dependsOn[${index}]`,
            found: `there is no Flux Kustomization ${id}${unless === undefined ? '' : `, unless ${unless}`}`,
            fix: corrected(on, name),
            ...(unless !== undefined && { severity: 'warning' }),
          };
        }
      }
    }
  },
});

/** Another root of the repository that has it: the two may be synced into one cluster, each by hand. */
function inAnother(cluster: EffectiveCluster | undefined): string | undefined {
  return cluster && `${cluster.root.path || 'the root of the repository'}, which has it, is synced into the same cluster`;
}

/** For so many names one that is near is looked for. */
const GUESSES = 50;

/** What to do about a name that nothing has. */
function corrections(cluster: EffectiveCluster): (on: FluxKustomization, name: string) => string {
  const namespaces = new Map<string, string[]>();
  for (const { name, namespace } of cluster.kustomizations) {
    if (namespace === '') continue;
    const others = namespaces.get(name);
    if (others) others.push(namespace);
    else namespaces.set(name, [namespace]);
  }
  const releases = new Map(ofKind(cluster, 'HelmRelease').map(({ object, owner }) => [textAt(object.metadata, 'name'), owner]));
  const guessed = new Map<string, string | undefined>();
  return (on, name) => {
    const elsewhere = namespaces.get(name);
    if (elsewhere) return `add its namespace: ${listed(elsewhere)}`;
    const owner = releases.get(name);
    if (owner === on) return 'remove it: it is a HelmRelease, which this Flux Kustomization applies itself';
    if (owner)
      return `name ${owner.id}, which applies the HelmRelease of that name, and let that wait: nothing waits for a HelmRelease itself`;
    if (!guessed.has(name)) guessed.set(name, guessed.size < GUESSES ? nearest(name, namespaces.keys()) : undefined);
    const meant = guessed.get(name);
    if (meant === undefined) return 'add the Flux Kustomization, or remove the entry';
    return `did you mean ${meant}? If nothing is meant, remove the entry`;
  };
}
