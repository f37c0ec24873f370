import { readScalar } from './scalar';

/** A mapping of a YAML or JSON document. Never changed once it is part of an object. */
export type Mapping = Readonly<Record<string, unknown>>;

/**
 * How a scalar was written, where that is not how JavaScript writes it: `0x10`, `1.0`, `True`, nothing at all for null. kustomize works on
 * the text and reads it late, so the text decides what a label is and which items of two lists are the same. By mapping or list, then key.
 */
const spellings = new WeakMap<object, ReadonlyMap<string, string>>();

/**
 * Whether fields are written in quotes (or as a block), where that does not follow from what they hold. Whatever a patch puts there,
 * kustomize writes the same way: a number that replaces quoted text is text.
 */
const quotes = new WeakMap<object, ReadonlyMap<string, boolean>>();

/**
 * Fields that kustomize made of one and the same node: the labels that one transformer added in several places. What later overwrites one
 * of them overwrites all, as it does in kustomize: a patch of metadata.labels changes the selector.
 */
const shares = new WeakMap<object, ReadonlyMap<string, object>>();

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A mapping that is being made: nobody else has it yet. */
export function isDraft(value: unknown): value is Record<string, unknown> {
  return isMapping(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** The value of a field; undefined where there is no such field of its own. */
export function fieldOf(node: unknown, key: string): unknown {
  return isMapping(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

/** The value at a path of keys. */
export function valueAt(node: unknown, ...path: readonly string[]): unknown {
  return path.reduce(fieldOf, node);
}

/** A field's scalar as text; '' where it is no scalar or is not there. */
export function textOf(node: unknown, key: string): string {
  const value = fieldOf(node, key);
  return typeof node === 'object' && node !== null ? (spellings.get(node)?.get(key) ?? scalarText(value)) : '';
}

/** An item's scalar as text; '' where it is no scalar. */
export function itemText(list: readonly unknown[], index: number): string {
  return spellings.get(list)?.get(String(index)) ?? scalarText(list[index]);
}

/** A scalar as its plain text; '' for what is none. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Notes how the scalars of a mapping or list were written. */
export function spell(node: object, texts: ReadonlyMap<string, string>, quoted: ReadonlySet<string>): void {
  if (texts.size > 0) spellings.set(node, texts);
  if (quoted.size > 0) quotes.set(node, new Map([...quoted].map((key) => [key, true])));
}

/** Whether a field is written in quotes, or as a block: because it was, or because it could not be read back otherwise. */
export function isQuoted(node: object, key: string): boolean {
  const value = fieldOf(node, key);
  return typeof value === 'string' && !spellings.get(node)?.has(key) && (quotes.get(node)?.get(key) ?? needsQuotes(value));
}

/** Notes whether a field is written in quotes. */
function setQuoted(node: object, key: string, quoted: boolean): void {
  if (isQuoted(node, key) !== quoted) quotes.set(node, new Map(quotes.get(node)).set(key, quoted));
}

/** A copy with text in a field, written as the field was before, or without quotes: a transformer thinks of none. */
export function withPlainText(node: Mapping, key: string, text: string | undefined): Mapping {
  const quoted = isQuoted(node, key);
  const copy = copyOf(node);
  put(copy, key, text);
  setQuoted(copy, key, quoted);
  return copy;
}

/** Whether text has to stand in quotes, for a reader of YAML 1.1 or 1.2 to take it for text. */
function needsQuotes(text: string): boolean {
  if (text === '' || text !== text.trim() || text.includes('\n')) return true;
  if (readScalar(text, '1.1') !== text || readScalar(text, '1.2') !== text) return true;
  return /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|: |:$| #/.test(text);
}

/** How a field was written, where that was noted. */
export function spellingOf(node: object, key: string): string | undefined {
  return spellings.get(node)?.get(key);
}

/** A copy that may be changed before anyone else sees it; what is below is shared. */
export function copyOf(node: Mapping): Record<string, unknown> {
  const copy = { ...node };
  copyWriting(node, copy);
  return copy;
}

/** A copy in which nothing is shared, nor are spellings lost. */
export function deepCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? value.map(deepCopy) : {};
  if (!Array.isArray(copy)) for (const key of Object.keys(value)) put(copy, key, deepCopy(fieldOf(value, key)));
  copyWriting(value, copy);
  return copy;
}

function copyWriting(from: object, to: object): void {
  const [texts, quoted] = [spellings.get(from), quotes.get(from)];
  if (texts) spellings.set(to, texts);
  if (quoted) quotes.set(to, quoted);
  const shared = shares.get(from);
  if (shared) shares.set(to, shared);
}

/** Which other fields a field is one with, if any: those for which this gives the same. */
export function shareOf(node: object, key: string): object | undefined {
  return shares.get(node)?.get(key);
}

/** Makes a field one with all others of the share. */
export function setShare(node: object, key: string, share: object): void {
  shares.set(node, new Map(shares.get(node)).set(key, share));
}

/** The same with all fields of a share overwritten; what has none of them stays as it is. */
export function withShare(node: unknown, share: object, value: unknown): unknown {
  if (Array.isArray(node)) {
    const items = node.map((item) => withShare(item, share, value));
    return items.some((item, at) => item !== node[at]) ? items : node;
  }
  if (!isMapping(node)) return node;
  let result: Record<string, unknown> | undefined;
  for (const key of Object.keys(node)) {
    const changed = shareOf(node, key) === share ? value : withShare(node[key], share, value);
    if (changed === node[key]) continue;
    result ??= copyOf(node);
    put(result, key, changed);
  }
  return result ?? node;
}

/** Overwrites, in what is being made, all fields of the share of a field with what it holds. */
export function overwriteShare(root: unknown, node: object, key: string): void {
  const share = shareOf(node, key);
  if (share === undefined) return;
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) each.forEach(visit);
    else if (isDraft(each)) {
      for (const name of Object.keys(each)) {
        if (each !== node && shareOf(each, name) === share) putFrom(each, name, node, key);
        else visit(each[name]);
      }
    }
  };
  visit(root);
}

/** Sets a field of a mapping that nobody else has seen yet; `__proto__` is a name like any other. */
export function put(node: Record<string, unknown>, key: string, value: unknown): void {
  const texts = spellings.get(node);
  if (texts?.has(key)) spellings.set(node, new Map([...texts].filter(([name]) => name !== key)));
  if (shareOf(node, key) !== undefined && !Object.hasOwn(node, key)) setShare(node, key, {});
  if (key === '__proto__') Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
  else node[key] = value;
}

/** Sets a field to what another mapping has there. Quotes stay as they are where the field was there before, and make text of it. */
export function putFrom(node: Record<string, unknown>, key: string, from: object, fromKey = key): void {
  const value: unknown = Reflect.get(from, fromKey);
  const text = spellings.get(from)?.get(fromKey);
  const isScalar = typeof value !== 'object' || value === null;
  if (isScalar && Object.hasOwn(node, key)) {
    const quoted = isQuoted(node, key);
    put(node, key, quoted ? (text ?? scalarText(value)) : value);
    setQuoted(node, key, quoted);
    if (quoted) return;
  } else {
    put(node, key, value);
    if (isScalar) setQuoted(node, key, isQuoted(from, fromKey));
  }
  if (text !== undefined) spellings.set(node, new Map(spellings.get(node)).set(key, text));
}

/** Whether two values are the same data, whatever the order of their fields. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((item, index) => isSame(item, other[index]));
  }
  if (!isMapping(one) || !isMapping(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]));
}
