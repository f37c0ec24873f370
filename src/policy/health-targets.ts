import type { EffectiveCluster, FluxKustomization } from '../effective';
import type { KubernetesObject } from '../flux';
import { groupOf, listAt, mapAt, textAt } from './rule';

const FLUX_GROUP = 'kustomize.toolkit.fluxcd.io';

/**
 * The Flux Kustomizations that each one of a cluster waits for by its health check: those it applies under `wait: true`, or those its
 * `healthChecks` name. One whose own expression says when a Flux Kustomization is healthy is left out: nobody knows what it waits for.
 */
export function healthTargets({ kustomizations }: EffectiveCluster): ReadonlyMap<FluxKustomization, readonly FluxKustomization[]> {
  const byId = new Map(kustomizations.map((one) => [one.id, one]));
  const children = new Map<FluxKustomization, FluxKustomization[]>();
  for (const one of kustomizations) {
    if (!one.parent || isSkipped(one.object)) continue;
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

/** Whether an object is marked so that its owner may leave it out of apply, and then of the health check too. */
function isSkipped({ metadata }: KubernetesObject): boolean {
  return ['annotations', 'labels'].some((where) => {
    const marks = mapAt(metadata, where);
    return /^(ignore|ifnotpresent)$/i.test(`${marks[`${FLUX_GROUP}/ssa`]}`) || /^disabled$/i.test(`${marks[`${FLUX_GROUP}/reconcile`]}`);
  });
}
