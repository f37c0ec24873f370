import { formatProblem } from './formats';
import { canonical, isList, isMap, isSame, isText } from './json';
import { matcher } from './pattern';
import type { SchemaProblem } from './problem';
import type { SchemaNode } from './schema-node';
import { meant } from './suggestion';
import { anyOf, quoted } from './wording';

/** How a value stands in a message: nothing of a Secret may. */
export type Show = (value: unknown) => string;

/** A problem without its place: whoever looks at the value knows that. */
export type Facet = Omit<SchemaProblem, 'at'>;

/** What is wrong with a value of the right type: its words, form, bounds. */
export function* facets(node: SchemaNode, value: unknown, show: Show): Generator<Facet> {
  if (node.allowed) yield* notAllowed(node.allowed, value, show);
  if (isText(value)) {
    if (node.pattern !== undefined) yield* unlikePattern(node.pattern, value, show);
    if (node.format !== undefined) yield* notInFormat(node.format, value, show);
  } else if (typeof value === 'number' && node.format !== undefined) yield* outOfFormat(node.format, value);
  if (node.bounded) yield* outOfBounds(node, value);
  if (node.raw['uniqueItems'] === true && isList(value) && new Set(value.map(canonical)).size < value.length) {
    yield { kind: 'duplicate', what: 'an item stands in it twice', fix: 'keep one of the two' };
  }
}

function* notAllowed(allowed: readonly unknown[], value: unknown, show: Show): Generator<Facet> {
  if (allowed.some((each) => isSame(each, value))) return;
  const words = allowed.map(quoted);
  const near = isText(value) ? meant(value, allowed.filter(isText)) : undefined;
  const fix = near === undefined ? `write ${anyOf(words)}` : `write ${quoted(near)}`;
  yield {
    kind: 'enum',
    what: `${show(value)} is not ${words.length === 1 ? words[0] : `one of ${anyOf(words).replace(' or ', ', ')}`}`,
    fix,
  };
}

function* unlikePattern(pattern: string, value: string, show: Show): Generator<Facet> {
  const matches = matcher(pattern);
  if (matches === undefined) {
    const what = `whether the text matches ${pattern} could not be checked`;
    yield { kind: 'pattern', what, fix: 'look at it yourself: the pattern is not one that can be tried here', notChecked: true };
  } else if (!matches(value)) {
    yield { kind: 'pattern', what: `${show(value)} does not match ${pattern}`, fix: 'write it in the form that the pattern shows' };
  }
}

function* notInFormat(format: string, value: string, show: Show): Generator<Facet> {
  const wanted = formatProblem(format, value);
  if (wanted !== undefined) yield { kind: 'format', what: `${show(value)} is not ${wanted}`, fix: `write ${wanted}` };
}

function* outOfFormat(format: string, value: number): Generator<Facet> {
  const most = 2 ** 31;
  if (format === 'int32' && (value < -most || value >= most)) {
    yield { kind: 'range', what: `${value} does not fit into 32 bits`, fix: `write a number from ${-most} to ${most - 1}` };
  }
}

function* outOfBounds(node: SchemaNode, value: unknown): Generator<Facet> {
  if (typeof value === 'number') yield* ofNumber(node, value);
  else if (isText(value)) yield* ofSize(node.bound('minLength'), node.bound('maxLength'), [...value].length, 'character');
  else if (isList(value)) yield* ofSize(node.bound('minItems'), node.bound('maxItems'), value.length, 'item');
  else if (isMap(value)) yield* ofSize(node.bound('minProperties'), node.bound('maxProperties'), Object.keys(value).length, 'key');
}

function* ofNumber(node: SchemaNode, value: number): Generator<Facet> {
  const [least, most, step] = [node.bound('minimum'), node.bound('maximum'), node.bound('multipleOf')];
  const [above, under] = [node.raw['exclusiveMinimum'] === true, node.raw['exclusiveMaximum'] === true];
  if (least !== undefined && (above ? value <= least : value < least)) {
    yield { kind: 'range', what: `${value} is less than is allowed`, fix: `write ${above ? 'more than' : 'at least'} ${least}` };
  }
  if (most !== undefined && (under ? value >= most : value > most)) {
    yield { kind: 'range', what: `${value} is more than is allowed`, fix: `write ${under ? 'less than' : 'at most'} ${most}` };
  }
  if (step !== undefined && !Number.isInteger(value / step)) {
    yield { kind: 'range', what: `${value} is no multiple of ${step}`, fix: `write a multiple of ${step}` };
  }
}

function* ofSize(least: number | undefined, most: number | undefined, size: number, unit: string): Generator<Facet> {
  const counted = (count: number) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (least !== undefined && size < least) {
    const what = size === 0 ? 'it is empty' : `it has only ${counted(size)}`;
    yield { kind: 'range', what, fix: `give it at least ${counted(least)}` };
  }
  if (most !== undefined && size > most) yield { kind: 'range', what: `it has ${counted(size)}`, fix: `give it at most ${counted(most)}` };
}
