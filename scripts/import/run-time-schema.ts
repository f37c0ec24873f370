import { compare } from './order';
import { isRecord, isText, listAt, type Unread } from './record';

/** What a schema says of one value: any JSON that may stand in a schema file. */
export type SchemaJson = Readonly<Record<string, unknown>>;

/** Key words that decide whether an object is taken, beside those that hold schemas. Everything else only explains. */
const DECIDING = [
  '$ref',
  'default',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'nullable',
  'pattern',
  'required',
  'type',
  'uniqueItems',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-preserve-unknown-fields',
];

const ONE_SCHEMA = ['items', 'not'];
const MANY_SCHEMAS = ['allOf', 'anyOf', 'oneOf'];

/** The part of an OpenAPI schema by which the API server takes or refuses a value; keys in alphabetical order. */
export function deciding(schema: unknown): SchemaJson {
  if (!isRecord(schema)) return {};
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(schema).sort(compare)) {
    const value = decidingPart(key, schema[key]);
    if (value !== undefined) kept[key] = value;
  }
  return kept;
}

function decidingPart(key: string, value: unknown): unknown {
  if (DECIDING.includes(key)) return value === false ? undefined : value;
  if (ONE_SCHEMA.includes(key)) return deciding(value);
  if (MANY_SCHEMAS.includes(key)) return Array.isArray(value) ? value.map(deciding) : undefined;
  if (key === 'properties') return eachOf(value, deciding);
  if (key === 'additionalProperties') return isRecord(value) ? deciding(value) : value;
  // `atomic` is what a list is anyway.
  if (key === 'x-kubernetes-list-type') return value === 'atomic' ? undefined : value;
  if (key === 'x-kubernetes-validations') return rulesIn(value);
  return undefined;
}

function rulesIn(value: unknown): unknown {
  const kept = ['rule', 'message', 'messageExpression', 'fieldPath', 'optionalOldSelf'];
  return (Array.isArray(value) ? value : [])
    .filter(isRecord)
    .map((rule) => Object.fromEntries(kept.filter((key) => key in rule).map((key) => [key, rule[key]])));
}

/** Every value of a map made anew, keys in alphabetical order. */
export function eachOf(map: unknown, make: (value: unknown, key: string) => unknown): SchemaJson {
  const entries = isRecord(map) ? Object.entries(map) : [];
  return Object.fromEntries(entries.sort(([a], [b]) => compare(a, b)).map(([key, value]) => [key, make(value, key)]));
}

/**
 * The schema of a whole object. `apiVersion` and `kind` have been looked at by whoever found the schema, and a status that an author
 * writes is dropped by the API server unread, so neither is described.
 */
export function ofObject(schema: Unread): SchemaJson {
  const { required, properties, ...rest } = deciding(schema);
  const { apiVersion: _, kind: __, status, metadata, ...fields } = isRecord(properties) ? properties : {};
  const needed = listAt({ required }, 'required')
    .filter(isText)
    .filter((name) => !['apiVersion', 'kind', 'metadata', 'status'].includes(name));
  const described = {
    ...fields,
    ...(isRecord(metadata) && 'properties' in metadata && { metadata }),
    ...(status !== undefined && { status: { 'x-kubernetes-preserve-unknown-fields': true } }),
  };
  return { ...rest, properties: eachOf(described, (each) => each), ...(needed.length > 0 && { required: needed }) };
}

/** The first key of every schema file: JSON has no comments. */
const generated = 'by npm run import from imports/sources.yaml: do not edit';
export const generatedJson = `{\n"generated": ${JSON.stringify(generated)},\n`;

/** A file of several maps, one entry a line: small, and a change of one kind is a change of one line. */
export function jsonFile(parts: Readonly<Record<string, SchemaJson>>): string {
  const bodies = Object.entries(parts).map(([name, part]) => {
    const lines = Object.entries(part).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `${JSON.stringify(name)}: {${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n`}}`;
  });
  return `${generatedJson}${bodies.join(',\n')}\n}\n`;
}
