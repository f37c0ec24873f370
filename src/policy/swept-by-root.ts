import type { EffectiveCluster, EffectiveObject, Repository } from '../effective';
import { inFolder, isBelow, kustomizationFile } from './folder';

/**
 * What the root of a cluster applies only because its folder has no kustomization.yaml, so that every YAML file below it counts;
 * `flux-system/` is meant to be there.
 */
export function sweptByRoot({ files }: Repository, { root }: EffectiveCluster): readonly EffectiveObject[] {
  if (root.failure || files.list(root.path) === undefined || kustomizationFile(files, root.path) !== undefined) return [];
  const fluxSystem = inFolder(root.path, 'flux-system');
  return root.objects.filter(({ origin }) => isBelow(origin.path, root.path) && !isBelow(origin.path, fluxSystem));
}
