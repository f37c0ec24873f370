import { type EffectiveCluster, ofKind } from '../effective';
import type { Severity } from '../flux/finding';
import { besideRoot } from './beside-root';

/**
 * How sure it is that what no manifest of a cluster makes is not there. `error`: all of it is known. `warning`: some comes from another
 * repository, or is applied by hand beside the root, which might make it. Undefined: a part could not be built, or makes manifests of its own, so nobody can say.
 */
export function absence(cluster: EffectiveCluster): Severity | undefined {
  if (MAKE_MANIFESTS.some((kind) => ofKind(cluster, kind).length > 0)) return undefined;
  const kinds = new Set(cluster.kustomizations.map(({ failure }) => failure?.kind));
  if (kinds.has('fails') || kinds.has('unsupported')) return undefined;
  return kinds.has('foreign') || besideRoot(cluster) !== undefined ? 'warning' : 'error';
}

/** Kinds whose controllers put together any manifest at all. */
const MAKE_MANIFESTS = ['ResourceSet', 'Terraform'];
