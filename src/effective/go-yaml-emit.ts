import { plainOf, throughJson } from './go-json';
import { compareKeys } from './go-yaml-keys';
import { analyze, characterAt, isPrintable } from './go-yaml-looks';
import type { Json } from './go-yaml-read';
import { staysText } from './go-yaml-resolve';
import { isBreak, YamlError } from './go-yaml-source';

/** libyaml breaks lines at the first space after this column. */
const WIDTH = 80;

/** Bytes of a key beyond which it is written with `?`. */
const MAX_KEY = 128;

/** Deeper than any manifest; what exceeds it contains itself. */
const MAX_DEPTH = 500;

/**
 * An object as the text that Flux substitutes in: JSON, written by go-yaml v2. Keys sorted, lists not indented, strings without quotes
 * wherever they read back as strings, lines folded at 80 columns. Where a `${…}` stands in this text decides what its value becomes.
 *
 * @throws YamlError for a string with a control character, which go-yaml refuses
 */
export function emitYaml(value: Json): string {
  const emitter = new Emitter();
  emitter.node(value, { indent: -1, key: false, inMap: false }, 0);
  return emitter.finish();
}

interface Place {
  /** Of the collection around it; -1 at the root. */
  readonly indent: number;
  readonly key: boolean;
  /** Within a map: a list there is not indented further. */
  readonly inMap: boolean;
}

class Emitter {
  private text = '';
  private column = 0;
  /** Whether the last thing written was white space, or indentation only. */
  private whitespace = true;
  private indention = true;

  finish(): string {
    return this.column === 0 ? this.text : `${this.text}\n`;
  }

  node(value: Json, place: Place, depth: number): void {
    if (depth > MAX_DEPTH) throw new YamlError(`is nested more than ${MAX_DEPTH} deep`);
    if (typeof value === 'string') this.string(value, place);
    else if (typeof value !== 'object' || value === null) this.plain(plainOf(value), this.within(place), false);
    else if (isList(value)) this.list(value, place, depth);
    else this.map(value, place, depth);
  }

  private list(items: readonly Json[], place: Place, depth: number): void {
    if (items.length === 0) this.flow('[]');
    const indent = place.inMap && !this.indention ? Math.max(place.indent, 0) : deeper(place.indent);
    for (const item of items) {
      this.indentTo(indent);
      this.indicator('-', true, false, true);
      this.node(item, { indent, key: false, inMap: false }, depth + 1);
    }
  }

  private map(map: { readonly [key: string]: Json }, place: Place, depth: number): void {
    const keys = Object.keys(map).sort(compareKeys);
    if (keys.length === 0) this.flow('{}');
    const indent = deeper(place.indent);
    for (const key of keys) {
      this.indentTo(indent);
      throughJson(key, true);
      const simple = isSimple(key);
      if (!simple) this.indicator('?', true, false, true);
      this.string(key, { indent, key: simple, inMap: true });
      if (simple) {
        this.indicator(':', false, false, false);
      } else {
        this.indentTo(indent);
        this.indicator(':', true, false, true);
      }
      this.node(map[key] ?? null, { indent, key: false, inMap: true }, depth + 1);
    }
  }

  private flow(brackets: '[]' | '{}'): void {
    this.indicator(brackets, true, false, false);
  }

  private string(written: string, place: Place): void {
    const value = throughJson(written, false);
    const looks = analyze(value);
    const indent = this.within(place);
    const wanted = value.includes('\n') || !staysText(value) || (place.key && looks.multiline) ? 'double' : 'plain';
    if (value.includes('\n') && looks.blockAllowed && !place.key) this.literal(value, indent);
    else if (wanted === 'plain' && looks.plainAllowed && !(place.key && value === '')) this.plain(value, indent, !place.key);
    else if (wanted === 'plain' && looks.singleAllowed) this.single(value, indent, !place.key);
    else this.double(value, indent, !place.key);
  }

  /** The indentation that the lines of a scalar have. */
  private within(place: Place): number {
    return place.indent < 0 ? 2 : place.indent + 2;
  }

  private put(text: string): void {
    this.text += text;
    this.column += [...text].length;
  }

  private newline(text = '\n'): void {
    this.text += text;
    this.column = 0;
  }

  private indentTo(indent: number): void {
    if (!this.indention || this.column > indent || (this.column === indent && !this.whitespace)) this.newline();
    if (this.column < indent) this.put(' '.repeat(indent - this.column));
    this.whitespace = true;
    this.indention = true;
  }

