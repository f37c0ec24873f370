import type { EffectiveCluster } from '../effective';
import type { Severity } from '../flux/finding';

/**
 * How sure it is that what no manifest of a cluster makes is not there. `error`: all of it is known. `warning`: some comes from another
 * repository, which might make it. Undefined: a part could not be built, so nobody can say.
 */
export function absence({ kustomizations }: EffectiveCluster): Severity | undefined {
  const kinds = new Set(kustomizations.map(({ failure }) => failure?.kind));
  if (kinds.has('fails') || kinds.has('unsupported')) return undefined;
  return kinds.has('foreign') ? 'warning' : 'error';
}
