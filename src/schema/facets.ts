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

/** What is wrong with a value of the right type: its words, form, bounds. Lists and not generators: most values have nothing to tell. */
export function facets(node: SchemaNode, value: unknown, show: Show): readonly Facet[] {
  const found: (Facet | undefined)[] = [];
  if (node.allowed) found.push(notAllowed(node.allowed, value, show));
  if (isText(value)) {
    if (node.pattern !== undefined) found.push(unlikePattern(node.pattern, value, show));
    if (node.format !== undefined) found.push(notInFormat(node.format, value, show));
  } else if (typeof value === 'number' && node.format === 'int32') found.push(tooLarge(value));
  if (node.bounded) found.push(...outOfBounds(node, value));
  if (node.raw['uniqueItems'] === true && isList(value) && new Set(value.map(canonical)).size < value.length) {
    found.push({ kind: 'duplicate', what: 'an item stands in it twice', fix: 'keep one of the two' });
  }
  return found.filter((facet) => facet !== undefined);
}

function notAllowed(allowed: readonly unknown[], value: unknown, show: Show): Facet | undefined {
  if (allowed.some((each) => isSame(each, value))) return undefined;
  const words = allowed.map(quoted);
  const near = isText(value) ? meant(value, allowed.filter(isText)) : undefined;
  const fix = near === undefined ? `write ${anyOf(words)}` : `write ${quoted(near)}`;
  const wanted = words.length === 1 ? words[0] : `one of ${anyOf(words).replace(' or ', ', ')}`;
  return { kind: 'enum', what: `${show(value)} is not ${wanted}`, fix };
}

function unlikePattern(pattern: string, value: string, show: Show): Facet | undefined {
  const matches = matcher(pattern);
  if (matches?.(value)) return undefined;
  if (matches)
    return { kind: 'pattern', what: `${show(value)} does not match ${pattern}`, fix: 'write it in the form that the pattern shows' };
  const what = `whether the text matches ${pattern} could not be checked`;
  return { kind: 'pattern', what, fix: 'look at it yourself: the pattern is not one that can be tried here', notChecked: true };
}

function notInFormat(format: string, value: string, show: Show): Facet | undefined {
  const wanted = formatProblem(format, value);
  return wanted === undefined ? undefined : { kind: 'format', what: `${show(value)} is not ${wanted}`, fix: `write ${wanted}` };
}

function tooLarge(value: number): Facet | undefined {
  const most = 2 ** 31;
  if (value >= -most && value < most) return undefined;
  return { kind: 'range', what: `${value} does not fit into 32 bits`, fix: `write a number from ${-most} to ${most - 1}` };
}

function outOfBounds(node: SchemaNode, value: unknown): readonly Facet[] {
  if (typeof value === 'number') return ofNumber(node, value);
  if (isText(value)) return ofSize(node.bound('minLength'), node.bound('maxLength'), lengthOf(value), 'character');
  if (isList(value)) return ofSize(node.bound('minItems'), node.bound('maxItems'), value.length, 'item');
  return isMap(value) ? ofSize(node.bound('minProperties'), node.bound('maxProperties'), Object.keys(value).length, 'key') : [];
}

/** Characters, of which some take two places in a text. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function ofNumber(node: SchemaNode, value: number): readonly Facet[] {
  const found: Facet[] = [];
  const [least, most, step] = [node.bound('minimum'), node.bound('maximum'), node.bound('multipleOf')];
  const [above, under] = [node.raw['exclusiveMinimum'] === true, node.raw['exclusiveMaximum'] === true];
  if (least !== undefined && (above ? value <= least : value < least)) {
    found.push({ kind: 'range', what: `${value} is less than is allowed`, fix: `write ${above ? 'more than' : 'at least'} ${least}` });
  }
  if (most !== undefined && (under ? value >= most : value > most)) {
    found.push({ kind: 'range', what: `${value} is more than is allowed`, fix: `write ${under ? 'less than' : 'at most'} ${most}` });
  }
  if (step !== undefined && !Number.isInteger(value / step)) {
    found.push({ kind: 'range', what: `${value} is no multiple of ${step}`, fix: `write a multiple of ${step}` });
  }
  return found;
}

function ofSize(least: number | undefined, most: number | undefined, size: number, unit: string): readonly Facet[] {
  const counted = (count: number) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (least !== undefined && size < least) {
    return [
      { kind: 'range', what: size === 0 ? 'it is empty' : `it has only ${counted(size)}`, fix: `give it at least ${counted(least)}` },
    ];
  }
  if (most === undefined || size <= most) return [];
  return [{ kind: 'range', what: `it has ${counted(size)}`, fix: `give it at most ${counted(most)}` }];
}
