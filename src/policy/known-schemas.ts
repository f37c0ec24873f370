import { type EffectiveCluster, type EffectiveObject, ofKind } from '../effective';
import { isBuiltIn } from '../flux/built-in-groups';
import { Schemas } from '../schema';
import { crdProviders } from './crd-providers';
import { at, type Context, groupOf, type SchemaSource } from './rule';

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

/**
 * Whether a kind's schema is the one that the cluster has: Kubernetes' own kinds, Flux's, CRDs of the tree itself, and those of a chart in
 * the version that the schema is from.
 */
export function isCertain(cluster: EffectiveCluster, { object }: EffectiveObject, { pinned }: Context): boolean {
  const group = groupOf(object);
  if (pinned || isBuiltIn(group)) return true;
  const providers = crdProviders(cluster).of(group, object.kind);
  return providers.some(({ by, release }) => release?.known?.exactVersion ?? by.object.kind === 'CustomResourceDefinition');
}

/** Words that Flux Operator adds to the CRDs of Flux it installs: its own kinds, as sources of events. */
const OPERATOR_KINDS = /^"(FluxInstance|FluxReport|ResourceSet|ResourceSetInputProvider)" is not one of/;

/** Whether a word is missing from Flux's schema only, and not from the CRD as Flux Operator installs it. */
export function isOfFluxOperator({ object }: EffectiveObject, what: string): boolean {
  return groupOf(object) === 'notification.toolkit.fluxcd.io' && OPERATOR_KINDS.test(what);
}

/**
 * Whether a field holds a variable whose value only the cluster knows, or that was never put in because something else in the object
 * cannot be substituted, which another rule says: of the field itself nothing can be said.
 */
export function isUnknownHere({ object, owner }: EffectiveObject, path: string): boolean {
  const { unknown, errors } = owner.substitution;
  return (unknown.size > 0 || errors.length > 0) && holdsVariable(valueAt(object, path));
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
