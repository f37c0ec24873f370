import { quotedScalar } from './go-yaml-scalars';
import { Source, YamlError } from './go-yaml-source';

/** libyaml gives up a key after so many characters. */
const MAX_KEY = 1024;

/** What JSON leaves as it is and YAML does not. */
const UNEQUAL = /[\x7f-\x9f\ufffe\uffff\ud800-\udfff]/;

/**
 * A string after Flux's way from an object to YAML, which leads over JSON that go-yaml reads: a U+0085 is a line break there, and other
 * control characters are refused.
 *
 * @throws YamlError with go-yaml's own words
 */
export function throughJson(value: string, key: boolean): string {
  const odd = UNEQUAL.test(value);
  if (key && (odd || value.length > MAX_KEY / 6)) checkKey(value);
  return odd ? quotedScalar(new Source(asJson(value)), false) : value;
}

function checkKey(value: string): void {
  if (value.includes('\x85') || [...asJson(value)].length > MAX_KEY) throw new YamlError("did not find expected ',' or '}'");
}

/** Go's JSON escapes five characters more than JavaScript's. */
function asJson(value: string): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Numbers as go-yaml writes them: an integer where it fits 64 bits, else with an exponent from a million on, as Go's `%g` has it. */
export function plainOf(value: number | boolean | null): string {
  if (typeof value !== 'number') return String(value);
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 64) return String(value);
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const size = Number(exponent);
  if (size >= -4 && size < 6) return String(value);
  return `${digits}e${size < 0 ? '-' : '+'}${String(Math.abs(size)).padStart(2, '0')}`;
}
