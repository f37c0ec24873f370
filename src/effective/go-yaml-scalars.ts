import { CODE, isDigit, isWord, type Source } from './go-yaml-source';

/** `'…'` and `"…"`, the opening quote not yet read. */
export function quotedScalar(source: Source, single: boolean): string {
  source.skip();
  const end = single ? CODE.apostrophe : CODE.quote;
  let value = '';
  for (;;) {
    if (source.isDocumentIndicator('---') || source.isDocumentIndicator('...')) source.fail('found unexpected document indicator');
    if (source.peek() === 0) source.fail('found unexpected end of stream');
    let joined = false;
    while (!source.isBlankOrEnd()) {
      const code = source.peek();
      if (single && code === end && source.peek(1) === end) {
        value += "'";
        source.skip(2);
      } else if (code === end) {
        break;
      } else if (!single && code === CODE.backslash && source.isBreak(1)) {
        source.skip();
        source.takeBreak();
        joined = true;
        break;
      } else if (!single && code === CODE.backslash) {
        value += escaped(source);
      } else {
        value += source.take();
      }
    }
    if (source.peek() === end) break;
    value += folded(source, joined).text;
  }
  source.skip();
  return value;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\x85'],
  ['_', '\xa0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
]);

const CODED: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function escaped(source: Source): string {
  const letter = source.text.charAt(source.at + 1);
  const digits = CODED.get(letter);
  if (digits === undefined) {
    const meant = ESCAPES.get(letter);
    if (meant === undefined) source.fail('found unknown escape character');
    source.skip(2);
    return meant;
  }
  source.skip(2);
  const hex = source.text.slice(source.at, source.at + digits);
  if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) source.fail('did not find expected hexdecimal number');
  const code = Number.parseInt(hex, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) source.fail('found invalid Unicode character escape code');
  source.skip(digits);
  return String.fromCodePoint(code);
}

/** Blanks and line breaks between two words: one break is a space, more of them are breaks less one. */
function folded(source: Source, joined: boolean, tabLimit = 0): { readonly text: string; readonly broken: boolean } {
  let blanks = '';
  let first = '';
  let more = '';
  let broken = joined;
  while (source.isBlank() || source.isBreak()) {
    if (source.isBlank()) {
      if (broken && source.column < tabLimit && source.peek() === CODE.tab) source.fail('found a tab character that violates indentation');
      if (broken) source.skip();
      else blanks += source.take();
    } else if (broken) {
      more += source.takeBreak();
    } else {
      first = source.takeBreak();
      broken = true;
    }
  }
  if (!broken) return { text: blanks, broken };
  if (!first.startsWith('\n')) return { text: first + more, broken };
  return { text: more === '' ? ' ' : more, broken };
}

/**
 * A plain scalar, over as many lines as are indented more than `indent`.
 *
 * @returns whether it ended at the start of a line, so that a key may follow
 */
export function plainScalar(source: Source, indent: number, inFlow: boolean): { readonly value: string; readonly atLineStart: boolean } {
  let value = '';
  let between = { text: '', broken: false };
  for (;;) {
    if (source.isDocumentIndicator('---') || source.isDocumentIndicator('...') || source.is('#')) break;
    while (!source.isBlankOrEnd()) {
      if ((source.is(':') && source.isBlankOrEnd(1)) || (inFlow && FLOW_END.has(source.peek()))) break;
      value += between.text + source.take();
      between = { text: '', broken: false };
    }
    if (!source.isBlank() && !source.isBreak()) break;
    between = folded(source, false, indent + 1);
    if (!inFlow && source.column < indent + 1) break;
  }
  return { value, atLineStart: between.broken };
}

const FLOW_END: ReadonlySet<number> = new Set([...',?[]{}'].map((character) => character.charCodeAt(0)));

/** `|` and `>` with their hints, the sign not yet read. */
export function blockScalar(source: Source, parent: number, literal: boolean): string {
  source.skip();
  const { chomping, increment } = blockHints(source);
  while (source.isBlank()) source.skip();
  if (source.is('#')) source.skipToBreak();
  if (!source.isBreakOrEnd()) source.fail('did not find expected comment or line break');
  source.takeBreak();

  let indent = increment > 0 ? Math.max(parent, 0) + increment : 0;
  let value = '';
  let last = '';
  let leadingBlank = false;
  let breaks = blockBreaks(source, indent, parent);
  indent = breaks.indent;
  while (source.column === indent && source.peek() !== 0) {
    const blank = source.isBlank();
    if (!literal && !leadingBlank && !blank && last.startsWith('\n')) value += breaks.text === '' ? ' ' : '';
    else value += last;
    value += breaks.text;
    leadingBlank = blank;
    const from = source.at;
    source.skipToBreak();
    value += source.text.slice(from, source.at);
    last = source.takeBreak();
    breaks = blockBreaks(source, indent, parent);
  }
  if (chomping !== '-') value += last;
  return chomping === '+' ? value + breaks.text : value;
}

function blockHints(source: Source): { readonly chomping: '+' | '-' | undefined; readonly increment: number } {
  let chomping: '+' | '-' | undefined;
  let increment = 0;
  const sign = (): boolean => {
    if (!source.is('+') && !source.is('-')) return false;
    chomping = source.take() === '+' ? '+' : '-';
    return true;
  };
  const digit = (): boolean => {
    if (!isDigit(source.peek())) return false;
    if (source.is('0')) source.fail('found an indentation indicator equal to 0');
    increment = Number(source.take());
    return true;
  };
  if (sign()) digit();
  else if (digit()) sign();
  return { chomping, increment };
}

/** Empty lines, and the indentation of the line after them; an indentation of 0 is yet to be found out. */
function blockBreaks(source: Source, known: number, parent: number): { readonly indent: number; readonly text: string } {
  let text = '';
  let deepest = 0;
  for (;;) {
    const open = (): boolean => known === 0 || source.column < known;
    while (open() && source.peek() === CODE.space) source.skip();
    deepest = Math.max(deepest, source.column);
    if (open() && source.peek() === CODE.tab) source.fail('found a tab character where an indentation space is expected');
    if (!source.isBreak()) break;
    text += source.takeBreak();
  }
  return { indent: known === 0 ? Math.max(deepest, parent + 1, 1) : known, text };
}

/** The name after `&` or `*`. */
export function anchorName(source: Source): string {
  source.skip();
  const from = source.at;
  while (isWord(source.peek())) source.skip();
  const name = source.text.slice(from, source.at);
  if (name === '' || !(source.isBlankOrEnd() || '?:,]}%@`'.includes(source.text.charAt(source.at)))) {
    source.fail('did not find expected alphabetic or numeric character');
  }
  return name;
}
