import type { EffectiveCluster, EffectiveObject, Repository } from './model';

/** Objects by kind, worked out once for each repository or cluster: every rule asks for some kind. */
const byKind = new WeakMap<Repository | EffectiveCluster, ReadonlyMap<string, readonly EffectiveObject[]>>();

/** Every object that a cluster, or all clusters of a repository, would get. */
export function* objectsOf(of: Repository | EffectiveCluster): Generator<EffectiveObject> {
  if ('clusters' in of) for (const cluster of of.clusters) yield* objectsOf(cluster);
  else for (const { objects } of of.kustomizations) yield* objects;
}

/**
 * Only those of one kind.
 *
 * @param group API group, '' for the core. @default any
 */
export function ofKind(of: Repository | EffectiveCluster, kind: string, group?: string): readonly EffectiveObject[] {
  const index = byKind.get(of) ?? indexed(of);
  const found = index.get(kind) ?? [];
  return group === undefined ? found : found.filter(({ object: { apiVersion } }) => groupIn(apiVersion) === group);
}

function indexed(of: Repository | EffectiveCluster): ReadonlyMap<string, readonly EffectiveObject[]> {
  const index = new Map<string, EffectiveObject[]>();
  for (const one of objectsOf(of)) {
    const known = index.get(one.object.kind);
    if (known) known.push(one);
    else index.set(one.object.kind, [one]);
  }
  byKind.set(of, index);
  return index;
}

function groupIn(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
