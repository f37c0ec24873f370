import { compare } from './order';
import { isRecord, isText, listAt, recordAt, textAt, type Unread } from './record';
import {
  anyMap,
  boolean,
  Declarations,
  generatedBy,
  listOf,
  literal,
  mapOf,
  named,
  number,
  numberOrString,
  type Property,
  pascal,
  string,
  struct,
  type Type,
  union,
  unknown,
} from './typescript';

/** One version of one custom resource: what a manifest's apiVersion and kind name. */
export interface CustomKind {
  /** Name of the CRD set it comes from, as in imports/sources.yaml. */
  readonly set: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** Whether this is the version in which the API server keeps the object. */
  readonly stored: boolean;
  readonly schema: Unread;
}

/** The kinds that the CRDs among these documents serve. A version that is not served cannot be applied, so it is left out. */
export function servedKinds(set: string, documents: readonly unknown[]): readonly CustomKind[] {
  return documents.filter(isCustomResourceDefinition).flatMap((crd) => {
    const spec = recordAt(crd, 'spec');
    const names = recordAt(spec, 'names');
    const [group, kind, plural] = [textAt(spec, 'group'), textAt(names, 'kind'), textAt(names, 'plural')];
    if (group === undefined || kind === undefined || plural === undefined) return [];
    return listAt(spec, 'versions')
      .filter(isRecord)
      .filter((version) => version['served'] === true)
      .map((version) => ({
        set,
        group,
        version: textAt(version, 'name') ?? '',
        kind,
        plural,
        scope: textAt(spec, 'scope') === 'Cluster' ? ('Cluster' as const) : ('Namespaced' as const),
        stored: version['storage'] === true,
        schema: recordAt(version, 'schema', 'openAPIV3Schema'),
      }));
  });
}

export function isCustomResourceDefinition(document: unknown): document is Unread {
  return textAt(document, 'kind') === 'CustomResourceDefinition';
}

/** The file of one API group: an interface per kind and version, with its spec and the larger parts of it. */
export function groupFile(kinds: readonly CustomKind[]): string {
  const declarations = new Declarations();
  for (const each of [...kinds].sort(byKindThenVersion)) {
    const properties = propertiesOf(each.schema, (name) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name));
    declarations.add(interfaceName(each, kinds), {
      is: 'struct',
      open: false,
      properties: [
        { name: 'apiVersion', type: literal(`${each.group}/${each.version}`), required: true },
        { name: 'kind', type: literal(each.kind), required: true },
        { name: 'metadata', type: named('ObjectMeta'), required: false },
        ...properties,
      ],
    });
  }
  return `${generatedBy}\nimport type { ObjectMeta } from './meta';\n\n${declarations}`;
}

/** The plain name belongs to the stored version; where that one is not imported, to the newest that is. */
function interfaceName(kind: CustomKind, all: readonly CustomKind[]): string {
  const versions = all.filter((other) => other.kind === kind.kind).sort(byKindThenVersion);
  const plain = versions.find((version) => version.stored) ?? versions.at(-1);
  return kind === plain ? pascal(kind.kind) : pascal(kind.kind) + versionSuffix(kind.version);
}

/** `v1beta1` becomes `V1Beta1`. */
function versionSuffix(version: string): string {
  return version.replace(/[a-z]+/g, pascal);
}

function byKindThenVersion(a: CustomKind, b: CustomKind): number {
  return compare(a.kind, b.kind) || compare(a.version, b.version);
}

/** The type of a structural schema (apiextensions.k8s.io/v1): what the API server keeps of an object. */
export function structuralType(schema: unknown): Type {
  if (!isRecord(schema)) return unknown;
  if (schema['x-kubernetes-int-or-string'] === true) return numberOrString;
  const type = textAt(schema, 'type') ?? (isRecord(schema['properties']) ? 'object' : undefined);
  // An enum beside `type: array` (ConstraintTemplate's operations) means the elements upstream, and says nothing of the list.
  const allowed = type === 'array' ? [] : listAt(schema, 'enum').filter(isLiteral);
  if (allowed.length > 0) return union(allowed.map(literal));
  switch (type) {
    case 'string':
      return string; // `format: date-time` too: that is what a manifest holds
    case 'integer':
    case 'number':
      return number;
    case 'boolean':
      return boolean;
    case 'array':
      return listOf(structuralType(schema['items']));
    case 'object':
      return objectType(schema);
    default:
      return unknown; // x-kubernetes-preserve-unknown-fields alone: any JSON
  }
}

function objectType(schema: Unread): Type {
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['additionalProperties'] === true;
  if (isRecord(schema['properties'])) return struct(propertiesOf(schema), open);
  if (isRecord(schema['additionalProperties'])) return mapOf(structuralType(schema['additionalProperties']));
  return anyMap;
}

function propertiesOf(schema: Unread, wanted: (name: string) => boolean = () => true): readonly Property[] {
  const required = listAt(schema, 'required').filter(isText);
  return Object.entries(recordAt(schema, 'properties'))
    .filter(([name]) => wanted(name))
    .sort(([a], [b]) => compare(a, b))
    .map(([name, property]) => ({ name, type: structuralType(property), required: required.includes(name) }));
}

function isLiteral(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** imports/kinds.ts: what a rule has to know of a custom kind at run time. */
export function kindsFile(kinds: readonly CustomKind[]): string {
  const lines = kinds
    .map((kind) => ({ ...kind, key: `${kind.group}/${kind.version} ${kind.kind}` }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ key, scope, plural, set }) => `  '${key}': { scope: '${scope}', plural: '${plural}', set: '${set}' },`);
  return [generatedBy, '', 'export const kinds = {', ...lines, '} as const;', ''].join('\n');
}

/** imports/meta.ts: the part of metadata that an author writes; the rest belongs to the API server. */
export function metaFile(): string {
  const text = mapOf(string);
  const declarations = new Declarations();
  declarations.add(
    'ObjectMeta',
    struct([
      { name: 'name', type: string, required: false },
      { name: 'namespace', type: string, required: false },
      { name: 'labels', type: text, required: false },
      { name: 'annotations', type: text, required: false },
      { name: 'finalizers', type: listOf(string), required: false },
    ]),
  );
  return `${generatedBy}\n\n${declarations}`;
}
