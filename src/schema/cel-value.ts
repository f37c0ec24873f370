import { evaluate } from './cel';
import { isList, isMap, isText } from './json';
import type { SchemaNode } from './schema-node';

/** Words that CEL keeps for itself: as the name of a field they are written `__in__`. */
const RESERVED: ReadonlySet<string> = new Set(
  'as break const continue else false for function if import in let loop namespace null package return true var void while'.split(' '),
);

/**
 * A value as rules see it: whole numbers are integers, times are times, and the names of fields are such as CEL can spell.
 * Source: k8s.io/apiserver, pkg/cel/escaping.go, and pkg/cel/common/values.go.
 */
export function celValue(node: SchemaNode | undefined, value: unknown): unknown {
  if (isList(value)) return value.map((item) => celValue(node?.items, item));
  if (isMap(value)) return celMap(node, value);
  if (typeof value === 'number') return node?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (isText(value) && node?.type === 'string') {
    if (node.format === 'date-time') return madeBy('timestamp(it)', value);
    if (node.format === 'duration') return madeBy('duration(it)', value);
  }
  return value;
}

function celMap(node: SchemaNode | undefined, value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const property = node?.property(key);
    // A field that is null is a field that is not there; in a map whose keys are free, it is a null.
    if (value[key] === null && property !== undefined) continue;
    made[property === undefined ? key : escaped(key)] = celValue(property ?? node?.rest, value[key]);
  }
  return made;
}

function madeBy(expression: string, it: string): unknown {
  const result = evaluate(expression, { it });
  return 'value' in result ? result.value : it;
}

function escaped(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return name.replace(/__|[.]|-|\//g, (mark) => ESCAPES.get(mark) ?? mark);
}

const ESCAPES = new Map([
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
]);
