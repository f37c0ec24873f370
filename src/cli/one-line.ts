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
