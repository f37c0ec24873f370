import type { CoreStructs } from './core-types';
import { knownType } from './known-values';
import { compare } from './order';
import { isRecord, listAt, recordAt, textAt, type Unread } from './record';
import type { Correction } from './sources';
import {
  anyMap,
  boolean,
  Declarations,
  generatedBy,
  isString,
  isTextLiteral,
  listOf,
  literal,
  mapOf,
  named,
  namesUsedIn,
  number,
  type Property,
  pascal,
  type Struct,
  string,
  struct,
  type Type,
  union,
  unknown,
} from './typescript';

/** What a chart says about its values. */
export interface ChartValues {
  readonly name: string;
  /** values.schema.json, where there is one. */
  readonly schema: unknown;
  /** values.yaml, with the defaults of the typed subcharts already under their keys. */
  readonly defaults: unknown;
  readonly corrections: readonly Correction[];
}

/** imports/charts/<chart>.ts: one interface for all values, in which a misspelt key does not compile. */
export function valuesFile(chart: ChartValues, structs: CoreStructs): string {
  const declarations = new Declarations();
  declarations.add(`${pascal(chart.name)}Values`, valuesType(chart, structs));
  const text = declarations.toString();
  const imported = namesUsedIn(text, new Set(structs.keys()));
  const lead = imported.length === 0 ? generatedBy : `${generatedBy}\nimport type { ${imported.join(', ')} } from '../k8s';`;
  return `${lead}\n\n${text}`;
}

/** The type of all values of a chart, as far as its schema, its defaults and what is known of its keys tell. */
export function valuesType(chart: ChartValues, structs: CoreStructs): Type {
  const told = merge(schemaType(chart.schema, chart.schema), defaultType(chart.defaults));
  const corrected = chart.corrections.reduce((type, correction) => correct(type, correction.path.split('.'), named(correction.type)), told);
  return withKnownTypes(corrected, structs);
}

/** The defaults of a chart with those of its subcharts: Helm lays the parent's over the subchart's own. */
export function withSubchart(parent: unknown, key: string, subchart: unknown): unknown {
  const values = isRecord(parent) ? parent : {};
  return { ...values, [key]: overlaid(values[key], subchart) };
}

function overlaid(over: unknown, under: unknown): unknown {
  if (!isRecord(over) || !isRecord(under)) return over === undefined || over === null ? under : over;
  const keys = [...new Set([...Object.keys(under), ...Object.keys(over)])];
  return Object.fromEntries(keys.map((key) => [key, overlaid(over[key], under[key])]));
}

/** The type of a default value. An empty map or list tells nothing of what may be in it, `null` nothing at all. */
export function defaultType(value: unknown): Type {
  if (Array.isArray(value)) return listOf(value.map((element) => opened(defaultType(element))).reduce(merge, unknown));
  if (isRecord(value)) {
    const properties = Object.entries(value).map(([name, each]) => ({ name, type: defaultType(each), required: false }));
    return properties.length === 0 ? anyMap : struct(sorted(properties));
  }
  switch (typeof value) {
    case 'string':
      return string;
    case 'number':
      return number;
    case 'boolean':
      return boolean;
    default:
      return unknown;
  }
}

/** An element of a default list is an example: others may have other keys. */
function opened(type: Type): Type {
  return type.is === 'struct' ? struct(type.properties, true) : type;
}

/**
 * The type of a JSON schema. Where it lists properties, others are refused, whatever `additionalProperties` says: most charts
 * leave it out, and a misspelt key is then silently ignored by Helm.
 */
