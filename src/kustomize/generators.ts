import type { Origin } from './build';
import { withField, withoutField } from './field-path';
import { keyOf, metadataText } from './identity';
import { Resource, textsOf } from './resource';
import type { Resources } from './resources';
import { fieldOf, type Mapping, valueAt } from './value';

/** What generated objects get besides their data. */
export interface GeneratorOptions {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly disableNameSuffixHash: boolean;
  readonly immutable: boolean;
}

/** An entry of `configMapGenerator` or `secretGenerator`. */
export interface GeneratorEntry {
  readonly name: string;
  readonly namespace: string;
  readonly behavior: string;
  readonly literals: readonly string[];
  readonly files: readonly string[];
  readonly envs: readonly string[];
  readonly env: string;
  readonly options: GeneratorOptions | undefined;
}

/** An entry of `secretGenerator`. */
export interface SecretEntry extends GeneratorEntry {
  readonly type: string;
}

/** Why nothing can be generated. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
}

/** Reads a file by its path as written; throws `BuildError`. */
export type Load = (path: string) => string;

/**
 * The object of one entry.
 *
 * @throws GeneratorError
 */
export function generate(
  kind: 'ConfigMap' | 'Secret',
  entry: GeneratorEntry & Partial<SecretEntry>,
  options: GeneratorOptions | undefined,
  origin: Origin,
  load: Load,
): Resource {
  if (entry.name === '') throw new GeneratorError('a generator has no name');
  const data = dataOf(entry, load);
  const merged = mergedOptions(entry.options, options);
  const values = Object.fromEntries([...data].sort(byKey).map(([key, value]) => [key, kind === 'Secret' ? base64(value) : value]));
  const object = {
    apiVersion: 'v1',
    kind,
    metadata: {
      name: entry.name,
      ...(entry.namespace !== '' && { namespace: entry.namespace }),
      ...(Object.keys(merged.labels).length > 0 && { labels: merged.labels }),
      ...(Object.keys(merged.annotations).length > 0 && { annotations: merged.annotations }),
    },
    ...(kind === 'Secret' && { type: entry.type || 'Opaque' }),
    ...((kind === 'Secret' || data.size > 0) && { data: values }),
    ...(merged.immutable && { immutable: true }),
  };
  const resource = new Resource(object, origin);
  resource.hashed = !merged.disableNameSuffixHash;
  resource.behavior = entry.behavior === 'merge' || entry.behavior === 'replace' ? entry.behavior : 'create';
  return resource;
}

/**
 * Puts a generated object among the others: beside them, or over the one that its behavior tells of.
 *
 * @throws GeneratorError where that one is not there, or is there and should not be
 */
export function absorb(resources: Resources, made: Resource, file: string): void {
  const [old, ...others] = resources.named(keyOf(made.id));
  const { kind, name } = made.id;
  if (old === undefined) {
    if (made.behavior !== 'create') throw new GeneratorError(`behavior is ${made.behavior}, but there is no ${kind} ${name}`);
    resources.append([made], file);
    return;
  }
  if (others.length > 0) throw new GeneratorError(`several objects are called ${kind} ${name}`);
  if (made.behavior === 'create') throw new GeneratorError(`there is a ${kind} ${name} already: behavior has to be merge or replace`);
  made.object = over(old.object, made.object, made.behavior === 'merge');
  if (made.behavior === 'merge') made.origin = old.origin;
  // What kustomize notes of an object is kept with the old one.
  made.hashed &&= old.hashed;
  made.behavior = old.behavior;
  made.former = old.former;
  made.prefixes = old.prefixes;
  made.suffixes = old.suffixes;
  resources.replace(old, made);
}

function over(old: Mapping, made: Mapping, merge: boolean): Mapping {
  const metadataOfOld = valueAt(old, 'metadata');
  const metadata: Record<string, unknown> = { name: metadataText(metadataOfOld, 'name') };
  const namespace = metadataText(metadataOfOld, 'namespace');
  if (namespace !== '') metadata['namespace'] = namespace;
  for (const key of ['labels', 'annotations']) {
    const texts = new Map([...textsOf(fieldOf(metadataOfOld, key)), ...textsOf(valueAt(made, 'metadata', key))]);
    if (texts.size > 0) metadata[key] = Object.fromEntries(texts);
  }
  let result = withField(made, 'metadata', metadata);
  if (!merge) return result;
  for (const key of ['data', 'binaryData']) {
    const texts = new Map([...textsOf(fieldOf(old, key)), ...textsOf(fieldOf(made, key))]);
    result = texts.size > 0 ? withField(result, key, Object.fromEntries(texts)) : withoutField(result, key);
  }
  return result;
}

function dataOf({ envs, env, literals, files }: GeneratorEntry, load: Load): ReadonlyMap<string, string> {
  const data = new Map<string, string>();
  const add = (key: string, value: string): void => {
    if (data.has(key)) throw new GeneratorError(`key ${JSON.stringify(key)} is there twice`);
    data.set(key, value);
  };
  for (const path of env === '' ? envs : [...envs, env]) for (const [key, value] of linesOf(load(path))) add(key, value);
  for (const literal of literals) {
    const equals = literal.indexOf('=');
    if (equals < 1) throw new GeneratorError('a literal is not of the form key=value'); // it may be a secret: it is not shown
    add(literal.slice(0, equals), unquoted(literal.slice(equals + 1)));
  }
  for (const source of files) {
    const parts = source.split('=');
    if (parts.length > 2 || parts.includes(''))
      throw new GeneratorError(`files has ${JSON.stringify(source)}: neither a path nor key=path`);
    const [first = '', path = first] = parts;
    add(parts.length === 2 ? first : (first.split('/').at(-1) ?? first), load(path));
  }
  return data;
}

/** The lines of an env file: `KEY=value`, comments and empty lines left out. A key without `=` has an empty value. */
function linesOf(text: string): readonly (readonly [key: string, value: string])[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').trimStart());
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=');
      return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
    });
}

function unquoted(text: string): string {
  const quoted = text.length >= 2 && text.at(0) === text.at(-1) && /^["']/.test(text);
  return quoted ? text.slice(1, -1) : text;
}

/** Base64 in lines of 70, as kustomize writes it where one line does not do. */
function base64(text: string): string {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  return encoded.length < 70 ? encoded : `${encoded.replaceAll(/.{70}/g, '$&\n')}\n`.replace(/\n\n$/, '\n');
}

/** What the kustomization file says of all fills in what an entry does not say of itself. */
function mergedOptions(own: GeneratorOptions | undefined, general: GeneratorOptions | undefined): GeneratorOptions {
  return {
    labels: { ...general?.labels, ...own?.labels },
    annotations: { ...general?.annotations, ...own?.annotations },
    disableNameSuffixHash: (own?.disableNameSuffixHash ?? false) || (general?.disableNameSuffixHash ?? false),
    immutable: (own?.immutable ?? false) || (general?.immutable ?? false),
  };
}

function byKey([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1;
}
