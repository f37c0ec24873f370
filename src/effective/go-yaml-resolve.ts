import { YamlError } from './go-yaml-source';

/** What a scalar without quotes stands for. */
export type Scalar = string | number | boolean | null;

const WORDS: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** Tags, in full, whose scalars are read by their looks. */
const READ_BY_LOOKS = /^(tag:yaml\.org,2002:(str|bool|int|float|null|timestamp))?$/;

/**
 * A scalar as go-yaml v2 reads it: YAML 1.1 with the words of its own table (`y` and `on` are true), octal as `0755` or `0o755`,
 * underscores in numbers, no base 60. A date stays text.
 *
 * @param tag in full; '' where there is none
 * @throws YamlError where the tag and the text do not agree
 */
export function resolve(text: string, tag: string): Scalar {
  if (!READ_BY_LOOKS.test(tag)) return text;
  const wanted = tag.slice(tag.lastIndexOf(':') + 1);
  if (wanted === 'str') return text;
  const found = byLooks(text, wanted === '' || wanted === 'timestamp');
  const kind = kindOf(found);
  if (wanted === '' || wanted === kind) return found.value;
  if (wanted === 'float' && kind === 'int') return found.value;
  throw new YamlError(`cannot decode !!${kind} \`${text}\` as a !!${wanted}`);
}

/** Whether a text needs quotes to stay a text. */
export function staysText(text: string): boolean {
  const { kind, value } = byLooks(text, true);
  return kind === undefined && typeof value === 'string' && !isBase60(text);
}

/** `1:30`: no number to go-yaml, yet quoted, since YAML 1.1 has them. */
function isBase60(text: string): boolean {
  return /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text);
}

interface Found {
  readonly value: Scalar;
  /** Where the value alone does not tell. */
  readonly kind: 'int' | 'float' | 'timestamp' | undefined;
}

function byLooks(text: string, dates: boolean): Found {
  const word = WORDS.get(text);
  if (word !== undefined) return { value: word, kind: typeof word === 'number' ? 'float' : undefined };
  if (/^\./.test(text)) {
    const value = goFloat(text);
    return value === undefined ? { value: text, kind: undefined } : { value, kind: 'float' };
  }
  if (!/^[-+0-9]/.test(text)) return { value: text, kind: undefined };
  if (dates && isTimestamp(text)) return { value: text, kind: 'timestamp' };
  const plain = text.replaceAll('_', '');
  const int = goInt(plain);
  if (int !== undefined) return { value: int, kind: 'int' };
  if (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(plain)) {
    const value = Number(plain);
    if (Number.isFinite(value)) return { value, kind: 'float' };
  }
  return { value: text, kind: undefined };
}

function kindOf({ value, kind }: Found): string {
  if (kind !== undefined) return kind;
  if (typeof value === 'boolean') return 'bool';
  return value === null ? 'null' : 'str';
}

const RADIX: readonly (readonly [form: RegExp, radix: bigint])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, 16n],
  [/^0[bB]([01]+)$/, 2n],
  [/^0[oO]([0-7]+)$/, 8n],
  [/^0([0-7]+)$/, 8n],
  [/^(0|[1-9][0-9]*)$/, 10n],
];

/** Go's ParseInt with base 0, then ParseUint: 64 bits, and a sign only for the signed. */
function goInt(text: string): number | undefined {
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  const digits = text.slice(sign.length);
  for (const [form, radix] of RADIX) {
    const [, found] = form.exec(digits) ?? [];
    if (found === undefined || found.length > 70) continue;
    const size = [...found].reduce((sum, digit) => sum * radix + BigInt(Number.parseInt(digit, 16)), 0n);
    const limit = sign === '-' ? 1n << 63n : sign === '+' ? (1n << 63n) - 1n : (1n << 64n) - 1n;
    if (size > limit) return undefined;
    return size === 0n ? 0 : Number(sign === '-' ? -size : size);
  }
  return undefined;
}

/** Go's ParseFloat, of a text that begins with a dot: underscores may stand between digits. */
function goFloat(text: string): number | undefined {
  if (!/^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?$/.test(text)) return undefined;
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? value : undefined;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The four forms that go-yaml v2 tries, with Go's reading of them: a month and a day of the calendar, an offset or `Z` after a `T`. */
export function isTimestamp(text: string): boolean {
  const [, year, month, day, rest = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})(.*)$/s.exec(text) ?? [];
  if (year === undefined) return false;
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const last = Number(month) === 2 && leap ? 29 : (DAYS[Number(month) - 1] ?? 0);
  if (Number(day) < 1 || Number(day) > last) return false;
  if (rest === '') return true;
  const [, mark, hour, minute, second, zone = ''] =
    /^([Tt]| +)(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)?$/.exec(rest) ?? [];
  if (mark === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return false;
  if (mark.startsWith(' ')) return zone === '';
  const [, zoneHour, zoneMinute] = /^[-+](\d\d):(\d\d)$/.exec(zone) ?? [];
  return zone === 'Z' || (zoneHour !== undefined && Number(zoneHour) <= 24 && Number(zoneMinute) <= 60);
}
