import { withField } from './field-path';
import { compilePattern } from './pattern';
import type { FieldOptions } from './replacements';
import { readScalar } from './scalar';
import { fieldOf, isList, isMapping, isQuoted, itemText, scalarText, textOf } from './value';

/** Why a replacement cannot be made: kustomize refuses it (`fails`), or we do not do it. */
export class ReplacementError extends Error {
  override readonly name = 'ReplacementError';

  constructor(
    message: string,
    readonly kind: 'fails' | 'unsupported' = 'fails',
  ) {
    super(message);
  }
}

/** A value, and its text as it was written; '' for what is no scalar. */
export interface Written {
  readonly value: unknown;
  readonly text: string;
}

/** Splits at dots; `\.` is a dot within a key, and so is one within `[…]`. */
export function splitPath(path: string): readonly string[] {
  const keys: string[] = [];
  for (const part of path.split('.')) {
    const last = keys.at(-1);
    if (last?.endsWith('\\')) keys[keys.length - 1] = `${last.slice(0, -1)}.${part}`;
    else if (last?.startsWith('[') && !last.endsWith(']')) keys[keys.length - 1] = `${last}.${part}`;
    else keys.push(part);
  }
  return keys.map((key) => (key.startsWith('[') && key.endsWith(']') && key.includes('.') && !key.includes('=') ? key.slice(1, -1) : key));
}

/**
 * What a path leads to; undefined where there is nothing, or null or an empty map or list.
 *
 * @throws ReplacementError where a scalar is in the way
 */
export function valueIn(root: unknown, path: readonly string[]): Written | undefined {
  let found: Written = { value: root, text: '' };
  for (const part of path.map((each) => each.trim()).filter((each) => each !== '')) {
    const next = step(found.value, part);
    if (next === undefined) return undefined;
    found = next;
  }
  const { value } = found;
  return value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0) ? undefined : found;
}

function step(node: unknown, part: string): Written | undefined {
  if (node === null || node === undefined) return undefined;
  if (part === '*') throw new ReplacementError('a source has no wildcard');
  const match = /^\[([^=]*)=(.*)\]$/s.exec(part);
  if (isIndex(part) || part === '-' || match) {
    if (!isList(node)) throw new ReplacementError(`${part} is looked for in what is no list`);
    const [, key = '', text = ''] = match ?? [];
    const index = match
      ? node.findIndex((item, at) => (key === '' ? itemText(node, at) === text : textOf(item, key) === text))
      : part === '-'
        ? node.length - 1
        : Number(part);
    return index < 0 || index >= node.length ? undefined : { value: node[index], text: itemText(node, index) };
  }
  if (!isMapping(node)) throw new ReplacementError(`${part} is looked for in what is no mapping`);
  return fieldOf(node, part) === undefined ? undefined : { value: node[part], text: textOf(node, part) };
}

/** What stands in a place that is to be set; undefined where the place was made for it. */
export type Place = Written | undefined;

/**
 * Sets every place that a path leads to.
 *
 * @returns a copy; undefined where the path leads nowhere
 * @throws ReplacementError
 */
export function setAt(
  node: unknown,
  path: readonly string[],
  create: boolean,
  from: Written,
  set: (there: Place) => unknown,
  there?: Written,
): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return set(there);
  if (isIndex(part)) return setIndex(node, Number(part), rest, create, from, set);
  const match = /^\[([^=]*)=(.*)\]$/s.exec(part);
  if (match) return setMatching(node, match[1] ?? '', match[2] ?? '', rest, create, from, set);
  if (part.startsWith('[') && part.endsWith(']')) throw new ReplacementError(`${part} has to be [field=value]`);
  if (part === '') throw new ReplacementError('a part of the path is empty');
  if (part === '*') return setItems(node, () => true, rest, create, from, set);
  if (node === null) return undefined;
  if (!isMapping(node)) throw new ReplacementError(`${part} is looked for in what is no mapping`);
  const value = fieldOf(node, part);
  if (value === undefined && !create) return undefined;
  if (rest.length > 0 && value !== null && value !== undefined && typeof value !== 'object') throw intoText(node, part);
  const below = value === undefined ? made(rest) : value;
  const changed = setAt(below, rest, create, from, set, value === undefined ? undefined : { value, text: textOf(node, part) });
  return changed === undefined ? undefined : withField(node, part, changed);
}

