/** One condition on the labels of an object. */
interface Requirement {
  readonly key: string;
  readonly holds: (value: string | undefined) => boolean;
}

/** A Kubernetes selector: `app in (web, api), tier != cache, !legacy`. */
export interface LabelSelector {
  readonly matches: (labels: ReadonlyMap<string, string>) => boolean;
}

/** Why a text is no selector. */
export class SelectorError extends Error {
  override readonly name = 'SelectorError';
}

/** Symbols and words; words are everything between spaces and symbols. */
const TOKEN = /\s*(?:(==|!=|[=!<>(),])|([^\s=!<>(),]+))/y;

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const INTEGER = /^[-+]?[0-9]+$/;

/**
 * Parses a selector as Kubernetes does; '' selects everything.
 *
 * @throws SelectorError
 */
export function parseLabelSelector(text: string): LabelSelector {
  const requirements = new SelectorParser(text).parse();
  return { matches: (labels) => requirements.every(({ key, holds }) => holds(labels.get(key))) };
}

class SelectorParser {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(private readonly text: string) {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) tokens.push(match[1] ?? match[2] ?? '');
    this.tokens = tokens;
  }

  parse(): readonly Requirement[] {
    const requirements: Requirement[] = [];
    while (this.at < this.tokens.length) {
      requirements.push(this.requirement());
      if (this.at === this.tokens.length) break;
      if (this.next() !== ',') throw this.error('a comma is missing');
      if (this.at === this.tokens.length) throw this.error('nothing stands behind the last comma');
    }
    return requirements;
  }

  private requirement(): Requirement {
    const absent = this.here === '!';
    if (absent) this.at++;
    const key = this.word();
    if (!isKey(key)) throw this.error(`${JSON.stringify(key)} cannot be the key of a label`);
    if (this.here === undefined || this.here === ',') return { key, holds: (value) => (value === undefined) === absent };
    const operator = this.next();
    switch (operator) {
      case '=':
      case '==': {
        const wanted = this.exact();
        return { key, holds: (value) => value === wanted };
      }
      case '!=': {
        const wanted = this.exact();
        return { key, holds: (value) => value !== wanted };
      }
      case 'in': {
        const wanted = this.list();
        return { key, holds: (value) => value !== undefined && wanted.has(value) };
      }
      case 'notin': {
        const wanted = this.list();
        return { key, holds: (value) => value === undefined || !wanted.has(value) };
      }
      case '<':
      case '>': {
        const wanted = this.exact();
        if (!INTEGER.test(wanted)) throw this.error(`${operator} takes a whole number`);
        const limit = BigInt(wanted);
        return {
          key,
          holds: (value) =>
            value !== undefined && INTEGER.test(value) && (operator === '>' ? BigInt(value) > limit : BigInt(value) < limit),
        };
      }
      default:
        throw this.error(`${JSON.stringify(operator)} is no operator: one of =, ==, !=, in, notin, <, >`);
    }
  }

  private exact(): string {
    return this.here === undefined || this.here === ',' ? '' : this.value(this.word());
  }

  private list(): ReadonlySet<string> {
    if (this.next() !== '(') throw this.error('in and notin take a list in parentheses');
    const values = new Set<string>();
    for (let empty = true; ; ) {
      const token = this.next();
      if (token === undefined) throw this.error('a ) is missing');
      if (token === ')' || token === ',') {
        if (empty) values.add('');
        empty = true;
        if (token === ')') return values;
      } else {
        if (!empty || isSymbol(token)) throw this.error('values are separated by commas');
        values.add(this.value(token));
        empty = false;
      }
    }
  }

  private value(value: string): string {
    if (value !== '' && !NAME.test(value)) throw this.error(`${JSON.stringify(value)} cannot be the value of a label`);
    return value;
  }

  private word(): string {
    const token = this.next();
    if (token === undefined || isSymbol(token)) throw this.error('a name is missing');
    return token;
  }

  private get here(): string | undefined {
    return this.tokens[this.at];
  }

  private next(): string | undefined {
    return this.tokens[this.at++];
  }

  private error(what: string): SelectorError {
    return new SelectorError(`${JSON.stringify(this.text)} is no selector: ${what}`);
  }
}

function isSymbol(token: string): boolean {
  return /^(?:==|!=|[=!<>(),])$/.test(token);
}

function isKey(key: string): boolean {
  const [first = '', second, ...more] = key.split('/');
  if (more.length > 0) return false;
  return second === undefined ? NAME.test(first) : first.length <= 253 && DOMAIN.test(first) && NAME.test(second);
}
