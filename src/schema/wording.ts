import { isList, isMap } from './json';

/** Longer values are cut: a message names the place, and the rest stands there. */
const LONGEST = 60;

/** A value as a message shows it: `"three"`, `3`, `a list`. */
export function quoted(value: unknown): string {
  if (isList(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isMap(value)) return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** `a, b or c`, in this order; long lists are cut. */
export function anyOf(words: readonly string[]): string {
  const first = words.slice(0, 12);
  if (words.length > first.length) return `${first.join(', ')} or ${words.length - first.length} others`;
  const last = first.at(-1) ?? '';
  return first.length < 2 ? last : `${first.slice(0, -1).join(', ')} or ${last}`;
}

/** Path of a key below `at`. */
export function below(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}
