import { MergeError } from './merge-error';
import { fieldOf, isDraft, isMapping, itemText, put, scalarText, textOf } from './value';

/** Every item is compared with every other. The longest merged list of any manifest we have seen, env of one container, has 400. */
const MAX_ITEMS = 4000;

/** Merges two items, either of which may be missing; gives undefined where nothing stays. */
type Walk = (dest: unknown, origin: unknown) => unknown;

/** The fields by which items are matched, and what they hold, place by place. */
type Texts = readonly string[];

/**
 * Merges two lists item by item; those that only the patch has come first.
 *
 * @param dest the list that results: it is changed in place, and so are its items
 * @param keys the fields by which items are matched; `['']` for scalars, by their value
 * @throws MergeError
 */
export function mergeItems(dest: unknown[], origin: unknown[] | undefined, keys: Texts, walk: Walk): unknown {
  if (dest.length + (origin?.length ?? 0) > MAX_ITEMS) throw new MergeError(`a list of more than ${MAX_ITEMS} items`, 'unsupported');
  const wanted = matchable(dest, origin, keys);
  const made: unknown[] = [];
  let lastKeys: Texts = keys;
  for (const texts of wanted) {
    const [validKeys, validTexts] = stated(wanted, texts, keys);
    lastKeys = validKeys;
    const [matchKeys, matchTexts] = stated([validTexts], validTexts, validKeys);
    const value = walk(find(dest, matchKeys, matchTexts), origin && find(origin, matchKeys, matchTexts));
    if (isGone(value)) {
      setItem(dest, undefined, validKeys, validTexts);
      continue;
    }
    for (const [place, key] of validKeys.entries()) {
      const text = validTexts[place] ?? '';
      if (isDraft(value) && fieldOf(value, key) === undefined && text !== '') put(value, key, text);
    }
    setItem(made, value, validKeys, validTexts);
  }
  if (wanted.length === 0) return dest;
  append(made, dest, lastKeys);
  return made;
}

/** What identifies each item, those of the patch first, each once. */
function matchable(dest: readonly unknown[], origin: readonly unknown[] | undefined, keys: Texts): readonly Texts[] {
  const found = new Map<string, Texts>();
  for (const list of [origin ?? [], dest]) {
    for (const [index, item] of list.entries()) {
      const texts = keys.map((key) => (key === '' ? itemText(list, index) : keyText(item, key)));
      const known = JSON.stringify(texts);
      if (!found.has(known)) found.set(known, texts);
    }
  }
  return keys.length > 1 ? completed([...found.values()]) : [...found.values()];
}

/** A key that is null, or an empty map or list, counts as not stated. */
function keyText(item: unknown, key: string): string {
  return isNothing(fieldOf(item, key)) ? '' : textOf(item, key);
}

/** Of two items that agree where both say something, each takes over what only the other says. */
function completed(wanted: Texts[]): readonly Texts[] {
  for (let first = 0; first < wanted.length; first++) {
    const one = wanted[first] ?? [];
    for (let second = 0; second < wanted.length; second++) {
      const both = united(one, wanted[second] ?? []);
      if (both) {
        wanted[first] = both;
        wanted[second] = both;
      }
    }
  }
  return wanted;
}

function united(one: Texts, other: Texts): Texts | undefined {
  const agree = one.every((text, place) => text === other[place] || text === '' || other[place] === '');
  const common = one.some((text, place) => text === other[place]);
  return agree && common ? one.map((text, place) => text || (other[place] ?? '')) : undefined;
}

/** Only the keys that some item states; all where none does. */
function stated(wanted: readonly Texts[], texts: Texts, keys: Texts): readonly [keys: Texts, texts: Texts] {
  const used = keys.map((_, place) => wanted.some((each) => (each[place] ?? '') !== ''));
  if (!used.includes(true)) return [keys, texts];
  return [keys.filter((_, place) => used[place]), texts.filter((text, place) => text !== '' || used[place])];
}

function find(list: readonly unknown[], keys: Texts, texts: Texts): unknown {
  if (keys[0] === '') return list.find((_, index) => itemText(list, index) === texts[0]);
  return list.find(
    (item) => isMapping(item) && keys.every((key, place) => fieldOf(item, key) !== undefined && textOf(item, key) === texts[place]),
  );
}

/**
 * Puts an item where those are that it matches, or at the end; without an item, removes those.
 *
 * @throws MergeError where an item cannot have the keys
 */
export function setItem(list: unknown[], item: unknown, keys: Texts, texts: Texts): void {
  const byField = (keys[0] ?? '') !== '' && (texts[0] ?? '') !== '';
  const kept: unknown[] = [];
  let found = false;
  for (const each of list) {
    if (isGone(each)) continue;
    if (!isMapping(each) && byField) {
      kept.push(each);
      continue;
    }
    if (!matches(each, keys, texts)) {
      if (texts.length > 0) kept.push(each);
      continue;
    }
    found = true;
    if (item !== undefined) kept.push(item);
  }
  if (!found && item !== undefined && item !== null) kept.push(item);
  list.splice(0, list.length, ...kept);
}

/** As kyaml looks: a text that is empty asks only whether the field is there. */
function matches(item: unknown, keys: Texts, texts: Texts): boolean {
  let matched = false;
  for (const [place, key] of keys.entries()) {
    const text = texts[place];
    if (text !== undefined) {
      if (key === '' ? typeof item === 'object' : !isMapping(item)) throw new MergeError('a merged list holds items of different shapes');
      matched = key === '' ? scalarText(item) === text : fieldOf(item, key) !== undefined && (text === '' || textOf(item, key) === text);
    }
    if (!matched) return false;
  }
  return matched;
}

/** Adds the items of the object to those of the patch. An item without one of the keys wipes out what stood before it, as in kustomize. */
function append(made: unknown[], dest: readonly unknown[], keys: Texts): void {
  for (const [index, item] of dest.entries()) {
    if (keys[0] === '') {
      setItem(made, item ?? undefined, [''], [itemText(dest, index)]);
      continue;
    }
    const texts: string[] = [];
    for (const key of keys) {
      if (item !== null && !isMapping(item)) throw new MergeError('a merged list holds items of different shapes');
      if (fieldOf(item, key) === undefined) made.push(item);
      else texts.push(textOf(item, key));
    }
    if (keys.length > 1) setItem(made, undefined, keys, texts);
    setItem(made, item ?? undefined, keys, texts);
  }
}

/** Null or an empty map: no item can be that. */
function isGone(value: unknown): boolean {
  return !Array.isArray(value) && isNothing(value);
}

/** Null, or an empty map or list. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : typeof value === 'object' && Object.keys(value).length === 0;
}
