/** A mapping of a YAML or JSON document. Never changed once it is part of an object. */
export type Mapping = Readonly<Record<string, unknown>>;

/**
 * How a scalar was written, where that is not how JavaScript writes it: `0x10`, `1.0`, `True`, nothing at all for null. kustomize works on
 * the text and reads it late, so the text decides what a label is and which items of two lists are the same. By mapping or list, then key.
 */
const spellings = new WeakMap<object, ReadonlyMap<string, string>>();

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
  if (typeof value === 'string') return value;
  return typeof node === 'object' && node !== null ? (spellings.get(node)?.get(key) ?? scalarText(value)) : '';
}

/** An item's scalar as text; '' where it is no scalar. */
export function itemText(list: readonly unknown[], index: number): string {
  const value = list[index];
  return typeof value === 'string' ? value : (spellings.get(list)?.get(String(index)) ?? scalarText(value));
}

/** A scalar as its plain text; '' for what is none. */
export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return 'null';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Notes how the scalars of a mapping or list were written. */
export function spell(node: object, texts: ReadonlyMap<string, string>): void {
  if (texts.size > 0) spellings.set(node, texts);
}

/** How a field was written, where that was noted. */
export function spellingOf(node: object, key: string): string | undefined {
  return spellings.get(node)?.get(key);
}

/** A copy that may be changed before anyone else sees it; what is below is shared. */
export function copyOf(node: Mapping): Record<string, unknown> {
  const copy = { ...node };
  const texts = spellings.get(node);
  if (texts) spellings.set(copy, texts);
  return copy;
}

/** A copy in which nothing is shared, nor are spellings lost. */
export function deepCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const texts = spellings.get(value);
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? value.map(deepCopy) : {};
  if (!Array.isArray(copy)) for (const key of Object.keys(value)) put(copy, key, deepCopy(fieldOf(value, key)));
  if (texts) spellings.set(copy, texts);
  return copy;
}

/** Sets a field of a mapping that nobody else has seen yet; `__proto__` is a name like any other. */
export function put(node: Record<string, unknown>, key: string, value: unknown): void {
  const texts = spellings.get(node);
  if (texts?.has(key)) spellings.set(node, new Map([...texts].filter(([name]) => name !== key)));
  if (key === '__proto__') Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
  else node[key] = value;
}

/** Sets a field to what another mapping has there, spelling included. */
export function putFrom(node: Record<string, unknown>, key: string, from: object, fromKey = key): void {
  const text = spellings.get(from)?.get(fromKey);
  put(node, key, Reflect.get(from, fromKey));
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