/** kustomize goes on within text that is YAML or JSON itself. */
function intoText(node: object, key: string): ReplacementError {
  const isStructured = /^\s*[[{]|^\s*-\s|:(\s|$)/m.test(textOf(node, key));
  return isStructured
    ? new ReplacementError(`${key} is text that holds YAML itself: that is not followed here`, 'unsupported')
    : new ReplacementError(`${key} is a scalar, and nothing is within it`);
}

function setIndex(
  node: unknown,
  index: number,
  rest: readonly string[],
  create: boolean,
  from: Written,
  set: (there: Place) => unknown,
): unknown {
  const list = listOf(node);
  if (index > list.length || (index === list.length && !create))
    throw new ReplacementError(`there is no item ${index} in a list of ${list.length}`);
  const isThere = index < list.length;
  const changed = setAt(
    isThere ? list[index] : made(rest),
    rest,
    create,
    from,
    set,
    isThere ? { value: list[index], text: itemText(list, index) } : undefined,
  );
  return changed === undefined ? undefined : [...list.slice(0, index), changed, ...list.slice(index + 1)];
}

function setMatching(
  node: unknown,
  key: string,
  text: string,
  rest: readonly string[],
  create: boolean,
  from: Written,
  set: (there: Place) => unknown,
): unknown {
  const pattern = compilePattern(text);
  const list = listOf(node);
  // Without a field, the items themselves are set, whatever else the path says.
  const matches = (item: unknown, at: number): boolean => {
    if (key === '') return pattern.matches(itemText(list, at));
    return isMapping(item) && fieldOf(item, key) !== undefined && pattern.matches(printed(item, key));
  };
  const below = key === '' ? [] : rest;
  const changed = setItems(list, matches, below, create, from, set);
  if (changed !== undefined || !create) return changed;
  const item = key === '' ? readScalar(text, '1.2') : { [key]: readScalar(text, '1.2') };
  const longer = [...list, item];
  return setItems(longer, (_, at) => at === list.length, below, create, from, set);
}

function setItems(
  node: unknown,
  matches: (item: unknown, at: number) => boolean,
  rest: readonly string[],
  create: boolean,
  from: Written,
  set: (there: Place) => unknown,
): unknown {
  const list = listOf(node);
  let any = false;
  const items = list.map((item, at) => {
    if (!matches(item, at)) return item;
    const changed = setAt(item, rest, create, from, set, { value: item, text: itemText(list, at) });
    if (changed === undefined) return item;
    any = true;
    return changed;
  });
  return any ? items : undefined;
}

function listOf(node: unknown): readonly unknown[] {
  if (node === null) return [];
  if (!isList(node)) throw new ReplacementError('items are looked for in what is no list');
  return node;
}

/** What has to be there for a path to go on. */
function made(rest: readonly string[]): unknown {
  const [next] = rest;
  return next !== undefined && (isIndex(next) || next.startsWith('[')) ? [] : {};
}

function isIndex(part: string): boolean {
  return /^\+?[0-9]{1,9}$/.test(part);
}

/** A scalar as kustomize prints it. */
function printed(node: object, key: string): string {
  const text = textOf(node, key);
  return isQuoted(node, key) ? JSON.stringify(text) : text;
}

/**
 * The value that a place gets. A scalar keeps its type: what is text stays text, and a number takes nothing but a number.
 *
 * @throws ReplacementError
 */
export function valueFor(there: Place, from: Written, options: FieldOptions | undefined): unknown {
  const isScalar = there !== undefined && (typeof there.value !== 'object' || there.value === null);
  const text = textFor(there, from, isScalar, options);
  if (there === undefined) return typeof from.value === 'object' ? from.value : readScalar(text, '1.2');
  if (!isScalar) return options?.delimiter ? text : from.value;
  if (typeof there.value === 'string' && there.text === there.value) return text;
  const value = readScalar(text, '1.2');
  if (
    typeOf(value, text) !== typeOf(there.value, there.text) &&
    !(typeof value === 'number' && typeOf(there.value, there.text) === 'float')
  ) {
    throw new ReplacementError(`${JSON.stringify(text)} cannot stand where ${typeOf(there.value, there.text)} stood`);
  }
  return value;
}

function textFor(there: Place, from: Written, isScalar: boolean, options: FieldOptions | undefined): string {
  const { delimiter = '', index = 0 } = options ?? {};
  if (delimiter === '') return from.text;
  if (there !== undefined && !isScalar) throw new ReplacementError('a delimiter splits text only');
  const parts = (there?.text ?? '').split(delimiter);
  if (index < 0) parts.unshift(from.text);
  else if (index >= parts.length) parts.push(from.text);
  else parts[index] = from.text;
  return parts.join(delimiter);
}

type ScalarType = 'text' | 'int' | 'float' | 'bool' | 'null' | 'date';

function typeOf(value: unknown, text: string): ScalarType {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return /^[-+]?(?:0[xXoObB])?[0-9a-fA-F_]+$/.test(text) ? 'int' : 'float';
  return scalarText(value) === text ? 'text' : 'date';
}
