import type { EffectiveCluster } from '../../effective';
import { isBootstrapped } from '../bootstrapped';
import { countedKinds } from '../counted';
import { type CrdNeed, unmetCrdNeeds, wordsOf } from '../crd-providers';
import { isNetwork } from '../network-charts';
import { readinessOf, waitsFor } from '../readiness';
import { releaseName } from '../releases';
import { defineRule, groupOf, nameOf, type Violation } from '../rule';
import { sweptByRoot } from '../swept-by-root';

/** Source: specification, "CRD Dependencies"; kustomize-controller dry-runs a whole stage before it applies any of it. */
export const crdFromAncestor = defineRule({
  name: 'crd-from-ancestor',
  ids: ['S01', 'F02'],
  claim: 'whoever applies objects of a custom kind waits for the Flux Kustomization that brings its CRD',
  because: 'until the CRD is there the API server refuses them, and with them everything else of the same Flux Kustomization',
  evidence: 'fluxcd/kustomize-controller#1194, fluxcd/flux2#3874, fluxcd/kustomize-controller#387',
  severity: 'error',
  fix: 'add the Flux Kustomization that brings the CRD to dependsOn, and let it wait for its HelmRelease',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const loose = new Map<CrdNeed['provider']['by'], CrdNeed[]>();
      for (const need of unmetCrdNeeds(cluster)) {
        const { consumer, provider, objects } = need;
        if (provider.owner === consumer || isBootstrapped(repository, wordsOf(need))) continue;
        if (consumer === cluster.root && sweptByRoot(repository, cluster).length > 0) continue; // root-sweep says it of the folder
        if (readinessOf(cluster).isReadyBefore(provider.owner, consumer) && !waitsFor(provider.owner, provider.by)) {
          loose.set(provider.by, [...(loose.get(provider.by) ?? []), need]);
        } else yield missing(cluster, need, `${countedKinds(objects)} of ${groupsIn(need)}`);
      }
      for (const those of loose.values()) yield* withoutWait(those);
    }
  },
});

function missing(cluster: EffectiveCluster, { consumer, provider }: CrdNeed, what: string): Violation {
  const { owner } = provider;
  const found = `${consumer.id} applies ${what}, whose CRD ${originOf(provider)}`;
  if (readinessOf(cluster).isAppliedBefore(consumer, owner)) {
    return {
      on: consumer,
      at: '',
      found: `${found}, which comes after it`,
      because: 'neither ever comes up: the objects wait for the CRD, and what brings it waits for them',
      fix: `move them into a Flux Kustomization of their own, with ${owner.name} in its dependsOn`,
    };
  }
  return {
    ...{ on: consumer, at: 'spec.dependsOn', found: `${found}, and does not wait for it`, fix: `add ${owner.name} to dependsOn` },
    // It is there before Flux, unless its values have grown since.
    ...(isNetwork(provider.release?.chart) && { severity: 'warning' }),
  };
}

function* withoutWait(needs: readonly CrdNeed[]): Generator<Violation> {
  const [first] = needs;
  if (!first) return;
  const { owner } = first.provider;
  const who = needs.map(({ consumer }) => consumer.name);
  const others = who.length > 3 ? `${who.slice(0, 3).join(', ')} and ${who.length - 3} more` : who.join(', ');
  yield {
    on: owner,
    at: 'spec.wait',
    found: `${owner.id} is Ready before ${nameOf(first.provider.by.object)} is, and ${others} rel${who.length === 1 ? 'ies' : 'y'} on the CRDs it brings`,
    because: 'without wait it is Ready as soon as the HelmRelease is accepted, long before its CRDs are there',
    fix: 'set wait: true, or name the HelmRelease in healthChecks',
  };
}

function originOf({ owner, release, by }: CrdNeed['provider']): string {
  if (release) return `comes with ${releaseName(release)} of ${owner.id}`;
  if (by.object.kind === 'CustomResourceDefinition') return `stands in ${owner.id}`;
  return `is made from ${nameOf(by.object)} of ${owner.id}`;
}

function groupsIn({ objects }: CrdNeed): string {
  return [...new Set(objects.map(({ object }) => groupOf(object)))].join(', ');
}
