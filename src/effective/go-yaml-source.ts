/** Why a text is no YAML to go-yaml v2: the words are what it says, its line number included where it gives one. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
}

/** Characters by code: 0 stands for the end of the text, as it does in libyaml. */
export const CODE = { tab: 9, newline: 10, carriageReturn: 13, space: 32, quote: 34, apostrophe: 39, backslash: 92 } as const;

/** Everything libyaml refuses to read, in whatever place; half a surrogate pair cannot be in a text that Go holds. */
const UNREADABLE = /[^\P{Cc}\t\n\r\u0085]|[\ufffe\uffff]|\p{Cs}/u;

/** A text, and how far it has been read. Columns count characters, not UTF-16 units. */
export class Source {
  /** Place in the text, in UTF-16 units. */
  at = 0;
  line = 0;
  column = 0;
  /** Characters read, which is what the limit of 1024 for a key counts. */
  index = 0;

  /** @throws YamlError for a control character */
  constructor(readonly text: string) {
    if (text.startsWith('\ufeff')) this.at = 1;
    if (UNREADABLE.test(text)) throw new YamlError('control characters are not allowed');
  }

  /** The code at `ahead` units from here; 0 past the end. */
  peek(ahead = 0): number {
    const place = this.at + ahead;
    return place < this.text.length ? this.text.charCodeAt(place) : 0;
  }

  is(character: string, ahead = 0): boolean {
    return this.peek(ahead) === character.charCodeAt(0);
  }

  isBreak(ahead = 0): boolean {
    return isBreak(this.peek(ahead));
  }

  isBlank(ahead = 0): boolean {
    return isBlank(this.peek(ahead));
  }

  /** A blank, a break, or the end. */
  isBlankOrEnd(ahead = 0): boolean {
    const code = this.peek(ahead);
    return code === 0 || isBlank(code) || isBreak(code);
  }

  isBreakOrEnd(ahead = 0): boolean {
    const code = this.peek(ahead);
    return code === 0 || isBreak(code);
  }

  /** `---` or `...` at the start of a line, alone. */
  isDocumentIndicator(mark: '---' | '...'): boolean {
    return this.column === 0 && this.text.startsWith(mark, this.at) && this.isBlankOrEnd(3);
  }

  skip(count = 1): void {
    for (let done = 0; done < count; done++) {
      const code = this.peek();
      this.at += code >= 0xd800 && code <= 0xdbff ? 2 : 1;
      this.index++;
      this.column++;
    }
  }

  /** One character. */
  take(): string {
    const from = this.at;
    this.skip();
    return this.text.slice(from, this.at);
  }

  /** A line break, as it stands in the value: every kind but U+2028 and U+2029 becomes a newline. */
  takeBreak(): string {
    const code = this.peek();
    if (!isBreak(code)) return '';
    const pair = code === CODE.carriageReturn && this.peek(1) === CODE.newline;
    this.at += pair ? 2 : 1;
    this.index += pair ? 2 : 1;
    this.column = 0;
    this.line++;
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n';
  }

  skipToBreak(): void {
    while (!this.isBreakOrEnd()) this.skip();
  }

  /** An error as go-yaml words it: without a line number where it would be the first line's. */
  fail(problem: string): never {
    throw new YamlError(this.line === 0 ? problem : `line ${this.line + 1}: ${problem}`);
  }
}

export function isBreak(code: number): boolean {
  return code === CODE.newline || code === CODE.carriageReturn || code === 0x85 || code === 0x2028 || code === 0x2029;
}

export function isBlank(code: number): boolean {
  return code === CODE.space || code === CODE.tab;
}

/** Letters, digits, `_` and `-` of ASCII: what anchors and tags are made of. */
export function isWord(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
