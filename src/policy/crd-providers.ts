import { type EffectiveCluster, type EffectiveObject, type FluxKustomization, ofKind } from '../effective';
import { isBuiltIn } from '../flux/built-in-groups';
import { readinessOf, waitsFor } from './readiness';
import { type KnownRelease, releasesOf } from './releases';
import { groupOf, textAt } from './rule';
import { mayHoldUnseen } from './unseen';

/** Who makes a CRD in a cluster. */
export interface CrdProvider {
  readonly owner: FluxKustomization;
  /** The CRD itself, the HelmRelease that brings it, or the ConstraintTemplate that Gatekeeper makes it from. */
  readonly by: EffectiveObject;
  readonly release: KnownRelease | undefined;
}

/** Kinds that somebody brings, and those who do. */
export interface CrdProviders {
  /** Those of one kind; empty where nobody is known to. */
  readonly of: (group: string, kind: string) => readonly CrdProvider[];
}

const known = new WeakMap<EffectiveCluster, CrdProviders>();

/** Worked out once for each cluster. */
export function crdProviders(cluster: EffectiveCluster): CrdProviders {
  const made = known.get(cluster) ?? gathered(cluster);
  known.set(cluster, made);
  return made;
}

function gathered(cluster: EffectiveCluster): CrdProviders {
  const byKind = new Map<string, CrdProvider[]>();
  const byGroup = new Map<string, CrdProvider[]>();
  const add = (to: Map<string, CrdProvider[]>, key: string, provider: CrdProvider): void => {
    const others = to.get(key);
    if (others) others.push(provider);
    else to.set(key, [provider]);
  };
  for (const by of ofKind(cluster, 'CustomResourceDefinition', 'apiextensions.k8s.io')) {
    const kind = textAt(by.object, 'spec', 'names', 'kind');
    add(byKind, `${textAt(by.object, 'spec', 'group')} ${kind}`, { owner: by.owner, by, release: undefined });
  }
  for (const by of ofKind(cluster, 'ConstraintTemplate', 'templates.gatekeeper.sh')) {
    const kind = textAt(by.object, 'spec', 'crd', 'spec', 'names', 'kind');
    add(byKind, `constraints.gatekeeper.sh ${kind}`, { owner: by.owner, by, release: undefined });
  }
  for (const release of releasesOf(cluster)) {
    const provider = { owner: release.on.owner, by: release.on, release };
    const stated = release.known?.brought.crds ?? [];
    for (const { group, kinds } of stated) for (const kind of kinds) add(byKind, `${group} ${kind}`, provider);
    // a kind that the version read does not have may well be in another
    const exact = release.known?.exactVersion === true && !release.known.openValues;
    for (const group of release.groups) if (!exact || !stated.some((one) => one.group === group)) add(byGroup, group, provider);
  }
  const asked = new Map<string, readonly CrdProvider[]>();
  return {
    of: (group, kind) => {
      const name = `${group} ${kind}`;
      const before = asked.get(name);
      if (before) return before;
      const certain = byKind.get(name) ?? [];
      const seen = new Set(certain.map(({ by }) => by));
      const all = [...certain, ...(byGroup.get(group) ?? []).filter(({ by }) => !seen.has(by))];
      asked.set(name, all);
      return all;
    },
  };
}

/** What a Flux Kustomization lacks of the CRDs of one provider. */
export interface CrdNeed {
  readonly consumer: FluxKustomization;
  readonly provider: CrdProvider;
  /** Objects whose CRD it brings, in their order. */
  readonly objects: readonly EffectiveObject[];
}

const needs = new WeakMap<EffectiveCluster, readonly CrdNeed[]>();

/**
 * Objects whose CRD somebody in the cluster is known to bring and that do not come after it for certain, by Flux Kustomization and
 * provider. Where a part of what comes before could not be built, nothing is said: it might bring the CRD.
 */
export function unmetCrdNeeds(cluster: EffectiveCluster): readonly CrdNeed[] {
  const made = needs.get(cluster) ?? cluster.kustomizations.flatMap((consumer) => unmetBy(cluster, consumer));
  needs.set(cluster, made);
  return made;
}

function unmetBy(cluster: EffectiveCluster, consumer: FluxKustomization): readonly CrdNeed[] {
  const providers = crdProviders(cluster);
  const found = new Map<EffectiveObject, { provider: CrdProvider; objects: EffectiveObject[] }>();
  const met = new Map<readonly CrdProvider[], boolean>();
  for (const on of consumer.objects) {
    const group = groupOf(on.object);
    if (isBuiltIn(group) || group === 'fluxcd.controlplane.io') continue;
    const those = providers.of(group, on.object.kind);
    const [first] = those;
    if (!first) continue;
    const isThere = met.get(those) ?? those.some((provider) => isMet(cluster, consumer, provider));
    met.set(those, isThere);
    if (isThere) continue;
    const { isReadyBefore } = readinessOf(cluster);
    const elsewhere = those.filter(({ owner }) => owner !== consumer);
    const nearest = elsewhere.find(({ owner }) => isReadyBefore(owner, consumer)) ?? elsewhere[0] ?? first;
    const need = found.get(nearest.by) ?? { provider: nearest, objects: [] };
    need.objects.push(on);
    found.set(nearest.by, need);
  }
  return [...found.values()]
    .map(({ provider, objects }) => ({ consumer, provider, objects }))
    .filter((need) => !mayHoldUnseen(cluster, consumer, wordsOf(need)));
}

/** Charts, releases and API groups by which what brings the CRDs of a need would be named elsewhere. */
export function wordsOf({ provider, objects }: CrdNeed): readonly string[] {
  const names = [provider.release?.chart, textAt(provider.release?.on.object, 'metadata', 'name')];
  return [...new Set([...objects.map(({ object }) => groupOf(object)), ...names.filter((name) => name !== undefined)])];
}

function isMet(cluster: EffectiveCluster, consumer: FluxKustomization, { owner, by, release }: CrdProvider): boolean {
  const { isReadyBefore, isAppliedBefore } = readinessOf(cluster);
  // a CRD as a manifest is applied, and waited for, before anything else of its Flux Kustomization
  if (by.object.kind === 'CustomResourceDefinition') return owner === consumer || isAppliedBefore(owner, consumer);
  if (owner === consumer || !isReadyBefore(owner, consumer)) return false;
  return release === undefined || waitsFor(owner, by);
}
