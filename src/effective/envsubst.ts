import { matchingPrefixes } from './envsubst-glob';
import { type Expression, type Part, parseTemplate, SyntaxProblem } from './envsubst-parse';

/** What a variable has, when asked for its value; undefined where it has none. */
export type Lookup = (name: string) => string | undefined;

/** A `${NAME}` without a value and without a default: since Flux 2.9 that fails the build. */
export class NotSet extends Error {
  override readonly name = 'NotSet';

  constructor(readonly variable: string) {
    super(`variable not set (strict mode): "${variable}"`);
  }
}

/**
 * The text with all `${…}` replaced, as Flux replaces them.
 *
 * @throws SyntaxProblem for what its parser refuses
 * @throws NotSet for the first variable without a value
 */
export function substitute(text: string, lookup: Lookup): string {
  return evaluate(parseTemplate(text), lookup);
}

export function evaluate(parts: readonly Part[], lookup: Lookup): string {
  return parts.map((part) => (typeof part === 'string' ? part : expanded(part, lookup))).join('');
}

/** Operators that give something else where there is no value; it is the empty value that counts as none. */
const FALLBACKS: ReadonlySet<string> = new Set(['=', ':=', ':-', ':+', ':?']);

/** The name asked for, and whether a default stands by. */
export function isFallback({ operator }: Expression): boolean {
  return FALLBACKS.has(operator);
}

function expanded(expression: Expression, lookup: Lookup): string {
  const { variable, operator } = expression;
  const operands = expression.operands.map((operand) => (typeof operand === 'string' ? operand : expanded(operand, lookup)));
  const value = lookup(variable);
  if (value === undefined && !isFallback(expression)) throw new NotSet(variable);
  return applied(value ?? '', operator, operands);
}

function applied(value: string, operator: string, operands: readonly string[]): string {
  const [first = '', second] = operands;
  switch (operator) {
    case ',':
      return cased(value, true, lower);
    case ',,':
      return cased(value, false, lower);
    case '^':
      return cased(value, true, upper);
    case '^^':
      return cased(value, false, upper);
    case '#':
      return operands.length === 0 ? String(toBytes(value).length) : trimmed(value, first, 'shortest');
    case '##':
      return trimmed(value, first, 'longest');
    case '%':
      return reversed(trimmed(reversed(value), reversed(first), 'shortest'));
    case '%%':
      return reversed(trimmed(reversed(value), reversed(first), 'longest'));
    case ':':
      return substring(value, first, second);
    case '/':
      return replaced(value, first, second ?? '', 1);
    case '//':
      return replaced(value, first, second ?? '', Number.POSITIVE_INFINITY);
    case '/#':
      return second !== undefined && value.startsWith(first) ? replaced(value, first, second, 1) : value;
    case '/%':
      return second !== undefined && value.endsWith(first) ? value.slice(0, value.length - first.length) + second : value;
    default:
      return value === '' ? operands.join('') : value;
  }
}

function cased(value: string, first: boolean, change: (character: string) => string): string {
  const [head = '', ...tail] = [...value];
  return change(head) + (first ? tail : tail.map(change)).join('');
}

/** Go changes characters one for one: `ß` has no capital that is one character. */
function upper(character: string): string {
  const changed = character.toUpperCase();
  return [...changed].length === 1 ? changed : character;
}

function lower(character: string): string {
  if (character === '\u0130') return 'i';
  const changed = character.toLowerCase();
  return [...changed].length === 1 ? changed : character;
}

function trimmed(value: string, pattern: string, which: 'shortest' | 'longest'): string {
  const lengths = matchingPrefixes(pattern, value);
  const length = which === 'shortest' ? lengths[0] : lengths.at(-1);
  return length === undefined ? value : [...value].slice(length).join('');
}

function reversed(value: string): string {
  return [...value].reverse().join('');
}

/** An empty `old` stands before every character and at the end. */
function replaced(value: string, old: string, fresh: string, times: number): string {
  if (old !== '') return times === 1 ? replacedOnce(value, old, fresh) : value.split(old).join(fresh);
  return times === 1 ? fresh + value : `${[...value].map((character) => fresh + character).join('')}${fresh}`;
}

function replacedOnce(value: string, old: string, fresh: string): string {
  const place = value.indexOf(old);
  return place === -1 ? value : value.slice(0, place) + fresh + value.slice(place + old.length);
}

/** In bytes; a position or length that is no number leaves the value as it is. */
function substring(value: string, position: string, length: string | undefined): string {
  const bytes = toBytes(value);
  const from = toNumber(position);
  if (from === undefined) return value;
  const start = from < 0 ? Math.max(bytes.length + from, 0) : from;
  if (length === undefined) return toText(bytes.subarray(start));
  const count = toNumber(length);
  if (count === undefined) return value;
  if (start + count >= bytes.length) return toText(bytes.subarray(start));
  if (count < 0) throw new SyntaxProblem('a length below zero, at which Flux itself stops');
  return toText(bytes.subarray(start, start + count));
}

function toNumber(text: string): number | undefined {
  if (!/^[-+]?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) < 2 ** 63 ? value : undefined;
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Half a character cannot be told from a control character: either is refused by the YAML that it ends up in. */
function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return '\u0000';
  }
}
