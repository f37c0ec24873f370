import type { EffectiveCluster, Repository } from '../effective';

/**
 * The file that holds every Flux Kustomization of a cluster, in repositories that keep to the specification's layout:
 * `clusters/production/infrastructure.yaml`.
 *
 * @returns undefined in any other repository
 */
export function infrastructureFile({ files }: Repository, { root }: EffectiveCluster): string | undefined {
  if (!/^clusters\/[^/]+$/.test(root.path)) return undefined;
  const isThere = (files.list(root.path) ?? []).some(({ name, kind }) => name === 'infrastructure.yaml' && kind === 'file');
  return isThere ? `${root.path}/infrastructure.yaml` : undefined;
}
