import type { Document, Node, ParsedNode } from 'yaml';
import type { Reader } from './scalar';
import { YamlError } from './yaml-error';
import { yamlParser } from './yaml-parser';
import { Converter } from './yaml-values';

/** A YAML document as its parser left it, and how to make data of it. */
export interface Parsed {
  /** Undefined for a document that holds nothing but comments. */
  readonly root: Node | undefined;
  /** The data. Throws `YamlError`. */
  readonly value: () => unknown;
  /** Line of a node, from 1, within the file. */
  readonly lineOf: (node: Node) => number;
}

/**
 * The first document of a text: Go's readers look no further.
 *
 * @param line the text's first line within its file, from 1
 * @throws YamlError
 */
export function parseFirst(text: string, file: string, line: number, reader: Reader): Parsed | undefined {
  if (/^(?:[ \t]*(?:#[^\n]*)?\n)*[.]{3}(?:\s|$)/.test(text))
    throw new YamlError('fails', file, line, 'a document ends (...) before it begins');
  const { Composer, LineCounter, Parser } = yamlParser();
  const counter = new LineCounter();
  const lineAt = (offset: number): number => line - 1 + counter.linePos(offset).line;
  const first = (): Document.Parsed<ParsedNode> | undefined => {
    const composer = new Composer({ schema: 'failsafe', strict: false, uniqueKeys: false, logLevel: 'silent', prettyErrors: false });
    for (const token of new Parser(counter.addNewLine).parse(text)) {
      for (const document of composer.next(token)) return document;
    }
    for (const document of composer.end()) return document;
    return undefined;
  };
  let document: Document.Parsed<ParsedNode> | undefined;
  try {
    document = first();
  } catch (error) {
    if (error instanceof RangeError) throw new YamlError('unsupported', file, line, 'it is nested too deeply');
    throw new YamlError('fails', file, line, error instanceof Error ? error.message : String(error));
  }
  if (document === undefined || document.contents === null) {
    const directive = /^%.*/m.exec(text)?.[0];
    if (directive !== undefined)
      throw new YamlError('fails', file, line, `nothing follows ${directive}: kustomize takes what stands before --- for a document`);
  }
  if (document === undefined) return undefined;
  const [error] = document.errors;
  // The parser itself turns an exhausted stack into an error of the document.
  if (error && /call stack/i.test(error.message)) throw new YamlError('unsupported', file, line, 'it is nested too deeply');
  if (error) throw new YamlError('fails', file, lineAt(error.pos[0]), error.message);
  const root = document.contents ?? undefined;
  const lineOf = (node: Node): number => lineAt(node.range?.[0] ?? 0);
  return { root, lineOf, value: () => new Converter(file, reader, lineOf, document, text).convert(root) };
}

/** The value that a whole text holds, read as kustomize reads its own files. Keys become text; of two that are the same the last counts. */
export function readYaml(text: string, file: string): unknown {
  return parseFirst(text, file, 1, '1.1')?.value() ?? null;
}
