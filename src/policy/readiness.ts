import type { EffectiveCluster, EffectiveObject, FluxKustomization } from '../effective';
import { closure } from '../effective/order';
import { at, groupOf, isMap, listAt, textAt } from './rule';

/**
 * What is certain to have happened in a cluster before a Flux Kustomization applies its first object. A dependency that is Ready has
 * applied everything; one that waits has, besides, made ready what it holds, the Flux Kustomizations it creates among them. A parent has
 * applied its CRDs and Namespaces, which come in stages of their own before the objects that it creates last.
 */
export interface Readiness {
  /** Whether `other` is Ready, and all that it waits for, before `of` begins. An edge with a readyExpr counts: nobody can say what it asks. */
  readonly isReadyBefore: (other: FluxKustomization, of: FluxKustomization) => boolean;
  /** Whether the CRDs and Namespaces of `other` are there before `of` begins: it is Ready, or has created something that is. */
  readonly isAppliedBefore: (other: FluxKustomization, of: FluxKustomization) => boolean;
  /** Those that `of` waits for directly or through others, parents included, in the order of the cluster. */
  readonly ancestorsOf: (of: FluxKustomization) => readonly FluxKustomization[];
}

const known = new WeakMap<EffectiveCluster, Readiness>();

/** Worked out once for each cluster. In a cycle nobody ever becomes Ready: other rules report it. */
export function readinessOf(cluster: EffectiveCluster): Readiness {
  const made = known.get(cluster) ?? workedOut(cluster.kustomizations);
  known.set(cluster, made);
  return made;
}

/** What may have happened to a Flux Kustomization, each a node of the graph: `from` it follow the others. */
const BEGINS = 0;
const APPLIED = 1;
const READY = 2;

function workedOut(all: readonly FluxKustomization[]): Readiness {
  const place = new Map(all.map((one, index) => [one, index]));
  const node = (one: FluxKustomization, what: number): number => (place.get(one) ?? -1) * 3 + what;
  const edges: number[][] = all.flatMap(() => [[], [], []]);
  const follows = (from: number, to: number): void => {
    if (to >= 0) edges[from]?.push(to);
  };
  for (const one of all) {
    for (const { found } of one.dependsOn) if (found) follows(node(one, BEGINS), node(found, READY));
    // what has begun exists, so whoever creates it has applied what comes before such objects
    if (one.parent) follows(node(one, BEGINS), node(one.parent, APPLIED));
    if (one.parent && waitsFor(one.parent, one)) follows(node(one.parent, READY), node(one, READY));
    follows(node(one, APPLIED), node(one, BEGINS));
    follows(node(one, READY), node(one, APPLIED));
  }
  const sets = closure(edges);
  const happened = (other: FluxKustomization, what: number, of: FluxKustomization): boolean => {
    const index = node(other, what);
    return index >= 0 && ((sets[node(of, BEGINS)]?.[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
  };
  const isAppliedBefore = (other: FluxKustomization, of: FluxKustomization) => happened(other, APPLIED, of);
  return {
    isReadyBefore: (other, of) => happened(other, READY, of),
    isAppliedBefore,
    ancestorsOf: (of) => all.filter((one) => isAppliedBefore(one, of)),
  };
}

/**
 * Whether a Flux Kustomization is Ready only once an object of its own is: `wait`, or a health check that names it. A HelmRelease is waited
 * for, too, where a check names what only its chart can have made: a Deployment, a CRD.
 */
export function waitsFor({ spec }: FluxKustomization, { object }: Pick<EffectiveObject, 'object'>): boolean {
  if (spec['wait'] === true) return true;
  const name = textAt(object.metadata, 'name');
  const namespace = textAt(object.metadata, 'namespace');
  return listAt(spec, 'healthChecks').some((check) => {
    if (!isMap(check)) return false;
    const group = groupOf({ apiVersion: textAt(check, 'apiVersion') ?? 'apps/v1' });
    if (object.kind === 'HelmRelease' && !group.endsWith('.toolkit.fluxcd.io')) return true;
    if (check['kind'] !== object.kind || check['name'] !== name) return false;
    return group === groupOf(object) && (at(check, 'namespace') === undefined || at(check, 'namespace') === namespace);
  });
}
