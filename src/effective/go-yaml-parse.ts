import { Scanner, type Token, type TokenKind } from './go-yaml-scan';
import { YamlError } from './go-yaml-source';
import { fullTag } from './go-yaml-tags';

export interface Leaf {
  readonly form: 'scalar';
  readonly text: string;
  readonly tag: string;
  /** Without quotes and without a tag, so that its looks say what it is. */
  readonly plain: boolean;
}

export type Node =
  | Leaf
  | { readonly form: 'alias'; readonly of: Node }
  | { readonly form: 'list'; readonly items: Node[] }
  | { readonly form: 'map'; readonly pairs: (readonly [key: Node, value: Node])[] };

/** Deeper than any manifest; what exceeds it is hostile. */
export const MAX_DEPTH = 500;

const EMPTY: Leaf = { form: 'scalar', text: '', tag: '', plain: true };

/** The tree of a text, as libyaml's parser builds it from its tokens. */
export class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, Node>();
  private depth = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  document(): Node | undefined {
    let token = this.scanner.peek();
    if (token.kind === 'stream-end') return undefined;
    const explicit = token.kind === 'directive' || token.kind === 'document-start';
    while (token.kind === 'directive') token = this.next();
    if (!explicit) return this.ended(this.node(true, false));
    if (token.kind !== 'document-start') this.fail('did not find expected <document start>');
    const { kind } = this.next();
    const empty = kind === 'directive' || kind === 'document-start' || kind === 'document-end' || kind === 'stream-end';
    return this.ended(empty ? EMPTY : this.node(true, false));
  }

  /** go-yaml reads one document and looks at the token after it, no further. */
  private ended(node: Node): Node {
    this.scanner.peek();
    return node;
  }

  private next(): Token {
    this.scanner.skip();
    return this.scanner.peek();
  }

  private fail(problem: string, line = this.scanner.peek().line): never {
    throw new YamlError(line === 0 ? problem : `line ${line}: ${problem}`);
  }

  private node(block: boolean, indentless: boolean): Node {
    if (++this.depth > MAX_DEPTH) this.fail(`is nested more than ${MAX_DEPTH} deep`);
    const node = this.content(block, indentless);
    this.depth--;
    return node;
  }

  private content(block: boolean, indentless: boolean): Node {
    let token = this.scanner.peek();
    if (token.kind === 'alias') {
      const of = this.anchors.get(token.text);
      if (!of) throw new YamlError(`unknown anchor '${token.text}' referenced`);
      this.scanner.skip();
      return { form: 'alias', of };
    }
    let anchor: string | undefined;
    let tag = '';
    const first = token.kind;
    for (let more = 0; more < 2 && (token.kind === 'anchor' || token.kind === 'tag') && (more === 0 || token.kind !== first); more++) {
      if (token.kind === 'anchor') anchor = token.text;
      else if (token.tag) tag = fullTag(this.scanner.source, token.tag);
      token = this.next();
    }
    const named = <N extends Node>(node: N): N => {
      if (anchor !== undefined) this.anchors.set(anchor, node);
      return node;
    };
    switch (token.kind) {
      case 'block-entry':
        if (indentless) return this.indentlessList(named({ form: 'list', items: [] }));
        break;
      case 'scalar':
        this.scanner.skip();
        return named({ form: 'scalar', text: token.text, tag, plain: (tag === '' && token.plain) || tag === '!' });
      case 'flow-sequence-start':
        return this.flowList(named({ form: 'list', items: [] }));
      case 'flow-mapping-start':
        return this.flowMap(named({ form: 'map', pairs: [] }));
      case 'block-sequence-start':
        if (block) return this.blockList(named({ form: 'list', items: [] }));
        break;
      case 'block-mapping-start':
        if (block) return this.blockMap(named({ form: 'map', pairs: [] }));
        break;
    }
    if (anchor !== undefined || tag !== '') return named({ form: 'scalar', text: '', tag, plain: tag === '' });
    return this.fail('did not find expected node content');
  }

  private blockList(list: Extract<Node, { form: 'list' }>): Node {
    let token = this.next();
    while (token.kind === 'block-entry') {
      token = this.next();
      list.items.push(token.kind === 'block-entry' || token.kind === 'block-end' ? EMPTY : this.node(true, false));
      token = this.scanner.peek();
    }
    if (token.kind !== 'block-end') this.fail("did not find expected '-' indicator");
    this.scanner.skip();
    return list;
  }

  private indentlessList(list: Extract<Node, { form: 'list' }>): Node {
    while (this.scanner.peek().kind === 'block-entry') {
      const { kind } = this.next();
      list.items.push(kind === 'block-entry' || ENDS_VALUE.has(kind) ? EMPTY : this.node(true, false));
    }
    return list;
  }

  private blockMap(map: Extract<Node, { form: 'map' }>): Node {
    const part = (): Node => (ENDS_VALUE.has(this.next().kind) ? EMPTY : this.node(true, true));
    let token = this.next();
    while (token.kind === 'key') {
      const key = part();
      map.pairs.push([key, this.scanner.peek().kind === 'value' ? part() : EMPTY]);
      token = this.scanner.peek();
    }
    if (token.kind !== 'block-end') this.fail('did not find expected key');
    this.scanner.skip();
    return map;
  }

  private flowList(list: Extract<Node, { form: 'list' }>): Node {
    let token = this.next();
    for (let first = true; token.kind !== 'flow-sequence-end'; first = false) {
      if (!first) {
        if (token.kind !== 'flow-entry') this.fail("did not find expected ',' or ']'");
        token = this.next();
      }
      if (token.kind === 'key') list.items.push({ form: 'map', pairs: [this.flowPair()] });
      else if (token.kind !== 'flow-sequence-end') list.items.push(this.node(false, false));
      token = this.scanner.peek();
    }
    this.scanner.skip();
    return list;
  }

  /** `[a: b]`: a map of one pair. */
  private flowPair(): readonly [Node, Node] {
    const ends = (kind: TokenKind): boolean => kind === 'flow-entry' || kind === 'flow-sequence-end';
    const { kind } = this.next();
    let key: Node = EMPTY;
    if (kind !== 'value' && !ends(kind)) key = this.node(false, false);
    else this.scanner.skip(); // libyaml takes this token, whatever it is
    if (this.scanner.peek().kind !== 'value') return [key, EMPTY];
    return [key, ends(this.next().kind) ? EMPTY : this.node(false, false)];
  }

  private flowMap(map: Extract<Node, { form: 'map' }>): Node {
    const ends = (kind: TokenKind): boolean => kind === 'flow-entry' || kind === 'flow-mapping-end';
    let token = this.next();
    for (let first = true; token.kind !== 'flow-mapping-end'; first = false) {
      if (!first) {
        if (token.kind !== 'flow-entry') this.fail("did not find expected ',' or '}'");
        token = this.next();
      }
      if (token.kind === 'key') {
        token = this.next();
        const key = token.kind === 'value' || ends(token.kind) ? EMPTY : this.node(false, false);
        const valued = this.scanner.peek().kind === 'value';
        map.pairs.push([key, valued && !ends(this.next().kind) ? this.node(false, false) : EMPTY]);
      } else if (token.kind !== 'flow-mapping-end') {
        map.pairs.push([this.node(false, false), EMPTY]);
      }
      token = this.scanner.peek();
    }
    this.scanner.skip();
    return map;
  }
}

const ENDS_VALUE: ReadonlySet<TokenKind> = new Set(['key', 'value', 'block-end']);
