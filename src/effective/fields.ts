/** What stands under a key of a map; undefined for anything else. */
export function fieldOf(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? Reflect.get(node, key) : undefined;
}

/** What stands at a path of keys. */
export function fieldAt(node: unknown, ...path: readonly string[]): unknown {
  return path.reduce(fieldOf, node);
}

export function textOf(node: unknown, ...path: readonly string[]): string | undefined {
  const found = fieldAt(node, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function listOf(node: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = fieldAt(node, ...path);
  return Array.isArray(found) ? found : [];
}

/** The keys and values of a map; none for anything else. */
export function entriesOf(node: unknown): readonly (readonly [key: string, value: unknown])[] {
  return isMap(node) ? Object.entries(node) : [];
}

export function isMap(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
