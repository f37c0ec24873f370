/** Whether a code point is of a class. */
export type CharTest = (point: number) => boolean;

export const isWord: CharTest = (point) => /^[0-9A-Za-z_]$/.test(String.fromCodePoint(point));
const isDigit: CharTest = (point) => point >= 48 && point <= 57;
const isSpace: CharTest = (point) => [9, 10, 12, 13, 32].includes(point);

/** What stands behind a backslash for many characters. */
export const PERL: Readonly<Record<string, CharTest>> = {
  d: isDigit,
  D: (point) => !isDigit(point),
  s: isSpace,
  S: (point) => !isSpace(point),
  w: isWord,
  W: (point) => !isWord(point),
};

const oneOf =
  (chars: RegExp): CharTest =>
  (point) =>
    chars.test(String.fromCodePoint(point));

/** Classes within brackets: `[[:alpha:]]`. */
export const POSIX: Readonly<Record<string, CharTest>> = {
  alnum: oneOf(/^[0-9A-Za-z]$/),
  alpha: oneOf(/^[A-Za-z]$/),
  ascii: (point) => point < 128,
  blank: oneOf(/^[\t ]$/),
  cntrl: (point) => point < 32 || point === 127,
  digit: isDigit,
  graph: oneOf(/^[!-~]$/),
  lower: oneOf(/^[a-z]$/),
  print: oneOf(/^[ -~]$/),
  punct: oneOf(/^[!-/:-@[-`{-~]$/),
  space: oneOf(/^[\t\n\v\f\r ]$/),
  upper: oneOf(/^[A-Z]$/),
  word: isWord,
  xdigit: oneOf(/^[0-9A-Fa-f]$/),
};

/** What stands behind a backslash for one character. */
export const ESCAPES: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** `\\p{L}`, `\\p{Greek}`; undefined where there is no such class. */
export function propertyTest(name: string): CharTest | undefined {
  for (const form of [name, `Script=${name}`]) {
    try {
      const test = new RegExp(`^\\p{${form}}$`, 'u');
      return (point) => test.test(String.fromCodePoint(point));
    } catch {
      // not of this form
    }
  }
  return undefined;
}
