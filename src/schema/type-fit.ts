import type { Facet, Show } from './facets';
import { isList, isMap, isText } from './json';
import type { JsonType, SchemaNode } from './schema-node';

/** Whether a value has the type that is wanted, if one is. */
export function fits(node: SchemaNode, value: unknown): boolean {
  if (node.intOrString) return isText(value) || Number.isInteger(value);
  if (node.type !== undefined) return isOf(node.type, value);
  return node.format !== 'quantity' || isText(value) || typeof value === 'number';
}

/** What is wrong with the type of a value that does not fit. */
export function misfit(node: SchemaNode, value: unknown, show: Show): Facet {
  if (node.intOrString) return wrong(value, 'a whole number or text', 'either', show);
  return node.type === undefined ? wrong(value, 'a quantity', 'either', show) : wrong(value, WANTED[node.type], node.type, show);
}

const WANTED: Readonly<Record<JsonType, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  object: 'a map',
  string: 'text',
};

function isOf(type: JsonType, value: unknown): boolean {
  switch (type) {
    case 'array':
      return isList(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'object':
      return isMap(value);
    case 'string':
      return isText(value);
  }
}

function wrong(value: unknown, wanted: string, type: JsonType | 'either', show: Show): Facet {
  const what = value === null ? `it is empty where ${wanted} is wanted` : `${show(value)} is not ${wanted}`;
  return { kind: 'type', what, fix: mend(value, wanted, type, show) };
}

/** YAML reads a word as a number, or a number was put in quotes: most wrong types come from there. */
function mend(value: unknown, wanted: string, type: JsonType | 'either', show: Show): string {
  if (value === null) return `write ${wanted}, or take the field out`;
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `put it in quotes: "${show(value)}"`;
  if (isText(value)) {
    const isNumber = (type === 'integer' && /^-?\d+$/.test(value)) || (type === 'number' && /^-?\d+(\.\d+)?$/.test(value));
    if (isNumber || (type === 'boolean' && /^(true|false)$/.test(value)))
      return `write it without quotes: ${show(value).replace(/^"|"$/g, '')}`;
  }
  if (type === 'array' && !isMap(value)) return 'write a list, with a dash before each item';
  return `write ${wanted}`;
}
