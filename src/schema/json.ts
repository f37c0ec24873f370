/** A map of JSON before anybody has looked at it. */
export type JsonMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The map under a key; an empty one where there is none. */
export function mapIn(map: JsonMap, key: string): JsonMap {
  const found = map[key];
  return isMap(found) ? found : {};
}

/** The list under a key; an empty one where there is none. */
export function listIn(map: JsonMap, key: string): readonly unknown[] {
  const found = map[key];
  return isList(found) ? found : [];
}

export function textIn(map: JsonMap, key: string): string | undefined {
  const found = map[key];
  return isText(found) ? found : undefined;
}

export function numberIn(map: JsonMap, key: string): number | undefined {
  const found = map[key];
  return typeof found === 'number' ? found : undefined;
}

/** Whether two values are the same JSON; the order of keys does not matter. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

/** The value as text that is the same for the same JSON, whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isMap(value)) return JSON.stringify(value) ?? 'null';
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}
