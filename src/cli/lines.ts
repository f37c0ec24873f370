import { type Files, type LineOf, linesOf as linesOfText } from '../kustomize';

/** Beyond this a file is not parsed a second time only to name a line in it: it takes a second a megabyte. */
const MAX_LENGTH = 1024 * 1024;

/**
 * Finds lines in the files of a repository: path of the file, which document of it, dotted path of the field. Of a field that is not
 * there, the line is that of what should hold it; undefined where a file cannot be read. Files are parsed when they are asked for, once
 * each: only those with findings are.
 */
export function linesOf(files: Files): (path: string, document: number, at: string) => number | undefined {
  const known = new Map<string, LineOf>();
  return (path, document, at) => {
    try {
      const lines = known.get(path) ?? linesIn(files, path);
      known.set(path, lines);
      return lines(document, at);
    } catch {
      known.set(path, NO_LINES); // unreadable, or nested deeper than a parser goes: that has a finding of its own
      return undefined;
    }
  };
}

const NO_LINES: LineOf = () => undefined;

function linesIn(files: Files, path: string): LineOf {
  const text = files.read(path);
  return text === undefined || text.length > MAX_LENGTH ? NO_LINES : linesOfText(text);
}
