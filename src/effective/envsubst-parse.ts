/** Why a text holds no `${…}` that Flux understands: the words are those of its parser. */
export class SyntaxProblem extends Error {
  override readonly name = 'SyntaxProblem';
}

/** Text as it stands, or one `${…}`. */
export type Part = string | Expression;

export interface Expression {
  readonly variable: string;
  /** `:-`, `/`, `^^`: '' for a plain `${NAME}`. */
  readonly operator: string;
  readonly operands: readonly Part[];
}

const BAD = 'bad substitution';
const UNNAMED = 'unable to parse variable name';
const UNCLOSED = 'missing closing brace';
const BAD_OPERAND = 'unable to parse substitution within function';
const BAD_DEFAULT = 'unable to parse default function';

/** A default may hold another `${…}`, and so on: nobody writes more than a few. */
const MAX_DEPTH = 200;

type Accepts = (character: string, place: number) => boolean;

const upToBrace: Accepts = (character) => character !== '}';
const upToSlash: Accepts = (character) => character !== '/';
const upToColon: Accepts = (character) => character !== ':' && character !== '}';
const isName: Accepts = (character) => /^[\p{L}\p{Nd}_]$/u.test(character);

/**
 * The parts of a text, as Flux's own parser finds them (fluxcd/pkg/envsubst). It is no shell: `$NAME` is text, `$$` is a `$` outside of
 * `${…}`, a backslash escapes `/` and itself in the operands of `/`, and `-` or `?` without a colon is no operator.
 *
 * @throws SyntaxProblem
 */
export function parseTemplate(text: string): readonly Part[] {
  return new Parser(text).parts();
}

class Parser {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  parts(): readonly Part[] {
    const parts: Part[] = [];
    while (this.at < this.text.length) {
      if (this.opens()) parts.push(this.expression());
      else parts.push(this.plainText());
    }
    return parts;
  }

  private opens(): boolean {
    return this.text.startsWith('${', this.at);
  }

  /** Up to the next `${`, with each `$$` as one `$`. */
  private plainText(): string {
    let found = '';
    while (this.at < this.text.length && !this.opens()) {
      const next = this.text.indexOf('$', this.at);
      const end = next === -1 ? this.text.length : Math.max(next, this.at);
      found += this.text.slice(this.at, end);
      this.at = end;
      if (end === this.text.length || this.opens()) break;
      found += '$';
      this.at += this.text.startsWith('$$', this.at) ? 2 : 1;
    }
    return found;
  }

  private peek(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** The characters that are accepted from here; undefined where the first is not. */
  private run(accepts: Accepts): string | undefined {
    const from = this.at;
    for (let character = this.peek(); character !== '' && accepts(character, this.at - from + 1); character = this.peek()) {
      this.at += character.length;
    }
    return this.at === from ? undefined : this.text.slice(from, this.at);
  }

  private expression(): Expression {
    if (++this.depth > MAX_DEPTH) throw new SyntaxProblem(`\${…} within each other more than ${MAX_DEPTH} deep`);
    this.at += 2;
    const found = this.named();
    this.depth--;
    return found;
  }

  private named(): Expression {
    if (this.peek() === '#') return this.length();
    const variable = this.run(isName);
    if (variable === undefined) throw new SyntaxProblem(UNNAMED);
    switch (this.peek()) {
      case ':':
        return /^:[-=?+]/.test(this.text.slice(this.at, this.at + 2)) ? this.fallback(variable) : this.substring(variable);
      case '=':
        return this.fallback(variable);
      case ',':
      case '^':
        return this.closed(variable, this.operator(/^[,^]{1,2}/), []);
      case '/':
        return this.replacement(variable);
      case '#':
        return this.trimmed(variable, /^#{1,2}/);
      case '%':
        return this.trimmed(variable, /^%{1,2}/);
      case '}':
        this.at++;
        return { variable, operator: '', operands: [] };
      default:
        throw new SyntaxProblem(UNCLOSED);
    }
  }

  private operator(form: RegExp, otherwise = BAD): string {
    const [found] = form.exec(this.text.slice(this.at, this.at + 2)) ?? [];
    if (found === undefined) throw new SyntaxProblem(otherwise);
    this.at += found.length;
    return found;
  }

  private closed(variable: string, operator: string, operands: readonly Part[]): Expression {
    if (this.peek() !== '}') throw new SyntaxProblem(BAD);
    this.at++;
    return { variable, operator, operands };
  }

  /** Text up to where `accepts` ends it or another `${` begins, or that. */
  private operand(accepts: Accepts, escapes = false): Part {
    if (this.opens()) return this.expression();
    let found = '';
    while (this.at < this.text.length && !this.opens()) {
      const character = this.peek();
      const pair = this.text.slice(this.at, this.at + 2);
      if (escapes && (pair === '$$' || pair === '\\/' || pair === '\\\\')) {
        found += pair.charAt(1);
        this.at += 2;
      } else if (accepts(character, 0)) {
        found += character;
        this.at += character.length;
      } else {
        break;
      }
    }
    if (found === '') throw new SyntaxProblem(BAD_OPERAND);
    return found;
  }

  /** `${#NAME}` */
  private length(): Expression {
    this.at++;
    const variable = this.run(isName);
    if (variable === undefined) throw new SyntaxProblem(BAD);
    return this.closed(variable, '#', []);
  }

  /** `${NAME:-word}` and its like: the word may hold any number of `${…}`. */
  private fallback(variable: string): Expression {
    const operator = this.operator(/^(=|:[-=?+])/, BAD_DEFAULT);
    const operands: Part[] = [];
    while (this.peek() !== '}') operands.push(this.operand(upToBrace));
    return this.closed(variable, operator, operands);
  }

  /** `${NAME:offset}` and `${NAME:offset:length}` */
  private substring(variable: string): Expression {
    this.at++;
    // Its parser looks one character ahead here and loses its place where that is no ASCII, or the end.
    if (!(this.text.charCodeAt(this.at) < 0x80)) throw new SyntaxProblem(BAD);
    const offset = this.operand(upToColon);
    if (this.peek() === '}') return this.closed(variable, ':', [offset]);
    // The delimiter is any run of colons.
    if (this.run((character) => character === ':') === undefined) throw new SyntaxProblem(BAD);
    return this.closed(variable, ':', [offset, this.operand(upToBrace)]);
  }

  /** `${NAME/old/new}`, and with `//`, `/#`, `/%` */
  private replacement(variable: string): Expression {
    const operator = this.operator(/^\/[/#%]?/);
    const old = this.operand(upToSlash, true);
    // The delimiter is any run of slashes.
    if (this.run((character) => character === '/') === undefined) throw new SyntaxProblem(BAD);
    if (this.peek() === '}') return this.closed(variable, operator, [old]);
    return this.closed(variable, operator, [old, this.operand(upToBrace, true)]);
  }

  /** `${NAME#pattern}` and its like */
  private trimmed(variable: string, form: RegExp): Expression {
    const operator = this.operator(form);
    return this.closed(variable, operator, [this.operand(upToBrace)]);
  }
}
