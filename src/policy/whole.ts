import type { EffectiveCluster, Repository } from '../effective';
import { besideRoot } from './beside-root';
import { textOf } from './kustomization-files';
import { nameOf } from './rule';

/**
 * Whether all that a cluster's Flux applies is known, as far as it comes from this repository. It is not where the root is a Flux
 * Kustomization that somebody must apply and nobody is seen to: who does may patch it, and brings other things along.
 */
export function isWhole({ files, clusters, problems }: Repository, cluster: EffectiveCluster): boolean {
  if (besideRoot(cluster) !== undefined) return false;
  const { root } = cluster;
  // As flux bootstrap leaves it: the root is among what it applies. A root that was only assumed for a folder is not.
  if (
    root.objects.some(
      ({ object, origin }) => object.kind === 'Kustomization' && origin.path === root.origin.path && nameOf(object) === nameOf(root.object),
    )
  )
    return true;
  if (/^kind: (FluxInstance|HelmRelease)\b|^instance:/m.test(textOf(files, root.origin.path) ?? '')) return true; // Flux Operator makes the root
  return clusters.length === 1 && problems.length === 0;
}
