import { isMapping } from './value';

/** Why a kustomization file cannot be read. */
export class KustomizationError extends Error {
  override readonly name = 'KustomizationError';
}

/**
 * `strict` as kustomize reads its files: nothing unknown, nothing of another type. `lenient` as Flux reads the one at `spec.path`: what is
 * unknown is dropped, and a number or boolean where text belongs becomes text.
 */
export type Manner = 'strict' | 'lenient';

/** Reads one value; `at` is its place, for messages. Throws `KustomizationError`. */
export type Read<T> = (value: unknown, at: string, manner: Manner) => T;

export const text: Read<string> = (value, at, manner) => {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (manner === 'lenient' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  throw wrong(at, 'text', value);
};

export const flag: Read<boolean> = (value, at) => {
  if (value === null || value === undefined) return false;
  if (typeof value === 'boolean') return value;
  throw wrong(at, 'true or false', value);
};

export const whole: Read<number> = (value, at) => {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw wrong(at, 'a whole number', value);
};

/** Anything: what is in it does not matter to us. */
export const anything: Read<unknown> = (value) => value ?? undefined;

export function listOf<T>(item: Read<T>): Read<readonly T[]> {
  return (value, at, manner) => {
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value)) throw wrong(at, 'a list', value);
    return value.map((each, index) => item(each, `${at}[${index}]`, manner));
  };
}

export const texts: Read<Readonly<Record<string, string>>> = (value, at, manner) => {
  if (value === null || value === undefined) return {};
  if (!isMapping(value)) throw wrong(at, 'a mapping', value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, text(each, `${at}.${key}`, manner)]));
};

/** A mapping that may be absent. */
export function optional<T>(read: Read<T>): Read<T | undefined> {
  return (value, at, manner) => (value === null || value === undefined ? undefined : read(value, at, manner));
}

/** A mapping with these fields. Go takes their names in upper and lower case. */
export function fields<T extends object>(shape: { readonly [Key in keyof T]: Read<T[Key]> }): Read<T> {
  const names = new Map(Object.keys(shape).map((name) => [name.toLowerCase(), name]));
  return (value, at, manner) => {
    if (value !== null && value !== undefined && !isMapping(value)) throw wrong(at, 'a mapping', value);
    const given = new Map<string, unknown>();
    for (const [key, each] of Object.entries(value ?? {})) {
      const name = Object.hasOwn(shape, key) ? key : names.get(key.toLowerCase());
      if (name !== undefined) given.set(name, each);
      else if (manner === 'strict')
        throw new KustomizationError(`${at === '' ? '' : `${at} has `}an unknown field ${JSON.stringify(key)}`.trimStart());
    }
    const readers: [string, Read<unknown>][] = Object.entries(shape);
    const read: unknown = Object.fromEntries(
      readers.map(([name, reader]) => [name, reader(given.get(name), at === '' ? name : `${at}.${name}`, manner)]),
    );
    return read as T; // each field was read by the reader of its type
  };
}

function wrong(at: string, wanted: string, value: unknown): KustomizationError {
  const found = Array.isArray(value) ? 'a list' : isMapping(value) ? 'a mapping' : `${typeof value} ${String(value)}`;
  return new KustomizationError(`${at || 'the file'} is ${found}, and not ${wanted}`);
}
