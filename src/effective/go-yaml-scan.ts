import { anchorName, blockScalar, plainScalar, quotedScalar } from './go-yaml-scalars';
import { CODE, isWord, Source } from './go-yaml-source';
import { scanTag, type Tag } from './go-yaml-tags';

export type TokenKind =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'flow-entry'
  | 'block-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  /** Where it starts, from 0. */
  readonly line: number;
  /** A scalar's text, an anchor's or alias's name. */
  readonly text: string;
  /** Whether a scalar was written without quotes. */
  readonly plain: boolean;
  readonly tag: Tag | undefined;
}

interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly token: number;
  readonly line: number;
  readonly column: number;
  readonly index: number;
}

/** libyaml's limits of nesting and of a key's length, in characters. */
const MAX_DEPTH = 10_000;
const MAX_KEY = 1024;

/**
 * The tokens of a YAML text, as the scanner of libyaml finds them: go-yaml v2 is that scanner in Go, and what it takes for a key or a
 * value decides what a substituted text becomes.
 */
export class Scanner {
  readonly source: Source;
  private readonly tokens: Token[] = [];
  private taken = 0;
  private ended = false;
  private keyAllowed = true;
  private indent = -1;
  private readonly indents: number[] = [];
  private readonly keys: (SimpleKey | undefined)[] = [undefined];

  constructor(text: string) {
    this.source = new Source(text);
  }

  /** The next token, without taking it. After the end it is the end again. */
  peek(): Token {
    while (!this.ended && (this.taken >= this.tokens.length || this.mayBecomeKey())) this.fetch();
    return this.tokens[this.taken] ?? { kind: 'stream-end', line: this.source.line, text: '', plain: false, tag: undefined };
  }

  skip(): void {
    this.taken++;
  }

  /** Whether the next token may turn out to be a key, in which case a KEY stands before it. */
  private mayBecomeKey(): boolean {
    return this.keys.some((key) => key !== undefined && key.token === this.taken && this.isValid(key));
  }

  private fetch(): void {
    const { source } = this;
    this.skipToToken();
    this.unroll(source.column);
    const code = source.peek();
    if (code === 0) {
      this.fetchEnd();
      return;
    }
    if (source.column === 0 && source.is('%')) {
      this.fetchDirective();
      return;
    }
    if (source.isDocumentIndicator('---')) {
      this.fetchIndicator('document-start');
      return;
    }
    if (source.isDocumentIndicator('...')) {
      this.fetchIndicator('document-end');
      return;
    }
    const inFlow = this.keys.length > 1;
    const alone = source.isBlankOrEnd(1);
    switch (String.fromCharCode(code)) {
      case '[':
        this.fetchFlowStart('flow-sequence-start');
        return;
      case '{':
        this.fetchFlowStart('flow-mapping-start');
        return;
      case ']':
        this.fetchFlowEnd('flow-sequence-end');
        return;
      case '}':
        this.fetchFlowEnd('flow-mapping-end');
        return;
      case ',':
        this.removeKey();
        this.keyAllowed = true;
        this.sign('flow-entry');
        return;
      case '-':
        if (alone) {
          this.fetchBlockEntry(inFlow);
          return;
        }
        break;
      case '?':
        if (inFlow || alone) {
          this.fetchKey(inFlow);
          return;
        }
        break;
      case ':':
        if (inFlow || alone) {
          this.fetchValue(inFlow);
          return;
        }
        break;
      case '*':
        this.fetchSimple('alias', () => ({ text: anchorName(source) }));
        return;
      case '&':
        this.fetchSimple('anchor', () => ({ text: anchorName(source) }));
        return;
      case '!':
        this.fetchSimple('tag', () => ({ tag: scanTag(source) }));
        return;
      case "'":
        this.fetchSimple('scalar', () => ({ text: quotedScalar(source, true) }));
        return;
      case '"':
        this.fetchSimple('scalar', () => ({ text: quotedScalar(source, false) }));
        return;
      case '|':
      case '>':
        if (inFlow) break;
        this.fetchBlockScalar();
        return;
    }
    if (!this.startsPlain(inFlow)) source.fail('found character that cannot start any token');
    this.fetchPlain(inFlow);
  }

  private startsPlain(inFlow: boolean): boolean {
    const { source } = this;
    if (source.is('-')) return !source.isBlank(1);
    if (source.is('?') || source.is(':')) return !inFlow && !source.isBlankOrEnd(1);
    return !source.isBlankOrEnd() && !',[]{}#&*!|>\'"%@`'.includes(source.text.charAt(source.at));
  }

  private skipToToken(): void {
    const { source } = this;
    for (;;) {
      while (source.is(' ') || (source.peek() === CODE.tab && (this.keys.length > 1 || !this.keyAllowed))) source.skip();
      if (source.is('#')) source.skipToBreak();
      if (!source.isBreak()) return;
      source.takeBreak();
      if (this.keys.length === 1) this.keyAllowed = true;
    }
  }

  private push(kind: TokenKind, line: number, rest: Partial<Token> = {}, place = this.tokens.length): void {
    this.tokens.splice(place, 0, { kind, line, text: '', plain: false, tag: undefined, ...rest });
  }

