import { isUnknown, listOf, literal, mapOf, named, type Property, struct, type Type, unknown } from './typescript';

/** The parts of a type's text: punctuation, words, quoted text. */
const TOKENS = /\s*('(?:[^'\\]|\\.)*'|[\w.$-]+|[{}()[\]|&:;?])/gy;

/**
 * A type that sources.yaml gives as text, as far as such types go: names, words, lists, maps, structs, unions and intersections.
 *
 * @throws Error where the text is no such type
 */
export function typeIn(text: string): Type {
  const tokens = [...text.matchAll(TOKENS)].map(([, token = '']) => token);
  let at = 0;
  const fail = (): never => {
    throw new Error(`no type that sources.yaml may give: ${text}`);
  };
  const next = (): string => tokens[at++] ?? fail();
  const accept = (token: string): boolean => tokens[at] === token && ++at > 0;
  const expect = (token: string): void => void (accept(token) || fail());

  const separated = (mark: string, is: 'union' | 'intersection', part: () => Type): Type => {
    const parts = [part()];
    while (accept(mark)) parts.push(part());
    return parts.length > 1 ? { is, of: parts } : (parts[0] ?? unknown);
  };
  const any = (): Type => separated('|', 'union', () => separated('&', 'intersection', listed));
  const listed = (): Type => {
    accept('readonly');
    let type = single();
    while (accept('[')) {
      expect(']');
      type = listOf(type);
    }
    return type;
  };
  const single = (): Type => {
    if (accept('{')) return members();
    if (!accept('(')) return wordOf(next());
    const type = any();
    expect(')');
    return type;
  };
  const members = (): Type => {
    const properties: Property[] = [];
    let rest: Type | undefined;
    while (!accept('}')) {
      accept('readonly');
      if (accept('[')) {
        for (const token of [next(), ':', 'string', ']', ':']) if (token !== tokens[at - 1]) expect(token);
        rest = any();
      } else {
        const name = next().replace(/^'|'$/g, '');
        const required = !accept('?');
        expect(':');
        properties.push({ name, type: any(), required });
      }
      accept(';');
    }
    if (rest === undefined || properties.length > 0) return struct(properties, rest !== undefined && isUnknown(rest));
    return mapOf(rest);
  };

  const type = any();
  return at === tokens.length ? type : fail();
}

function wordOf(token: string): Type {
  if (token.startsWith("'")) return literal(token.slice(1, -1));
  if (/^[A-Za-z_$]/.test(token) || /^\d+$/.test(token)) return named(token);
  throw new Error(`no type that sources.yaml may give: ${token}`);
}
