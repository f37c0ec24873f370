/**
 * Comments to set beside the emitted lines. For an object: a text for its first line, or texts for its entries, key by key
 * (for a list: by index).
 */
export type Notes = ReadonlyMap<object, string | Readonly<Record<string, string>>>;

/**
 * Plain data as a careful person would write it in YAML: block style, keys in the order given (JavaScript itself puts keys such as
 * `7` first), no anchors, and nothing that a reader of YAML 1.1 or 1.2 could take for something else. Keys whose value is
 * `undefined` are left out. Throws `NotYaml` for what is no plain data: a Date, NaN, a function.
 */
export function toYaml(value: object, notes?: Notes): string {
  return new Emitter(notes).document(value);
}

/** Several documents in one file, `---` between them. */
export function documents(values: readonly object[], notes?: Notes): string {
  return values.map((value) => toYaml(value, notes)).join('---\n');
}

/** Thrown for a value that is no plain data; the message names the field: `spec.start is a Date, which YAML cannot hold`. */
export class NotYaml extends Error {
  override readonly name = 'NotYaml';
}

/** The deepest schema among the CRDs we know, of cert-manager, nests 38 deep: what exceeds this contains itself. */
const MAX_DEPTH = 200;

/** YAML 1.2.2, 7.4.2: an implicit key ends within 1024 characters; go-yaml and PyYAML refuse a longer one. */
const MAX_KEY = 1024;

/** Every method gives text whose first line is not indented: it continues the line of a `key:` or a `- `. */
export class Emitter {
  /** Where we are: the keys and indexes from the root, valid up to the depth at hand. */
  private readonly path: (string | number)[] = [];

  constructor(private readonly notes: Notes | undefined) {}

  document(root: object): string {
    const note = this.noteOf(root, '');
    return `${note === undefined ? '' : `# ${note}\n`}${this.node(root, '')}\n`;
  }

  private node(value: unknown, indent: string): string {
    switch (typeof value) {
      case 'string':
        return (isBlock(value) ? block(value, indent) : scalar(value)) ?? this.unwritable('half a UTF-16 pair', indent);
      case 'number':
        return Number.isFinite(value) ? number(value) : this.unwritable(String(value), indent);
      case 'boolean':
        return value ? 'true' : 'false';
      case 'object':
        if (value === null) return 'null';
        if (Array.isArray(value)) return this.list(value, indent);
        if (isPlainObject(value)) return this.map(value, indent);
    }
    return this.unwritable(nameOf(value), indent);
  }

  private map(map: Readonly<Record<string, unknown>>, indent: string): string {
    const depth = this.enter(indent);
    const inner = `${indent}  `;
    const keyed = this.notes !== undefined && typeof this.notes.get(map) === 'object';
    let out = '';
    for (const key of Object.keys(map)) {
      const value = map[key];
      if (value === undefined) continue;
      this.path[depth] = key;
      if (out !== '') out += `\n${indent}`;
      const head = `${this.key(key, inner)}:`;
      const body = this.node(value, inner);
      const entry = `${head}${isContainer(value) && !isEmpty(body) ? `\n${inner}` : ' '}${body}`;
      out +=
        keyed || this.isNoted(value)
          ? this.noted(entry, [this.entryNote(map, key, inner), this.noteOf(value, inner)], isBlock(value), indent)
          : entry;
    }
    return out === '' ? '{}' : out;
  }

  private list(list: readonly unknown[], indent: string): string {
    const depth = this.enter(indent);
    const inner = `${indent}  `;
    const keyed = this.notes !== undefined && typeof this.notes.get(list) === 'object';
    let out = '';
    for (let i = 0; i < list.length; i++) {
      const value = list[i];
      this.path[depth] = i;
      if (i > 0) out += `\n${indent}`;
      const body = this.node(value, inner);
      // A body that begins with `#` brings up a note from below: no other text does.
      out += keyed || body.startsWith('#') || this.isNoted(value) ? this.notedItem(list, i, body, indent) : `- ${body}`;
    }
    return out === '' ? '[]' : out;
  }

  private notedItem(list: readonly unknown[], i: number, body: string, indent: string): string {
    const inner = `${indent}  `;
    let above = '';
    let rest = body;
    // A comment of the item's own, above its first line, moves up: `- # text` would be hard to read. No other text starts with '#'.
    while (rest.startsWith('#')) {
      const end = rest.indexOf('\n');
      above += `${rest.slice(0, end)}\n${indent}`;
      rest = rest.slice(end + 1 + inner.length);
    }
    const value = list[i];
    return (
      above + this.noted(`- ${rest}`, [this.entryNote(list, String(i), inner), this.noteOf(value, inner)], startsWithBlock(value), indent)
    );
  }

