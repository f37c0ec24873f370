/** What a scalar is read as. */
export type Scalar = string | number | boolean | null;

/** Which of Go's two readers: `1.2` for objects (go-yaml v3), `1.1` for kustomization files and JSON patches (go-yaml v2). */
export type Reader = '1.1' | '1.2';

const WORDS = new Map<string, Scalar>([
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** Only YAML 1.1, and only version 2 of the reader, takes these for booleans. */
const OLD_WORDS = new Map<string, boolean>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const POINT_FLOAT = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[-+]\d{2}:\d{2})?)?$/;

/** Reads a plain scalar as go-yaml does: octal `0777`, `0o17`, `0x1F`, `0b11`, `1_000`, dates as their RFC 3339 text. */
export function readScalar(text: string, reader: Reader): Scalar {
  const word = WORDS.get(text) ?? (reader === '1.1' ? OLD_WORDS.get(text) : undefined);
  if (word !== undefined || text === '' || WORDS.has(text)) return word ?? null;
  const first = text.charAt(0);
  if (first === '.') return POINT_FLOAT.test(text) ? finite(text) : text;
  if (!/[-+0-9]/.test(first)) return text;
  return readDate(text, reader) ?? readNumber(text);
}

function readNumber(text: string): Scalar {
  const plain = text.replaceAll('_', '');
  const whole = readInteger(plain);
  if (whole !== undefined) return whole;
  return FLOAT.test(plain) ? (finite(plain) ?? text) : text;
}

/** Go's `ParseInt(text, 0, 64)` and what go-yaml adds to it; undefined outside of 64 bits. */
function readInteger(plain: string): number | undefined {
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(plain) ?? [];
  const digits = /^0[xX]([0-9a-fA-F]+)$/.exec(body)
    ? body
    : /^0[bB][01]+$/.test(body)
      ? body
      : /^0[oO]?[0-7]+$/.test(body)
        ? `0o${body.replace(/^0[oO]?/, '')}`
        : /^(?:0|[1-9][0-9]*)$/.test(body)
          ? body
          : undefined;
  if (digits === undefined || digits.length > 80) return undefined;
  const size = BigInt(digits);
  const limit = sign === '-' ? 2n ** 63n : sign === '+' ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  if (size > limit) return undefined;
  return sign === '-' ? -Number(size) + 0 : Number(size);
}

/** Go refuses a number that is too large for 64 bits, and then takes the text for text. */
function finite(text: string): number | null {
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A date as Go writes it when it becomes JSON; undefined where it is none. */
function readDate(text: string, reader: Reader): string | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year = '', month = '', day = '', separator, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  if (separator === ' ' ? zone !== undefined : separator !== undefined && zone === undefined) return undefined;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > daysOf(Number(year), Number(month))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  if (reader === '1.1') return text; // version 2 gives the text where nobody asks for a date
  const digits = fraction.slice(0, 9).replace(/0+$/, '');
  const two = (part: string): string => part.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${digits && `.${digits}`}${zoneOf(zone)}`;
}

function zoneOf(zone: string | undefined): string {
  return zone === undefined || zone === '+00:00' || zone === '-00:00' ? 'Z' : zone;
}

function daysOf(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
