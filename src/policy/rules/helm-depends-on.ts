import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { ofKind } from '../../effective';
import { absence } from '../absence';
import { nearest } from '../nearest';
import { defineRule, listAt, textAt, type Violation } from '../rule';

/** Source: helm-controller looks dependencies up among HelmReleases only, in the release's own namespace by default. */
export const helmDependsOn = defineRule({
  name: 'helm-depends-on',
  ids: ['F01'],
  claim: 'every dependsOn of a HelmRelease names a HelmRelease of the cluster',
  because: 'helm-controller waits for it for ever, and says no more than that it is not found',
  evidence: 'fluxcd/flux2#956, fluxcd/flux2#3364, fluxcd/kustomize-controller#242',
  severity: 'error',
  fix: 'correct name and namespace; a HelmRelease cannot depend on a Flux Kustomization',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const releases = ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io');
      const known = new Map<string, string[]>();
      for (const { object } of releases) {
        const namespace = textAt(object, 'metadata', 'namespace') ?? '';
        const name = textAt(object, 'metadata', 'name') ?? '';
        known.set(namespace, [...(known.get(namespace) ?? []), name]);
      }
      for (const on of releases) yield* unknown(cluster, on, known);
    }
  },
});

function* unknown(cluster: EffectiveCluster, on: EffectiveObject, known: ReadonlyMap<string, readonly string[]>): Iterable<Violation> {
  for (const [index, entry] of listAt(on.object, 'spec', 'dependsOn').entries()) {
    const name = textAt(entry, 'name');
    const namespace = textAt(entry, 'namespace') || (textAt(on.object, 'metadata', 'namespace') ?? '');
    const here = known.get(namespace) ?? [];
    if (name === undefined || here.includes(name)) continue;
    const meant = nearest(name, here);
    const elsewhere = [...known].find(([, names]) => names.includes(name))?.[0];
    const kustomization = cluster.kustomizations.find((one) => one.name === name);
    // What a repository of others or a broken build might make is no mistake for sure, unless the name is a slip.
    const severity = meant === undefined && elsewhere === undefined ? absence(cluster) : 'error';
    if (severity === undefined) continue;
    const fix =
      meant !== undefined
        ? `write name: ${meant}`
        : elsewhere !== undefined
          ? `write namespace: ${elsewhere}`
          : kustomization
            ? `let ${on.owner.id} depend on ${kustomization.id} instead: kinds cannot be mixed`
            : 'correct it, or remove it';
    yield { on, at: `spec.dependsOn[${index}]`, found: `there is no HelmRelease ${namespace}/${name}`, fix, severity };
  }
}
