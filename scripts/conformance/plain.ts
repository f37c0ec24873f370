import { parseAllDocuments } from 'yaml';

/** An object of a manifest as a YAML reader gives it. */
export type Plain = { readonly [key: string]: unknown };

export const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of keys, undefined where one of them is absent. */
export const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isPlain(inner) ? inner[key] : undefined), value);

export const textAt = (value: unknown, ...keys: readonly string[]): string | undefined => {
  const found = at(value, ...keys);
  return typeof found === 'string' ? found : undefined;
};

export const listAt = (value: unknown, ...keys: readonly string[]): readonly unknown[] => {
  const found = at(value, ...keys);
  return Array.isArray(found) ? found : [];
};

/** The objects of a YAML text, read as Kubernetes reads them (YAML 1.1). @throws YAMLParseError at the first mistake. */
export function readObjects(text: string): readonly Plain[] {
  const objects: Plain[] = [];
  for (const document of parseAllDocuments(text, { version: '1.1', uniqueKeys: true })) {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const object: unknown = document.toJS({ maxAliasCount: -1 });
    if (isPlain(object)) objects.push(object);
    else if (object !== null) throw new Error(`not an object: ${JSON.stringify(object).slice(0, 80)}`);
  }
  return objects;
}

/** `HelmRelease ferry/ferry`, or `Namespace ferry` for an object without a namespace. */
export function nameOf(object: Plain): string {
  const namespace = textAt(object, 'metadata', 'namespace');
  const name = String(at(object, 'metadata', 'name'));
  return `${String(object.kind)} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** Every text in a value, with the path to it: `spec.values.web.host`. */
export function* texts(value: unknown, path = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* texts(item, `${path}[${index}]`);
  else if (isPlain(value)) for (const [key, item] of Object.entries(value)) yield* texts(item, path === '' ? key : `${path}.${key}`);
}
