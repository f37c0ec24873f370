/** What a YAML or JSON map is before anybody has looked at it. */
export type Unread = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Unread {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The map found there; an empty one where there is none, so that a reader can go on looking. */
export function recordAt(value: unknown, ...keys: readonly string[]): Unread {
  let here = value;
  for (const key of keys) here = isRecord(here) ? here[key] : undefined;
  return isRecord(here) ? here : {};
}

/** The text found there, if it is one. */
export function textAt(value: unknown, key: string): string | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** The list found there; an empty one where there is none. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
