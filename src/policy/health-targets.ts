import type { EffectiveCluster, FluxKustomization } from '../effective';
import { groupOf, listAt, textAt } from './rule';
import { isLeftAlone } from './webhook-match';

const FLUX_GROUP = 'kustomize.toolkit.fluxcd.io';

/**
 * The Flux Kustomizations that each one of a cluster waits for by its health check: those it applies under `wait: true`, or those its
 * `healthChecks` name. One whose own expression says when a Flux Kustomization is healthy is left out: nobody knows what it waits for.
 */
export function healthTargets({ kustomizations }: EffectiveCluster): ReadonlyMap<FluxKustomization, readonly FluxKustomization[]> {
  const byId = new Map(kustomizations.map((one) => [one.id, one]));
  const children = new Map<FluxKustomization, FluxKustomization[]>();
  for (const one of kustomizations) {
    if (!one.parent || isLeftAlone(one)) continue;
    const others = children.get(one.parent);
    if (others) others.push(one);
    else children.set(one.parent, [one]);
  }
  return new Map(
    kustomizations.map((one) => {
      if (one.spec['suspend'] === true || hasOwnExpression(one)) return [one, []];
      if (one.spec['wait'] === true) return [one, children.get(one) ?? []];
      const named = listAt(one.spec, 'healthChecks').flatMap((check) => {
        if (textAt(check, 'kind') !== 'Kustomization' || !textAt(check, 'apiVersion')?.startsWith(`${FLUX_GROUP}/`)) return [];
        return byId.get(`${textAt(check, 'namespace') ?? ''}/${textAt(check, 'name') ?? ''}`) ?? [];
      });
      return [one, named];
    }),
  );
}

function hasOwnExpression({ spec }: FluxKustomization): boolean {
  return listAt(spec, 'healthCheckExprs').some((entry) => {
    const group = groupOf({ apiVersion: textAt(entry, 'apiVersion') ?? '' });
    const kind = textAt(entry, 'kind');
    return group === FLUX_GROUP && (kind === undefined || kind === 'Kustomization');
  });
}
