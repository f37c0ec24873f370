import type { CoreStructs } from './core-types';
import { compare } from './order';
import { eachOf, jsonFile, type SchemaJson } from './run-time-schema';
import { typeIn } from './type-text';
import { isUnknown, pascal, type Struct, type Type } from './typescript';

/** What a schema file says of a chart beside the types of its values. */
export interface ChartFacts {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  /** Whether Helm itself holds values against a schema that the chart brings. */
  readonly checked: boolean;
  /** Keys of subcharts whose values are not typed, joined by dots: what stands under them is theirs. */
  readonly open: readonly string[];
}

/** Anything at all. */
const ANYTHING: SchemaJson = {};

/**
 * schemas/charts/<chart>.json: the type of a chart's values, in the words of an OpenAPI schema and two more, `union` and
 * `intersection`. Kubernetes' own structs are those of schemas/kubernetes/.
 */
export function valuesSchemaFile({ name, version, repository, checked, open }: ChartFacts, type: Type, structs: CoreStructs): string {
  const root = `${pascal(name)}Values`;
  const named = namedParts(root, type);
  const definitions: Record<string, unknown> = {};

  const refer = (to: string): SchemaJson => {
    if (structs.has(to)) return { $ref: kubernetesStruct(to) };
    const part = named.get(to);
    if (part === undefined) return schemaOf(typeIn(to)); // the text of a correction
    definitions[to] ??= schemaOf(part);
    return { $ref: `#${to}` };
  };
  const schemaOf = (each: Type): SchemaJson => {
    switch (each.is) {
      case 'struct':
        return structSchema(each);
      case 'list':
        return { type: 'array', items: schemaOf(each.of) };
      case 'map':
        return isUnknown(each.of) ? { type: 'object', ...OPEN } : { type: 'object', additionalProperties: schemaOf(each.of) };
      case 'union':
      case 'intersection':
        return { [each.is]: each.of.map(schemaOf) };
      case 'named':
        return scalarSchema(each.name) ?? refer(each.name);
    }
  };
  const structSchema = ({ properties, open: more }: Struct): SchemaJson => ({
    type: 'object',
    properties: Object.fromEntries([...properties].sort((a, b) => compare(a.name, b.name)).map((each) => [each.name, schemaOf(each.type)])),
    ...(more && OPEN),
  });

  const values = open.reduce((schema, path) => opened(schema, path.split('.')), schemaOf(type));
  const about = { chart: name, version, repository, ...(checked && { checked }) };
  return jsonFile({
    about,
    values: eachOf(recordIn(values, 'properties'), (each) => each),
    definitions: eachOf(definitions, (each) => each),
  });
}

const OPEN = { 'x-kubernetes-preserve-unknown-fields': true };

/** A struct of imports/k8s.ts among the definitions of Kubernetes: the strategies are those of apps, all others are of the core. */
function kubernetesStruct(name: string): string {
  return `${/^(Deployment|DaemonSet|StatefulSet|RollingUpdate)/.test(name) ? 'apps' : 'core'}#v1.${name}`;
}

function scalarSchema(name: string): SchemaJson | undefined {
  if (name === 'unknown') return ANYTHING;
  if (['string', 'number', 'boolean'].includes(name)) return { type: name };
  if (name.startsWith("'")) return { enum: [name.slice(1, -1).replace(/\\(.)/g, (_, char) => (char === 'n' ? '\n' : char))] };
  if (name === 'true' || name === 'false') return { enum: [name === 'true'] };
  return /^-?\d+(\.\d+)?$/.test(name) ? { enum: [Number(name)] } : undefined;
}

/** Every struct under the name that its interface has in imports/charts: corrections refer to them. */
function namedParts(name: string, type: Type, found: Map<string, Type> = new Map()): ReadonlyMap<string, Type> {
  switch (type.is) {
    case 'struct':
      if (!found.has(name)) found.set(name, type);
      for (const property of type.properties) namedParts(name + pascal(property.name), property.type, found);
      break;
    case 'list':
    case 'map':
      namedParts(name, type.of, found);
      break;
    case 'union':
    case 'intersection':
      for (const each of type.of) namedParts(name, each, found);
      break;
    case 'named':
  }
  return found;
}

/** What stands at the path takes any keys beside those it lists; made where it is not there. */
function opened(schema: SchemaJson, [key, ...rest]: readonly string[]): SchemaJson {
  if (key === undefined) {
    if (schema['type'] === 'object') return { ...schema, ...OPEN };
    return schema === ANYTHING ? { type: 'object', ...OPEN } : schema;
  }
  const properties = recordIn(schema, 'properties');
  return { ...schema, type: 'object', properties: { ...properties, [key]: opened(recordIn(properties, key) ?? ANYTHING, rest) } };
}

function recordIn(schema: SchemaJson | undefined, key: string): SchemaJson | undefined {
  const found = schema?.[key];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.fromEntries(Object.entries(found)) : undefined;
}
