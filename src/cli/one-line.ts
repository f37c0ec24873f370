import { type Finding, say } from '../flux/finding';
import { ESCAPED } from '../flux/yaml';

const UNSEEN = new RegExp(`[\\t\\n]|${ESCAPED.source}`, 'gu');

/**
 * Text of a repository on one line of a terminal: what would move the cursor, change colours or the direction of reading is escaped as in
 * JSON. A file's name, or a value, may hold anything.
 */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, (char) =>
    char === '\n' ? '\\n' : char === '\t' ? '\\t' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A finding as people read it, each of its lines one line. */
export function sayPlainly(finding: Finding): string {
  const { file, what, where, why, fix } = finding;
  return say({ ...finding, file: oneLine(file), what: oneLine(what), where: oneLine(where), why: oneLine(why), fix: oneLine(fix) });
}