  private indicator(text: string, spaceBefore: boolean, whitespace: boolean, indention: boolean): void {
    if (spaceBefore && !this.whitespace) this.put(' ');
    this.put(text);
    this.whitespace = whitespace;
    this.indention &&= indention;
  }

  private plain(value: string, indent: number, fold: boolean): void {
    if (!this.whitespace) this.put(' ');
    this.words(value, indent, fold, (character) => character, false);
    this.whitespace = false;
    this.indention = false;
  }

  private single(value: string, indent: number, fold: boolean): void {
    this.indicator("'", true, false, false);
    this.words(value, indent, fold, (character) => (character === "'" ? "''" : character), true);
    this.indicator("'", false, false, false);
    this.indention = false;
  }

  /** Plain and single-quoted: a space is where a line may be broken; a break is doubled. */
  private words(value: string, indent: number, fold: boolean, write: (character: string) => string, inner: boolean): void {
    let spaces = false;
    let breaks = false;
    for (let place = 0; place < value.length; ) {
      const character = characterAt(value, place);
      const next = place + character.length;
      if (character === ' ') {
        const atEdge = inner && (place === 0 || place === value.length - 1);
        if (fold && !spaces && this.column > WIDTH && !atEdge && value[next] !== ' ') this.indentTo(indent);
        else this.put(' ');
        spaces = true;
      } else if (isBreak(character.charCodeAt(0))) {
        if (!breaks && character === '\n') this.newline();
        this.newline(character);
        this.indention = true;
        breaks = true;
      } else {
        if (breaks) this.indentTo(indent);
        this.put(write(character));
        this.indention = false;
        spaces = false;
        breaks = false;
      }
      place = next;
    }
  }

  private double(value: string, indent: number, fold: boolean): void {
    this.indicator('"', true, false, false);
    const marked = value.startsWith('\ufeff'); // libyaml then takes every character for the mark
    let spaces = false;
    for (let place = 0; place < value.length; ) {
      const character = characterAt(value, place);
      const next = place + character.length;
      if (
        marked ||
        !isPrintable(character) ||
        character === '\n' ||
        character === '"' ||
        character === '\\' ||
        isBreak(character.charCodeAt(0))
      ) {
        this.put(escapeOf(character));
        spaces = false;
      } else if (character === ' ') {
        if (fold && !spaces && this.column > WIDTH && place > 0 && place < value.length - 1) {
          this.indentTo(indent);
          if (value[next] === ' ') this.put('\\');
        } else {
          this.put(' ');
        }
        spaces = true;
      } else {
        this.put(character);
        spaces = false;
      }
      place = next;
    }
    this.indicator('"', false, false, false);
    this.indention = false;
  }

  private literal(value: string, indent: number): void {
    this.indicator('|', true, false, false);
    const starts = value.charCodeAt(0);
    if (starts === 0x20 || isBreak(starts)) this.indicator('2', false, false, false);
    const chomp = chompingOf(value);
    if (chomp !== '') this.indicator(chomp, false, false, false);
    this.newline();
    this.indention = true;
    this.whitespace = true;
    let breaks = true;
    for (const character of value) {
      if (isBreak(character.charCodeAt(0))) {
        this.newline(character);
        this.indention = true;
        breaks = true;
      } else {
        if (breaks) this.indentTo(indent);
        this.put(character);
        this.indention = false;
        breaks = false;
      }
    }
  }
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function deeper(indent: number): number {
  return indent < 0 ? 0 : indent + 2;
}

function chompingOf(value: string): '' | '-' | '+' {
  if (!isBreak(value.charCodeAt(value.length - 1))) return '-';
  return value.length === 1 || isBreak(value.charCodeAt(value.length - 2)) ? '+' : '';
}

function isSimple(key: string): boolean {
  return !analyze(key).multiline && new TextEncoder().encode(key).length <= MAX_KEY;
}

const SHORT: ReadonlyMap<number, string> = new Map([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
]);

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const short = SHORT.get(code);
  if (short !== undefined) return `\\${short}`;
  const [letter, width] = code <= 0xff ? (['x', 2] as const) : code <= 0xffff ? (['u', 4] as const) : (['U', 8] as const);
  return `\\${letter}${code.toString(16).toUpperCase().padStart(width, '0')}`;
}
