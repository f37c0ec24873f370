/** Patterns that were tried before: a schema has few, and a tree asks each of them many times. */
const known = new Map<string, ((text: string) => boolean) | undefined>();

/**
 * Tells whether a text matches a pattern of Go (RE2), as the API server does: anywhere in the text. Undefined where JavaScript has no such
 * pattern. An inner `(?i)` counts for the whole pattern here, so that more may match, never less.
 */
export function matcher(pattern: string): ((text: string) => boolean) | undefined {
  if (known.has(pattern)) return known.get(pattern);
  const made = make(pattern);
  known.set(pattern, made);
  return made;
}

function make(pattern: string): ((text: string) => boolean) | undefined {
  const flags = new Set<string>();
  const source = pattern
    .replace(/\(\?([imsU]+)\)/g, (_, letters: string) => {
      for (const letter of letters) flags.add(letter);
      return '';
    })
    .replace(/\(\?P</g, '(?<')
    .replace(/\\([pP])([A-Z])/g, '\\$1{$2}')
    .replace(/\\z/g, '$(?![\\s\\S])')
    .replace(/\\A/g, '^(?<![\\s\\S])')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => CLASSES.get(name) ?? whole);
  if (flags.has('U')) return undefined;
  const expression = compiled(source, [...flags].join(''));
  return expression && ((text) => expression.test(text));
}

/** POSIX classes, as they stand inside brackets. */
const CLASSES = new Map([
  ['alnum', '0-9A-Za-z'],
  ['alpha', 'A-Za-z'],
  ['digit', '0-9'],
  ['lower', 'a-z'],
  ['space', '\\t\\n\\v\\f\\r '],
  ['upper', 'A-Z'],
  ['word', '0-9A-Za-z_'],
  ['xdigit', '0-9A-Fa-f'],
]);

/** With the rules for Unicode, in which `.` is a character and `\p{L}` a letter; without, where they refuse a needless backslash. */
function compiled(source: string, flags: string): RegExp | undefined {
  for (const unicode of ['u', '']) {
    if (unicode === '' && /\\[pP]/.test(source)) return undefined;
    try {
      return new RegExp(source, `${flags}${unicode}`);
    } catch {
      // Tried without, or given up.
    }
  }
  return undefined;
}