  /** The text with its notes at the end of the first line, or on a line above where a block scalar begins there. */
  private noted(text: string, notes: readonly (string | undefined)[], blockBegins: boolean, indent: string): string {
    const note = notes.filter(Boolean).join('  # ');
    if (note === '') return text;
    if (blockBegins) return `# ${note}\n${indent}${text}`;
    const end = text.indexOf('\n');
    return end < 0 ? `${text}  # ${note}` : `${text.slice(0, end)}  # ${note}${text.slice(end)}`;
  }

  private isNoted(value: unknown): boolean {
    return this.notes !== undefined && isContainer(value) && this.notes.has(value);
  }

  private noteOf(value: unknown, indent: string): string | undefined {
    const note = isContainer(value) ? this.notes?.get(value) : undefined;
    return typeof note === 'string' ? this.checked(note, indent) : undefined;
  }

  private entryNote(holder: object, key: string, indent: string): string | undefined {
    const notes = this.notes?.get(holder);
    return typeof notes === 'object' && Object.hasOwn(notes, key) ? this.checked(notes[key] ?? '', indent) : undefined;
  }

  private checked(note: string, indent: string): string {
    if (/[\t\n]/.test(note) || ESCAPED.test(note))
      throw new Error(`${this.at(indent)}: a note is one line of text, not ${JSON.stringify(note)}`);
    return note.trim();
  }

  private key(key: string, indent: string): string {
    const form = scalar(key) ?? this.unwritable('half a UTF-16 pair', indent);
    return form.length <= MAX_KEY ? form : this.unwritable(`a key of ${form.length} characters`, indent);
  }

  /** The depth of a container whose lines have this indent; throws where it cannot be a tree. */
  private enter(indent: string): number {
    const depth = indent.length / 2;
    return depth <= MAX_DEPTH ? depth : this.unwritable('an object that contains itself', '  '.repeat(8));
  }

  private unwritable(what: string, indent: string): never {
    throw new NotYaml(`${this.at(indent)} is ${what}, which YAML cannot hold`);
  }

