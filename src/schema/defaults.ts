import { isList, isMap } from './json';
import type { SchemaNode } from './schema-node';

/**
 * The value with the defaults that the API server puts in before it looks at anything: a required field with a default may be left out,
 * and rules see it. The same value where nothing was missing.
 */
export function withDefaults(node: SchemaNode, value: unknown): unknown {
  if (isMap(value)) return inMap(node, value);
  const { items } = node;
  if (!isList(value) || !items) return value;
  const made = value.map((item) => withDefaults(items, item));
  return made.some((item, index) => item !== value[index]) ? made : value;
}

function inMap(node: SchemaNode, value: Readonly<Record<string, unknown>>): unknown {
  let made: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    if (typeof value[key] !== 'object') continue; // a scalar is complete
    const child = node.property(key) ?? node.rest;
    if (!child) continue;
    // A null where null is not allowed is taken for a missing value.
    const isMissing = value[key] === null && !child.nullable;
    const complete = withDefaults(child, isMissing ? child.default : value[key]);
    if (complete === value[key]) continue;
    made ??= { ...value };
    if (complete === undefined) delete made[key];
    else made[key] = complete;
  }
  for (const name of node.defaulted) {
    const child = node.property(name);
    if (!child || Object.hasOwn(value, name)) continue;
    made ??= { ...value };
    made[name] = withDefaults(child, child.default);
  }
  return made ?? value;
}
