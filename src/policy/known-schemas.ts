import { type EffectiveCluster, type EffectiveObject, ofKind } from '../effective';
import { Schemas } from '../schema';
import { at, type Context, type SchemaSource } from './rule';

/** Files are read once for all rules. */
const shipped = new WeakMap<SchemaSource, Schemas>();
const ofCluster = new WeakMap<EffectiveCluster, Schemas>();

/** The schemas of a cluster: those that we ship, and the CRDs that its own tree applies, which win. */
export function schemasOf(cluster: EffectiveCluster, { schemas }: Context): Schemas {
  const known = ofCluster.get(cluster);
  if (known) return known;
  const ours = shipped.get(schemas) ?? Schemas.from(schemas.load);
  shipped.set(schemas, ours);
  const crds = ofKind(cluster, 'CustomResourceDefinition', 'apiextensions.k8s.io');
  const made = crds.length === 0 ? ours : ours.withCrds(crds.map(({ object }) => object));
  ofCluster.set(cluster, made);
  return made;
}

/** Whether a field holds a variable whose value only the cluster knows, so that nothing can be said of it. */
export function isUnknownHere({ object, owner }: EffectiveObject, path: string): boolean {
  return owner.substitution.unknown.size > 0 && holdsVariable(valueAt(object, path));
}

/** What the author wrote at a field, if it held a variable that was substituted; undefined otherwise. Never of a Secret. */
export function variableAt({ object, unsubstituted }: EffectiveObject, path: string): string | undefined {
  if (object === unsubstituted || object.kind === 'Secret') return undefined;
  const written = valueAt(unsubstituted, path);
  return holdsVariable(written) ? written : undefined;
}

function valueAt(object: object, path: string): unknown {
  return at(object, ...path.split(/[.[\]]+/).filter((step) => step !== ''));
}

function holdsVariable(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${');
}
