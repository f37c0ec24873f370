import { type EffectiveCluster, type FluxKustomization, ofKind } from '../effective';
import { isBuiltIn } from '../flux/built-in-groups';
import { crdProviders } from './crd-providers';
import { groupOf, textAt } from './rule';

/** What is needed may come from any of these; for what it itself brings it needs nobody. */
export interface Need {
  /** `Certificate`, `namespace ferry`. */
  readonly what: string;
  readonly from: readonly FluxKustomization[];
}

/** The CRDs and namespaces that the objects of a Flux Kustomization cannot do without, in the order of the objects. */
export function needsOf(cluster: EffectiveCluster, of: FluxKustomization): readonly Need[] {
  const crds = crdProviders(cluster);
  const namespaces = namespacesOf(cluster);
  const found = new Map<string, readonly FluxKustomization[]>();
  for (const { object } of of.objects) {
    const group = groupOf(object);
    const namespace = textAt(object.metadata, 'namespace');
    if (!isBuiltIn(group) && !found.has(object.kind)) {
      found.set(object.kind, [...new Set(crds.of(group, object.kind).map(({ owner }) => owner))]);
    }
    if (namespace !== undefined) found.set(`namespace ${namespace}`, namespaces.get(namespace) ?? []);
  }
  return [...found].flatMap(([what, from]) => (from.length === 0 || from.includes(of) ? [] : [{ what, from }]));
}

const known = new WeakMap<EffectiveCluster, ReadonlyMap<string, readonly FluxKustomization[]>>();

function namespacesOf(cluster: EffectiveCluster): ReadonlyMap<string, readonly FluxKustomization[]> {
  const before = known.get(cluster);
  if (before) return before;
  const makers = new Map<string, FluxKustomization[]>();
  for (const { object, owner } of ofKind(cluster, 'Namespace', '')) {
    const name = textAt(object.metadata, 'name') ?? '';
    const others = makers.get(name);
    if (others) others.push(owner);
    else makers.set(name, [owner]);
  }
  known.set(cluster, makers);
  return makers;
}
