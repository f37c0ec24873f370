import { wordsOf } from './kubernetes-words';
import { compare } from './order';
import { isRecord, listAt, recordAt, textAt, type Unread } from './record';
import { deciding, eachOf, jsonFile, ofObject, type SchemaJson } from './run-time-schema';

/** Small types that Kubernetes names: they stand where they are used. */
const SMALL = new Map<string, SchemaJson>([
  ['io.k8s.apimachinery.pkg.api.resource.Quantity', { format: 'quantity' }],
  ['io.k8s.apimachinery.pkg.util.intstr.IntOrString', { 'x-kubernetes-int-or-string': true }],
]);

/** schemas/kubernetes/<group>.json, by path: Kubernetes' own kinds. What the groups share refers from one file to another. */
export function kubernetesSchemas(swagger: unknown): ReadonlyMap<string, string> {
  const definitions = recordAt(swagger, 'definitions');
  const kinds = Object.entries(definitions).flatMap(([name, definition]) => kindsIn(name, definition));
  const groups = new Map(kinds.map(({ name, group }) => [packageOf(name), group]));
  const nameInFile = (name: string) => name.slice(packageOf(name).length + 1);
  const fileOf = (name: string) => groups.get(packageOf(name)) ?? 'meta';

  const reached = new Set<string>();
  const refer = (name: string): SchemaJson => {
    const small = SMALL.get(name) ?? scalar(definitions[name]);
    if (small) return small;
    reached.add(name);
    return { $ref: `${fileOf(name)}#${nameInFile(name)}` };
  };
  const schemaOf = (name: string, schema: unknown): SchemaJson => withWords(name, referring(schema, refer));

  const files = new Map<
    string,
    { kinds: Record<string, Set<string>>; schemas: Record<string, unknown>; definitions: Record<string, unknown> }
  >();
  const file = (group: string) => {
    const known = files.get(group) ?? { kinds: {}, schemas: {}, definitions: {} };
    files.set(group, known);
    return known;
  };
  for (const { name, group, version, kind } of kinds) {
    const known = file(group);
    known.kinds[kind] = (known.kinds[kind] ?? new Set()).add(version);
    known.schemas[`${version} ${kind}`] = ofObject(schemaOf(name, withoutStatus(definitions[name])));
  }
  reached.add('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'); // custom kinds have it too, and refer to it by nothing
  // Grows while it is walked: a definition leads to further ones.
  for (const name of reached) file(fileOf(name)).definitions[nameInFile(name)] = schemaOf(name, definitions[name]);
  return new Map(
    [...files]
      .sort(([a], [b]) => compare(a, b))
      .map(([group, each]) => [
        `schemas/kubernetes/${group}.json`,
        jsonFile({
          kinds: eachOf(each.kinds, (versions) => ({ versions: versions instanceof Set ? [...versions].sort(compare) : [] })),
          schemas: eachOf(each.schemas, (schema) => schema),
          definitions: eachOf(each.definitions, (schema) => schema),
        }),
      ]),
  );
}

interface Kind {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** The kinds that a definition stands for: none for a part of a kind, a list, or an answer of the API server. */
function kindsIn(name: string, definition: unknown): readonly Kind[] {
  const metadata = textAt(recordAt(definition, 'properties', 'metadata'), '$ref') ?? '';
  if (!metadata.endsWith('.ObjectMeta')) return [];
  return listAt(definition, 'x-kubernetes-group-version-kind').map((each) => ({
    name,
    group: textAt(each, 'group') || 'core',
    version: textAt(each, 'version') ?? '',
    kind: textAt(each, 'kind') ?? '',
  }));
}

/** `io.k8s.api.apps` of `io.k8s.api.apps.v1.Deployment`: the version and the name stay together. */
function packageOf(name: string): string {
  return name.split('.').slice(0, -2).join('.');
}

/** A definition without properties and without a form of its own takes anything; one of a single word (a time) is that word. */
function scalar(definition: unknown): SchemaJson | undefined {
  if (!isRecord(definition)) return undefined;
  if ('properties' in definition || 'additionalProperties' in definition || 'items' in definition) return undefined;
  return textAt(definition, 'type') === 'string' ? deciding(definition) : { 'x-kubernetes-preserve-unknown-fields': true };
}

/** The schema with each reference put through `refer`. */
function referring(schema: unknown, refer: (name: string) => SchemaJson): Unread {
  if (!isRecord(schema)) return {};
  const reference = textAt(schema, '$ref');
  if (reference !== undefined) return refer(reference.replace('#/definitions/', ''));
  const parts: Record<string, unknown> = {};
  if ('properties' in schema) parts['properties'] = eachOf(schema['properties'], (each) => referring(each, refer));
  for (const key of ['items', 'additionalProperties']) if (isRecord(schema[key])) parts[key] = referring(schema[key], refer);
  const own = deciding(Object.fromEntries(Object.entries(schema).filter(([key]) => !(key in parts))));
  return { ...own, ...parts };
}

function withoutStatus(definition: unknown): Unread {
  if (!isRecord(definition)) return {};
  const properties = recordAt(definition, 'properties');
  const { metadata: _, ...rest } = properties;
  return { ...definition, properties: 'status' in rest ? { ...rest, status: {} } : rest };
}

/** Adds the words that a field takes, which Kubernetes' OpenAPI leaves out. */
function withWords(name: string, schema: Unread): SchemaJson {
  const words = wordsOf(name.split('.').at(-1) ?? '');
  if (words === undefined) return schema;
  return {
    ...schema,
    properties: eachOf(schema['properties'], (property, key) => {
      const known = words[key];
      if (known === undefined || !isRecord(property)) return property;
      if (property['type'] === 'array') return { ...property, items: { ...recordAt(property, 'items'), enum: known } };
      // The one default by which list items are told apart.
      return { ...property, enum: known, ...(key === 'protocol' && { default: 'TCP' }) };
    }),
  };
}
