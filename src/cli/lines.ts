import type { Document, LineCounter, Node } from 'yaml';
import type { Files } from '../kustomize/files';

/** Beyond this a file is not parsed a second time only to name a line in it: it takes a second a megabyte. */
const MAX_LENGTH = 1024 * 1024;

/** Where a field of a file begins: path of the file, which document of it, dotted path of the field; lines count from 1. */
export type LineOf = (path: string, document: number, at: string) => number | undefined;

/**
 * Finds lines in the files of a repository. Of a field that is not there, the line is that of what should hold it; undefined where a file
 * cannot be read. Files are parsed when they are asked for, once each: only those with findings are.
 */
export function linesOf(files: Files): LineOf {
  const parsed = new Map<string, Parsed | undefined>();
  return (path, document, at) => {
    if (!parsed.has(path)) parsed.set(path, parse(files, path));
    const file = parsed.get(path);
    const root = file?.documents[document]?.contents;
    if (!file || !root) return undefined;
    const offset = find(root, at, file.yaml);
    return offset === undefined ? undefined : file.counter.linePos(offset).line;
  };
}

interface Parsed {
  readonly yaml: typeof import('yaml');
  readonly documents: readonly Document.Parsed[];
  readonly counter: LineCounter;
}

function parse(files: Files, path: string): Parsed | undefined {
  const yaml: typeof import('yaml') = require('yaml');
  try {
    const text = files.read(path);
    if (text === undefined || text.length > MAX_LENGTH) return undefined;
    const counter = new yaml.LineCounter();
    // Aliases are not followed, so no text becomes larger than it is; the rules have said what is wrong with duplicate keys.
    const documents = yaml.parseAllDocuments(text, { lineCounter: counter, uniqueKeys: false, strict: false, logLevel: 'silent' });
    return Array.isArray(documents) ? { yaml, documents, counter } : undefined;
  } catch {
    return undefined; // unreadable, or nested deeper than the parser can go
  }
}

/** Offset of the field, or of the deepest node on the way to it. */
function find(root: Node, at: string, { isMap, isScalar, isSeq }: Parsed['yaml']): number | undefined {
  let node: unknown = root;
  let rest = at;
  let found: number | undefined = root.range?.[0];
  while (rest !== '') {
    if (isSeq(node)) {
      const [step = '', bracketed, plain] = /^(?:\[(\d+)\]|(\d+)(?=[.[]|$))\.?/.exec(rest) ?? [];
      const item: unknown = step === '' ? undefined : node.items[Number(bracketed ?? plain)];
      const offset = offsetOf(item);
      if (offset === undefined) return found;
      [node, rest, found] = [item, rest.slice(step.length), offset];
    } else if (isMap(node)) {
      let best: (typeof node.items)[number] | undefined;
      let length = 0;
      for (const pair of node.items) {
        // Keys hold dots of their own (`app.kubernetes.io/name`): the longest that fits is meant.
        const key = isScalar(pair.key) ? String(pair.key.value) : '';
        const next = rest[key.length];
        if (key.length > length && rest.startsWith(key) && (next === undefined || next === '.' || next === '['))
          [best, length] = [pair, key.length];
      }
      if (!best) return found;
      found = offsetOf(best.key) ?? found;
      [node, rest] = [best.value, rest.slice(length).replace(/^\./, '')];
    } else return found;
  }
  return found;
}

function offsetOf(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [offset]: readonly unknown[] = node.range;
  return typeof offset === 'number' ? offset : undefined;
}
