import type { EffectiveCluster, EffectiveObject, FluxKustomization } from '../effective';
import { ofKind } from '../effective';
import { at, listAt, mapAt, textAt } from './rule';

/** One entry of `postBuild.substituteFrom`. */
export interface VariableSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly optional: boolean;
  /** `spec.postBuild.substituteFrom[0]`. */
  readonly at: string;
}

export function variableSourcesOf({ spec }: FluxKustomization): readonly VariableSource[] {
  return listAt(spec, 'postBuild', 'substituteFrom').flatMap((entry, index) => {
    const kind = textAt(entry, 'kind');
    const name = textAt(entry, 'name');
    if (name === undefined || (kind !== 'ConfigMap' && kind !== 'Secret')) return [];
    return [{ kind, name, optional: at(entry, 'optional') === true, at: `spec.postBuild.substituteFrom[${index}]` }];
  });
}

const known = new WeakMap<EffectiveCluster, ReadonlyMap<string, readonly EffectiveObject[]>>();

/** Whatever in a cluster bears that name: as a rule one object, several where two Flux Kustomizations fight over it. */
export function configNamed(
  cluster: EffectiveCluster,
  kind: 'ConfigMap' | 'Secret',
  namespace: string,
  name: string,
): readonly EffectiveObject[] {
  const index = known.get(cluster) ?? indexed(cluster);
  return index.get(`${kind} ${namespace}/${name}`) ?? [];
}

function indexed(cluster: EffectiveCluster): ReadonlyMap<string, readonly EffectiveObject[]> {
  const index = new Map<string, EffectiveObject[]>();
  for (const on of [...ofKind(cluster, 'ConfigMap', ''), ...ofKind(cluster, 'Secret', '')]) {
    const { name, namespace } = mapAt(on.object, 'metadata');
    const key = `${on.object.kind} ${namespace}/${name}`;
    const before = index.get(key);
    if (before) before.push(on);
    else index.set(key, [on]);
  }
  known.set(cluster, index);
  return index;
}