  /** `spec.containers[0].image`; the place of a value whose further lines would have this indent. */
  private at(indent: string): string {
    const steps = this.path.slice(0, indent.length / 2).map((step) => {
      if (typeof step === 'number') return `[${step}]`;
      return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    });
    return steps.join('').replace(/^\./, '') || 'the document';
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Says whether a container came out as `{}` or `[]`: no other body reads so, a key or a string such as `{}` is quoted. */
function isEmpty(body: string): boolean {
  return body === '{}' || body === '[]';
}

/** An object literal, also one of another realm (jest, vm): its prototype is null or has none itself. */
function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || !isContainer(prototype) || Object.getPrototypeOf(prototype) === null;
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'undefined';
  const name = isContainer(value) ? value.constructor.name || 'class instance' : typeof value;
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Whether the first line of a list item is the head of a block scalar. */
function startsWithBlock(value: unknown): boolean {
  if (Array.isArray(value)) return startsWithBlock(value[0]);
  if (isContainer(value)) return isBlock(Object.values(value).find((entry) => entry !== undefined));
  return isBlock(value);
}

/** PyYAML takes `1e+21` for a string and `1.0e+21` for the number. JSON has no -0 either. */
function number(value: number): string {
  const text = String(value === 0 ? 0 : value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Strings

/**
 * Characters that are escaped: outside of YAML's printable set (1.2.2, 5.1: C0 but tab and newline, DEL, C1, half a surrogate pair,
 * U+FFFE, U+FFFF), line breaks of YAML 1.1 only (CR, NEL, U+2028, U+2029), the byte-order mark, and what a reviewer cannot see:
 * no-break space, soft hyphen, zero-width characters, direction marks (https://trojansource.codes).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: to find them is what it is for
export const ESCAPED = /[\0-\x08\x0b-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/u;
const ALL_ESCAPED = new RegExp(ESCAPED, 'gu');

/** Plain at a glance: names, paths, kinds, versions with a letter in front. Words such as `no` match too. */
const EASY = /^[A-Za-z/_][A-Za-z0-9/_.+-]*$/;

/**
 * Null or a boolean to YAML 1.1 (yes, no, on, off, y, n: kustomize and PyYAML) or 1.2, quoted in any case: `nO` costs nothing.
 * `e5` is a number without digits to the `yaml` package in 1.1.
 */
const WORD = /^(?:null|true|false|yes|no|on|off|y|n|e[-+]?[0-9]+)$/i;

/** Structure to a YAML reader: indicators at the start (`-` only alone), `: `, ` #`, document markers, blanks at the ends, tabs. */
const STRUCTURE = /^(?:$|[ ,[\]{}#&*!|>'"%@`?:]|-(?: |$)|---(?: |$)|\.\.\.(?: |$))|: | #|[\t\n]|[ :]$/;

/**
 * No string to one reader or another, once every `_` is dropped: go-yaml reads even `0_x1f` and `-_1` as numbers. Each line is a
 * superset of what the readers accept: a quote too many is harmless, and shorter than the list of their differences.
 */
const RESOLVED = new RegExp(
  [
    '~|<<|=', // null; the merge key and the default value of YAML 1.1 (PyYAML has no constructor for `=`)
    '[-+]?\\.(?:inf|nan)',
    '[-+]?0[xob][0-9a-f]*', // go-yaml takes 0X, 0O, 0B too: it asks Go's strconv.ParseInt with base 0
    '[-+]?[0-9]*(?:\\.[0-9]*)?(?:e[-+]?[0-9]+)?', // decimals and octals, down to the lone `.` that the `yaml` package takes for NaN
    '[-+]?[0-9]+(?::[0-9]+)+(?:\\.[0-9]*)?', // base 60 of YAML 1.1: times, port mappings
    '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t ].*)?', // dates: `!!timestamp` of YAML 1.1
  ]
    .map((form) => `^(?:${form})$`)
    .join('|'),
  'i',
);

/** What Flux replaces after kustomize has built. The value may read as anything, so the quotes must stand before it does. */
const VARIABLE = '${';

/**
 * Forms already decided: labels, kinds and namespaces repeat in every manifest, and without this the emitter takes 1.6 times as long
 *. Bounded: in a process that watches, the names of a whole fleet would otherwise stay for ever.
 */
const forms = new Map<string, string | undefined>();
const MAX_FORMS = 20_000;
const MAX_REMEMBERED = 100;

/** One line: plain, 'single' or "double" quoted. Undefined for half a UTF-16 pair: no UTF-8 file can hold it, go-yaml refuses its escape. */
function scalar(text: string): string | undefined {
  if (text.length > MAX_REMEMBERED) return decide(text);
  let form = forms.get(text);
  if (form === undefined) {
    form = decide(text);
    if (forms.size >= MAX_FORMS) forms.clear();
    forms.set(text, form);
  }
  return form;
}

function decide(text: string): string | undefined {
  if (EASY.test(text)) return WORD.test(text) ? `"${text}"` : text;
  if (ESCAPED.test(text)) return /[\ud800-\udfff]/u.test(text) ? undefined : double(text);
  if (text.includes(VARIABLE)) return double(text);
  if (!STRUCTURE.test(text) && !RESOLVED.test(text.replaceAll('_', ''))) return text;
  return text.includes('"') && !/['\t\n]/.test(text) ? `'${text}'` : double(text);
}

/** JSON's escapes are YAML's too; those that JSON leaves as they are follow. */
function double(text: string): string {
  return JSON.stringify(text).replace(ALL_ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Text of several lines that a literal block holds exactly: nothing to escape, and the last line with something in it not blank
 * (YAML takes blanks at the end of a block for indentation). It may hold a Flux variable: a block is always a string.
 */
function isBlock(value: unknown): value is string {
  return typeof value === 'string' && value.includes('\n') && !ESCAPED.test(value) && !/(?:^|\n)[ \t]*$/.test(withoutLastBreaks(value));
}

/** `|` keeps one newline at the end, `|-` none, `|+` all. Where the first line is itself indented, a digit says where text begins. */
function block(text: string, indent: string): string {
  const body = withoutLastBreaks(text);
  const breaks = text.length - body.length;
  const indicator = /^\n*[ \t]/.test(body) ? '2' : '';
  const chomp = breaks === 0 ? '-' : breaks === 1 ? '' : '+';
  const lines = `\n${body}`.replace(/\n+/g, `$&${indent}`); // empty lines stay empty
  return `|${indicator}${chomp}${lines}${'\n'.repeat(Math.max(0, breaks - 1))}`; // who called ends the last line
}

function withoutLastBreaks(text: string): string {
  let end = text.length; // no regular expression: /\n+$/ is quadratic in runs of empty lines
  while (text.charCodeAt(end - 1) === 10) end--;
  return text.slice(0, end);
}
