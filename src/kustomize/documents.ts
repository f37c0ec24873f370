import { BuildError } from './build';
import { fieldOf, isList, isMapping, type Mapping, textOf } from './value';
import { YamlError } from './yaml-error';
import { yamlParser } from './yaml-parser';
import { type Parsed, parseFirst } from './yaml-reader';

/** One object of a file. */
export interface FileObject {
  readonly object: Mapping;
  /** Which document of the file, from 0: those that hold nothing are not counted. The items of a List have that of the List. */
  readonly index: number;
  /** Where the document begins, from 1. */
  readonly line: number;
}

/** A part of a file that kustomize reads by itself. */
interface Chunk {
  readonly text: string;
  /** Its first line, from 1. */
  readonly line: number;
}

/**
 * The objects of a text, as kustomize reads it: Lists are expanded, empty documents dropped.
 *
 * @throws YamlError what is no YAML, and what is no object: without kind, or without a name
 */
export function documents(text: string, file: string): readonly FileObject[] {
  const chunks = split(text, file);
  const read: FileObject[] = [];
  let index = 0;
  for (const { text: chunk, line } of chunks) {
    const parsed = parseFirst(chunk, file, line, '1.2');
    if (parsed?.root === undefined) continue;
    const value = parsed.value();
    if (value === null) continue;
    const start = parsed.lineOf(parsed.root);
    const object = isMapping(value) ? value : {};
    const only = chunks.length === 1 && ['List', 'ResourceList'].includes(textOf(object, 'kind')) && isUnwrapped(object);
    const found = only ? itemsOf(object, file, start) : [value];
    for (const each of found) if (!isEmpty(each)) read.push({ object: validated(each, file, start), index, line: start });
    index++;
  }
  return expandLists(read, file);
}

/** The line, from 1, of a field; of the deepest part of the path that is there. */
export type LineOf = (index: number, path: string) => number | undefined;

/**
 * Finds lines in a file. Paths are dotted, list items by their index: `spec.values.hosts.0`; a key may hold dots itself.
 *
 * @returns always undefined for a text that is no YAML
 */
export function linesOf(text: string): LineOf {
  let roots: readonly Parsed[] | undefined;
  const parse = (): readonly Parsed[] => {
    try {
      const parsed = split(text, '').map(({ text: chunk, line }) => parseFirst(chunk, '', line, '1.2'));
      return parsed.flatMap((each) => (each?.root !== undefined && !isNullRoot(each) ? [each] : []));
    } catch (error) {
      if (error instanceof BuildError) return [];
      throw error;
    }
  };
  return (index, path) => {
    roots ??= parse();
    const parsed = roots[index];
    return parsed && lineIn(parsed, path);
  };
}

function isNullRoot({ root }: Parsed): boolean {
  const { isScalar } = yamlParser();
  return isScalar(root) && root.type === 'PLAIN' && ['', '~', 'null', 'Null', 'NULL'].includes(String(root.value));
}

function lineIn(parsed: Parsed, path: string): number {
  const { isAlias, isMap, isNode, isScalar, isSeq } = yamlParser();
  let node: unknown = parsed.root;
  let line = parsed.root === undefined ? 1 : parsed.lineOf(parsed.root);
  let rest = path.replaceAll(/\[(\d+)\]/g, '.$1').replace(/^\./, '');
  while (rest !== '') {
    if (isAlias(node)) return line;
    if (isSeq(node)) {
      const [, index, after = ''] = /^(\d+)(?:\.(.*))?$/s.exec(rest) ?? [];
      const item = index === undefined ? undefined : node.items[Number(index)];
      if (!isNode(item)) return line;
      node = item;
      line = parsed.lineOf(item);
      rest = after;
      continue;
    }
    if (!isMap(node)) return line;
    const fitting = node.items.filter(({ key }) => isScalar(key) && (rest === key.value || rest.startsWith(`${key.value}.`)));
    const pair = fitting.sort((a, b) => nameOf(b.key).length - nameOf(a.key).length)[0];
    if (!pair || !isNode(pair.key)) return line;
    line = parsed.lineOf(pair.key);
    rest = rest.slice(nameOf(pair.key).length + 1);
    node = pair.value;
  }
  return line;
}

function nameOf(key: unknown): string {
  const { isScalar } = yamlParser();
  return isScalar(key) ? String(key.value) : '';
}

/** kustomize looks for the lines between documents itself, and reads only the first document of each part. */
function split(text: string, file: string): readonly Chunk[] {
  const plain = text.replaceAll('\r\n', '\n');
  if (plain === '') return [];
  const chunks: Chunk[] = [];
  let start = 0;
  let line = 1;
  const separator = /\n---.*\n/g;
  for (const match of plain.matchAll(separator)) {
    const behind = match[0].slice(4).trim();
    const chunk = `${plain.slice(start, match.index)}\n`;
    const separatorLine = line + chunk.split('\n').length - 1;
    if (behind !== '' && !behind.startsWith('#')) {
      throw new YamlError('fails', file, separatorLine, 'only a comment may stand behind the --- between documents');
    }
    chunks.push({ text: chunk, line });
    start = match.index + match[0].length;
    line = separatorLine + 1;
  }
  return [...chunks, { text: plain.slice(start), line }];
}

function isUnwrapped(object: Mapping): boolean {
  return Object.hasOwn(object, 'items') || Object.hasOwn(object, 'functionConfig');
}

function itemsOf(list: Mapping, file: string, line: number): readonly unknown[] {
  const items = fieldOf(list, 'items');
  if (items === undefined || items === null) return [];
  if (!isList(items)) throw new YamlError('fails', file, line, `items of the ${textOf(list, 'kind')} is no list`);
  return items;
}

/** Whatever ends in List and has items is a list to kustomize; what is in it comes after everything else of the file. */
function expandLists(read: readonly FileObject[], file: string): readonly FileObject[] {
  if (!read.some(({ object }) => isListKind(object))) return read;
  const queue = [...read];
  const result: FileObject[] = [];
  for (let at = 0; at < queue.length; at++) {
    const each = queue[at];
    if (each === undefined) break;
    if (!isListKind(each.object) || !Object.hasOwn(each.object, 'items')) {
      result.push(each);
      continue;
    }
    for (const item of itemsOf(each.object, file, each.line)) {
      if (!isEmpty(item)) queue.push({ ...each, object: validated(item, file, each.line) });
    }
  }
  return result;
}

function isListKind(object: Mapping): boolean {
  return textOf(object, 'kind').endsWith('List');
}

function isEmpty(value: unknown): boolean {
  return value === null || (isList(value) && value.length === 0) || (isMapping(value) && Object.keys(value).length === 0);
}

function validated(value: unknown, file: string, line: number): Mapping {
  if (!isMapping(value)) throw new YamlError('fails', file, line, 'it is no object: kind and metadata are missing');
  const missing = missingOf(value);
  if (missing !== undefined) throw new YamlError('fails', file, line, missing);
  return value;
}

/** What an object lacks that kustomize asks of every object. */
export function missingOf(object: Mapping): string | undefined {
  if (isEmpty(fieldOf(object, 'kind') ?? null) || textOf(object, 'kind') === '') return 'the object has no kind';
  if (isListKind(object)) return undefined;
  const metadata = fieldOf(object, 'metadata');
  const named = isMapping(metadata) && !isEmpty(fieldOf(metadata, 'name') ?? null) && textOf(metadata, 'name') !== '';
  return named ? undefined : `the ${textOf(object, 'kind')} has no metadata.name`;
}
