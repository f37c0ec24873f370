import { type EffectiveCluster, objectsOf } from '../effective';
import { leaves, mapAt, nameOf } from './rule';

/** Kinds whose controllers put together any manifest at all. */
const MAKE_MANIFESTS: ReadonlySet<string> = new Set(['ResourceSet', 'Terraform']);

/**
 * What may make Flux Kustomizations that stand in no file: a template of Flux's operator, or a chart with manifests in its values.
 *
 * @returns `ResourceSet flux-system/apps`; undefined where there is nothing of the sort
 */
export function madeAtRunTime(cluster: EffectiveCluster): string | undefined {
  for (const { object } of objectsOf(cluster)) {
    if (MAKE_MANIFESTS.has(object.kind)) return nameOf(object);
    if (object.kind !== 'HelmRelease') continue;
    const values = leaves(mapAt(object, 'spec', 'values'));
    if (values.some(([, value]) => typeof value === 'string' && value.includes('kustomize.toolkit.fluxcd.io/'))) return nameOf(object);
  }
  return undefined;
}
