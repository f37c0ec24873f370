import { isMap, isText, type JsonMap, listIn, mapIn, textIn } from './json';

/** What a CustomResourceDefinition makes known of its kind; undefined for one that is not complete. */
export interface DefinedKind {
  readonly group: string;
  readonly kind: string;
  readonly scope: string;
  /** Served ones only, by name; the schema as the CRD has it. */
  readonly versions: ReadonlyMap<string, JsonMap>;
  /** Served versions whose objects begin with an observedGeneration that no controller has written. */
  readonly observed: readonly string[];
}

/** Reads a CustomResourceDefinition (apiextensions.k8s.io/v1). */
export function definedKind(crd: unknown): DefinedKind | undefined {
  if (!isMap(crd) || crd['kind'] !== 'CustomResourceDefinition') return undefined;
  const spec = mapIn(crd, 'spec');
  const [group, kind] = [textIn(spec, 'group'), textIn(mapIn(spec, 'names'), 'kind')];
  if (group === undefined || kind === undefined) return undefined;
  const served = listIn(spec, 'versions')
    .filter(isMap)
    .filter((version) => version['served'] === true);
  const schemas = served.map((version) => [textIn(version, 'name') ?? '', mapIn(mapIn(version, 'schema'), 'openAPIV3Schema')] as const);
  const observed = schemas.filter(([, schema]) => observesByDefault(schema)).map(([version]) => version);
  return { group, kind, scope: textIn(spec, 'scope') ?? 'Namespaced', versions: new Map(schemas), observed };
}

function observesByDefault(schema: JsonMap): boolean {
  const status = mapIn(mapIn(schema, 'properties'), 'status');
  return 'observedGeneration' in mapIn(status, 'default');
}

/** A CRD as a schema file of one kind; status and metadata are described as `npm run import` does. */
export function fileOfCrds(kinds: readonly DefinedKind[]): JsonMap {
  const schemas = kinds.flatMap(({ kind, versions }) =>
    [...versions].map(([version, schema]) => [`${version} ${kind}`, withoutStatus(schema)]),
  );
  return {
    kinds: Object.fromEntries(
      kinds.map(({ kind, scope, versions, observed }) => [
        kind,
        { scope, versions: [...versions.keys()], ...(observed.length > 0 && { observed }) },
      ]),
    ),
    schemas: Object.fromEntries(schemas),
  };
}

/** A status that an author writes is dropped unread; apiVersion and kind were looked at before. */
function withoutStatus(schema: JsonMap): JsonMap {
  // Without a schema, or with one that takes anything, there is nothing to hold an object against.
  if (!('properties' in schema)) return { ...schema, 'x-kubernetes-preserve-unknown-fields': true };
  const { apiVersion: _, kind: __, metadata, status, ...properties } = mapIn(schema, 'properties');
  const required = listIn(schema, 'required')
    .filter(isText)
    .filter((name) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name));
  const described = isMap(metadata) && 'properties' in metadata ? { metadata } : {};
  const left = status === undefined ? {} : { status: { 'x-kubernetes-preserve-unknown-fields': true } };
  return { ...schema, required, properties: { ...properties, ...described, ...left } };
}