export function schemaType(schema: unknown, root: unknown, within: readonly string[] = []): Type {
  if (!isRecord(schema)) return unknown;
  const reference = textAt(schema, '$ref');
  if (reference !== undefined) {
    if (within.includes(reference)) return unknown; // a schema inside itself: the inner one stays open
    const target = recordAt(root, ...reference.replace(/^#\//, '').split('/').map(unescaped));
    return schemaType(target, root, [...within, reference]);
  }
  const inner = (each: unknown) => schemaType(each, root, within);
  const allowed = 'const' in schema ? [schema['const']] : listAt(schema, 'enum');
  if (allowed.length > 0) return union(allowed.filter(isLiteral).map(literal));
  const own = union(typesIn(schema).map((type) => typeOf(type, schema, inner)));
  const alternatives = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')].map(inner);
  return [...listAt(schema, 'allOf').map(inner), oneOf(alternatives)].reduce(merge, own);
}

/** Alternative objects are taken together: which keys exclude each other is for Helm to check. */
function oneOf(types: readonly Type[]): Type {
  const objects = types.filter((type) => type.is === 'struct' || type.is === 'map');
  return union([...types.filter((type) => !objects.includes(type)), objects.reduce(merge, unknown)]);
}

function typesIn(schema: Unread): readonly unknown[] {
  const type = schema['type'];
  if (Array.isArray(type)) return type;
  return type === undefined && isRecord(schema['properties']) ? ['object'] : [type];
}

function typeOf(type: unknown, schema: Unread, inner: (schema: unknown) => Type): Type {
  switch (type) {
    case 'string':
      return string;
    case 'integer':
    case 'number':
      return number;
    case 'boolean':
      return boolean;
    case 'array':
      return listOf(inner(schema['items']));
    case 'object':
      return objectType(schema, inner);
    default:
      return unknown; // null says no more than a missing type
  }
}

function objectType(schema: Unread, inner: (schema: unknown) => Type): Type {
  const properties = Object.entries(recordAt(schema, 'properties')).map(([name, each]) => ({ name, type: inner(each), required: false }));
  if (properties.length > 0) return struct(sorted(properties));
  const additional = schema['additionalProperties'];
  return isRecord(additional) && Object.keys(additional).length > 0 ? mapOf(inner(additional)) : anyMap;
}

/** What two sources say of one value, taken together. */
export function merge(a: Type, b: Type): Type {
  if (a.is === 'struct' && b.is === 'struct') return mergedStructs(a, b);
  if (a.is === 'list' && b.is === 'list') return listOf(merge(a.of, b.of));
  // A map of anything beside a list of keys: the keys are what can be checked.
  if (isAnyMap(a) && (b.is === 'struct' || b.is === 'map')) return b;
  if (isAnyMap(b) && (a.is === 'struct' || a.is === 'map')) return a;
  // A schema's list of words is narrower than the default, which is one of them.
  if (isString(b) && isTextLiteral(a.is === 'union' ? (a.of[0] ?? a) : a)) return a;
  return union([a, b]);
}

function mergedStructs(a: Struct, b: Struct): Struct {
  const byName = new Map(a.properties.map((property) => [property.name, property]));
  for (const property of b.properties) {
    const other = byName.get(property.name);
    byName.set(property.name, other === undefined ? property : { ...property, type: merge(other.type, property.type) });
  }
  return struct(sorted([...byName.values()]), a.open || b.open);
}

function isAnyMap(type: Type): boolean {
  return type.is === 'map' && type.of.is === 'named' && type.of.name === 'unknown';
}

/** Puts a type where the path leads, and makes the way there. */
function correct(type: Type, path: readonly string[], correction: Type): Type {
  const [key, ...rest] = path;
  if (key === undefined) return correction;
  const properties = type.is === 'struct' ? type.properties : [];
  const here = properties.find((property) => property.name === key)?.type ?? unknown;
  const corrected: Property = { name: key, type: correct(here, rest, correction), required: false };
  return struct(sorted([...properties.filter((property) => property.name !== key), corrected]), type.is === 'struct' && type.open);
}

function withKnownTypes(type: Type, structs: CoreStructs): Type {
  switch (type.is) {
    case 'struct':
      return struct(
        type.properties.map((property) => ({
          ...property,
          type: knownType(property.name, property.type, structs) ?? withKnownTypes(property.type, structs),
        })),
        type.open,
      );
    case 'list':
    case 'map':
      return { is: type.is, of: withKnownTypes(type.of, structs) };
    case 'union':
    case 'intersection':
      return { is: type.is, of: type.of.map((each) => withKnownTypes(each, structs)) };
    case 'named':
      return type;
  }
}

function sorted(properties: readonly Property[]): readonly Property[] {
  return [...properties].sort((a, b) => compare(a.name, b.name));
}

function unescaped(segment: string): string {
  return segment.replace(/~1/g, '/').replace(/~0/g, '~');
}

function isLiteral(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
