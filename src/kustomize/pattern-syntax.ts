import { type CharTest, ESCAPES, PERL, POSIX, propertyTest } from './pattern-classes';
import { PatternError } from './pattern-error';

export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-boundary' | 'no-word-boundary';

/** A pattern, parsed. */
export type Syntax =
  | { readonly type: 'char'; readonly test: CharTest }
  | { readonly type: 'assert'; readonly what: Assertion }
  | { readonly type: 'all'; readonly parts: readonly Syntax[] }
  | { readonly type: 'any'; readonly parts: readonly Syntax[] }
  | { readonly type: 'repeat'; readonly part: Syntax; readonly min: number; readonly max: number };

interface Flags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
}

/** Kubernetes names have at most 253 characters; a pattern for them does not need more than this. */
const MAX_LENGTH = 2000;

/** Go's own limits. */
const MAX_REPEAT = 1000;
const MAX_DEPTH = 1000;

/**
 * Parses a pattern as Go's package regexp does (RE2: no look-around, no back-references).
 *
 * @throws PatternError
 */
export function parsePattern(pattern: string): Syntax {
  if (pattern.length > MAX_LENGTH) throw new PatternError('unsupported', `the pattern is longer than ${MAX_LENGTH} characters`);
  return new PatternParser(pattern).parse();
}

class PatternParser {
  private readonly points: readonly string[];
  private at = 0;
  private depth = 0;
  private flags: Flags = { i: false, m: false, s: false };

  constructor(private readonly pattern: string) {
    this.points = [...pattern];
  }

  parse(): Syntax {
    const parsed = this.alternatives();
    if (this.at < this.points.length) throw this.error('unexpected )');
    return parsed;
  }

  private alternatives(): Syntax {
    if (++this.depth > MAX_DEPTH) throw this.error('it nests too deeply');
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    this.depth--;
    return parts.length === 1 ? (parts[0] ?? { type: 'all', parts: [] }) : { type: 'any', parts };
  }

  private sequence(): Syntax {
    const parts: Syntax[] = [];
    while (this.at < this.points.length && this.here !== '|' && this.here !== ')') {
      const part = this.single();
      if (part !== undefined) parts.push(this.repeated(part));
    }
    return { type: 'all', parts };
  }

