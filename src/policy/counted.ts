import type { EffectiveObject } from '../effective';

/** `Certificate, ClusterIssuer (3)`: kinds in order of their first object, with how many where there are several. */
export function countedKinds(objects: readonly EffectiveObject[]): string {
  const counts = new Map<string, number>();
  for (const { object } of objects) counts.set(object.kind, (counts.get(object.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} (${count})`)).join(', ');
}