  private sign(kind: TokenKind, length = 1): void {
    const { line } = this.source;
    this.source.skip(length);
    this.push(kind, line);
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.line >= this.source.line && key.index + MAX_KEY >= this.source.index) return true;
    if (key.required) this.source.fail("could not find expected ':'");
    key.possible = false;
    return false;
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const { line, column, index } = this.source;
    const required = this.keys.length === 1 && this.indent === column;
    this.removeKey();
    this.keys[this.keys.length - 1] = { possible: true, required, token: this.tokens.length, line, column, index };
  }

  private removeKey(): void {
    const key = this.keys.at(-1);
    if (!key?.possible) return;
    if (key.required) this.source.fail("could not find expected ':'");
    key.possible = false;
  }

  private roll(column: number, kind: TokenKind, line: number, place?: number): void {
    if (this.keys.length > 1 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > MAX_DEPTH) this.source.fail(`exceeded max depth of ${MAX_DEPTH}`);
    this.push(kind, line, {}, place);
  }

  private unroll(column: number): void {
    if (this.keys.length > 1) return;
    while (this.indent > column) {
      this.push('block-end', this.source.line);
      this.indent = this.indents.pop() ?? -1;
    }
  }

  private fetchEnd(): void {
    if (this.source.column !== 0) {
      this.source.column = 0;
      this.source.line++;
    }
    this.unroll(-1);
    this.removeKey();
    this.keyAllowed = false;
    this.push('stream-end', this.source.line);
    this.ended = true;
  }

  /** `%YAML 1.1` and `%TAG`: nothing that Flux emits begins so. */
  private fetchDirective(): void {
    const { source } = this;
    this.unroll(-1);
    this.removeKey();
    this.keyAllowed = false;
    const { line } = source;
    source.skip();
    const from = source.at;
    while (isWord(source.peek())) source.skip();
    const name = source.text.slice(from, source.at);
    if (name === '') source.fail('could not find expected directive name');
    if (!source.isBlankOrEnd()) source.fail('found unexpected non-alphabetical character');
    if (name !== 'YAML' && name !== 'TAG') source.fail('found unknown directive name');
    const rest = source.at;
    source.skipToBreak();
    const value = source.text.slice(rest, source.at);
    if (name === 'YAML' && !/^[ \t]*1\.1[ \t]*(#.*)?$/.test(value)) source.fail('found incompatible YAML document');
    source.takeBreak();
    this.push('directive', line);
  }

  private fetchIndicator(kind: 'document-start' | 'document-end'): void {
    this.unroll(-1);
    this.removeKey();
    this.keyAllowed = false;
    this.sign(kind, 3);
  }

  private fetchFlowStart(kind: 'flow-sequence-start' | 'flow-mapping-start'): void {
    this.saveKey();
    this.keys.push(undefined);
    if (this.keys.length > MAX_DEPTH) this.source.fail(`exceeded max depth of ${MAX_DEPTH}`);
    this.keyAllowed = true;
    this.sign(kind);
  }

  private fetchFlowEnd(kind: 'flow-sequence-end' | 'flow-mapping-end'): void {
    this.removeKey();
    if (this.keys.length > 1) this.keys.pop();
    this.keyAllowed = false;
    this.sign(kind);
  }

  private fetchBlockEntry(inFlow: boolean): void {
    if (!inFlow) {
      if (!this.keyAllowed) this.source.fail('block sequence entries are not allowed in this context');
      this.roll(this.source.column, 'block-sequence-start', this.source.line);
    }
    this.removeKey();
    this.keyAllowed = true;
    this.sign('block-entry');
  }

  private fetchKey(inFlow: boolean): void {
    if (!inFlow) {
      if (!this.keyAllowed) this.source.fail('mapping keys are not allowed in this context');
      this.roll(this.source.column, 'block-mapping-start', this.source.line);
    }
    this.removeKey();
    this.keyAllowed = !inFlow;
    this.sign('key');
  }

  private fetchValue(inFlow: boolean): void {
    const key = this.keys.at(-1);
    if (key && this.isValid(key)) {
      this.push('key', key.line, {}, key.token);
      this.roll(key.column, 'block-mapping-start', key.line, key.token);
      key.possible = false;
      this.keyAllowed = false;
    } else {
      if (!inFlow) {
        if (!this.keyAllowed) this.source.fail('mapping values are not allowed in this context');
        this.roll(this.source.column, 'block-mapping-start', this.source.line);
      }
      this.keyAllowed = !inFlow;
    }
    this.sign('value');
  }

  private fetchSimple(kind: TokenKind, scan: () => Partial<Token>): void {
    this.saveKey();
    this.keyAllowed = false;
    const { line } = this.source;
    this.push(kind, line, scan());
  }

  private fetchBlockScalar(): void {
    this.removeKey();
    this.keyAllowed = true;
    const { line } = this.source;
    this.push('scalar', line, { text: blockScalar(this.source, this.indent, this.source.is('|')) });
  }

  private fetchPlain(inFlow: boolean): void {
    this.saveKey();
    this.keyAllowed = false;
    const { line } = this.source;
    const { value, atLineStart } = plainScalar(this.source, this.indent, inFlow);
    if (atLineStart) this.keyAllowed = true;
    this.push('scalar', line, { text: value, plain: true });
  }
}