  /** One element; undefined for one that only sets flags. */
  private single(): Syntax | undefined {
    const char = this.next();
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return this.char(this.bracket());
      case '.':
        return this.flags.s ? this.char(() => true) : this.char((point) => point !== 10);
      case '^':
        return { type: 'assert', what: this.flags.m ? 'line-start' : 'text-start' };
      case '$':
        return { type: 'assert', what: this.flags.m ? 'line-end' : 'text-end' };
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        throw this.error(`missing argument to ${char}`);
      default:
        return this.literal(char);
    }
  }

  private group(): Syntax | undefined {
    const outer = this.flags;
    if (this.take('?')) {
      const name = /^P?<([^>]*)>/.exec(this.points.slice(this.at).join(''));
      if (name) {
        if (!/^\w+$/.test(name[1] ?? '')) throw this.error('a group has a name that cannot be one');
        this.at += [...name[0]].length;
      } else if (!this.setFlags()) return undefined;
    }
    const inside = this.alternatives();
    if (!this.take(')')) throw this.error('missing )');
    this.flags = outer;
    return inside;
  }

  /** `i`, `m-s:`: whether a group follows; otherwise they hold until the group around ends. */
  private setFlags(): boolean {
    let on = true;
    let { i, m, s } = this.flags;
    for (;;) {
      const char = this.next();
      if (char === 'i') i = on;
      else if (char === 'm') m = on;
      else if (char === 's') s = on;
      else if (char === '-' && on) on = false;
      else if (char === ':' || char === ')') {
        this.flags = { i, m, s };
        return char === ':';
      } else if (char !== 'U') throw this.error('Go knows no such group: neither look-around nor back-references');
    }
  }

  private repeated(part: Syntax): Syntax {
    let result = part;
    for (let times = 0; ; times++) {
      const range = this.range();
      if (!range) return result;
      if (times > 0) throw this.error('two repetitions in a row');
      this.take('?'); // lazy or not makes no difference to whether it matches
      result = { type: 'repeat', part: result, ...range };
    }
  }

  private range(): { readonly min: number; readonly max: number } | undefined {
    if (this.take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.take('?')) return { min: 0, max: 1 };
    if (this.here !== '{') return undefined;
    const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.points.slice(this.at, this.at + 12).join(''));
    if (!counted) return undefined; // as in Go, a brace that counts nothing stands for itself
    const [whole, least = '', comma, most = ''] = counted;
    const min = Number(least);
    const max = comma === undefined ? min : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (min > max || min > MAX_REPEAT || (Number.isFinite(max) && max > MAX_REPEAT)) throw this.error('invalid repeat count');
    this.at += whole.length;
    return { min, max };
  }

  private escape(): Syntax {
    const char = this.here;
    if (char === 'Q') return this.quoted();
    if (char === 'A' || char === 'z') {
      this.at++;
      return { type: 'assert', what: char === 'A' ? 'text-start' : 'text-end' };
    }
    if (char === 'b' || char === 'B') {
      this.at++;
      return { type: 'assert', what: char === 'b' ? 'word-boundary' : 'no-word-boundary' };
    }
    const test = this.escapedClass();
    return test ? this.char(test) : this.literal(String.fromCodePoint(this.escapedPoint()));
  }

  private quoted(): Syntax {
    this.at++;
    const rest = this.points.slice(this.at).join('');
    const end = rest.indexOf('\\E');
    const text = [...(end === -1 ? rest : rest.slice(0, end))];
    this.at += text.length + (end === -1 ? 0 : 2);
    return { type: 'all', parts: text.map((each) => this.literal(each)) };
  }

  private escapedClass(): CharTest | undefined {
    const char = this.here ?? '';
    const perl = PERL[char];
    if (perl && Object.hasOwn(PERL, char)) {
      this.at++;
      return perl;
    }
    return char === 'p' || char === 'P' ? this.property() : undefined;
  }

  private property(): CharTest {
    const negated = this.next() === 'P';
    let name = this.next() ?? '';
    if (name === '{') {
      name = '';
      for (let char = this.next(); char !== '}'; char = this.next()) {
        if (char === undefined) throw this.error('missing }');
        name += char;
      }
    }
    const except = name.startsWith('^');
    const test = propertyTest(except ? name.slice(1) : name);
    if (test) return (point) => test(point) !== (negated !== except);
    throw this.error('there is no such class of characters');
  }

  private escapedPoint(): number {
    const char = this.next() ?? '';
    if (Object.hasOwn(ESCAPES, char)) return ESCAPES[char] ?? 0;
    if (char === 'x') return this.hexadecimal();
    if (/[0-7]/.test(char)) {
      const octal = /^[0-7]{0,2}/.exec(this.points.slice(this.at, this.at + 2).join(''))?.[0] ?? '';
      if (char !== '0' && octal === '') throw this.error('Go knows no back-references');
      this.at += octal.length;
      return Number.parseInt(char + octal, 8);
    }
    if (char === '' || /[0-9A-Za-z]/.test(char)) throw this.error('Go knows no such escape');
    if ((char.codePointAt(0) ?? 0) >= 128) throw this.error('Go knows no such escape');
    return char.codePointAt(0) ?? 0;
  }

  private hexadecimal(): number {
    const rest = this.points.slice(this.at, this.at + 12).join('');
    const found = /^(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))/.exec(rest);
    const point = Number.parseInt(found?.[1] ?? found?.[2] ?? '', 16);
    if (!found || point > 0x10ffff) throw this.error('\\x is not followed by a code point');
    this.at += found[0].length;
    return point;
  }

  private bracket(): CharTest {
    const tests: CharTest[] = [];
    const negated = this.take('^');
    for (let first = true; first || this.here !== ']'; first = false) {
      if (this.here === undefined) throw this.error('missing ]');
      const named = /^\[:(\^?)(\w+):\]/.exec(this.points.slice(this.at, this.at + 14).join(''));
      if (named) {
        const posix = POSIX[named[2] ?? ''];
        if (!posix) throw this.error('there is no such class of characters');
        tests.push((point) => posix(point) !== (named[1] === '^'));
        this.at += named[0].length;
        continue;
      }
      if (this.here === '\\') {
        this.at++;
        const test = this.escapedClass();
        if (test) {
          tests.push(test);
          continue;
        }
        this.at--;
      }
      tests.push(this.pointRange(first));
    }
    this.at++;
    const any = this.folded((point) => tests.some((test) => test(point)));
    return negated ? (point) => !any(point) : any;
  }

  private pointRange(first: boolean): CharTest {
    if (this.here === '-' && !first && this.points[this.at + 1] !== ']') throw this.error('a - stands where no range can be');
    const low = this.bracketPoint();
    if (this.here !== '-' || this.points[this.at + 1] === ']' || this.points[this.at + 1] === undefined) return (point) => point === low;
    this.at++;
    const high = this.bracketPoint();
    if (high < low) throw this.error('a range ends before it begins');
    return (point) => point >= low && point <= high;
  }

  private bracketPoint(): number {
    const char = this.next() ?? '';
    return char === '\\' ? this.escapedPoint() : (char.codePointAt(0) ?? 0);
  }

  private literal(char: string | undefined): Syntax {
    const wanted = char?.codePointAt(0);
    return this.char(this.folded((point) => point === wanted));
  }

  private char(test: CharTest): Syntax {
    return { type: 'char', test };
  }

  private folded(test: CharTest): CharTest {
    if (!this.flags.i) return test;
    return (point) => {
      const char = String.fromCodePoint(point);
      const forms = [char, char.toLowerCase(), char.toUpperCase()].filter((form) => [...form].length === 1);
      return forms.some((form) => test(form.codePointAt(0) ?? 0));
    };
  }

  private get here(): string | undefined {
    return this.points[this.at];
  }

  private next(): string | undefined {
    return this.points[this.at++];
  }

  private take(char: string): boolean {
    if (this.here !== char) return false;
    this.at++;
    return true;
  }

  private error(what: string): PatternError {
    return new PatternError('fails', `${JSON.stringify(this.pattern)} is no regular expression of Go: ${what}`);
  }
}
