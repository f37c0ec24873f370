import { type EffectiveCluster, type FluxKustomization, ofKind } from '../effective';
import { readinessOf } from './readiness';
import { textAt } from './rule';

/**
 * Whether something that comes before a Flux Kustomization could not be built and may hold what is asked for: of a build that fails here
 * nobody knows what it holds; of another repository, what its names, path and address say.
 *
 * @param words charts, API groups, namespaces
 */
export function mayHoldUnseen(cluster: EffectiveCluster, of: FluxKustomization, words: readonly string[]): boolean {
  const unbuilt = unbuiltIn(cluster, words);
  return unbuilt.length > 0 && unbuilt.some((one) => one !== of && readinessOf(cluster).isAppliedBefore(one, of));
}

/** Whether anything in the cluster may hold what is asked for without showing it: such a build, or a template of Flux's operator. */
export function mayBeUnseen(cluster: EffectiveCluster, words: readonly string[]): boolean {
  return unbuiltIn(cluster, words).length > 0 || ofKind(cluster, 'ResourceSet', 'fluxcd.controlplane.io').length > 0;
}

function unbuiltIn(cluster: EffectiveCluster, words: readonly string[]): readonly FluxKustomization[] {
  const parts = [...words, ...words.flatMap((word) => word.split('.')).filter((part) => part.length > 5 && !COMMON.has(part))];
  return cluster.kustomizations.filter((one) => {
    if (one.failure === undefined) return false;
    if (one.failure.kind !== 'foreign') return true;
    const text = describe(cluster, one).toLowerCase();
    return parts.some((part) => text.includes(part.toLowerCase()));
  });
}

/** Parts of API groups that say nothing of whose they are. */
const COMMON: ReadonlySet<string> = new Set(['networking', 'policy', 'config', 'storage', 'operator', 'toolkit']);

function describe(cluster: EffectiveCluster, { name, path, namespace, spec }: FluxKustomization): string {
  const kind = textAt(spec, 'sourceRef', 'kind') ?? '';
  const source = textAt(spec, 'sourceRef', 'name') ?? '';
  const at = textAt(spec, 'sourceRef', 'namespace') ?? namespace;
  const found = ofKind(cluster, kind, 'source.toolkit.fluxcd.io').find(
    ({ object }) => textAt(object.metadata, 'name') === source && textAt(object.metadata, 'namespace') === at,
  );
  return [name, path, source, textAt(found?.object, 'spec', 'url') ?? ''].join(' ');
}
