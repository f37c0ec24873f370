import type { Alias, Document, Node, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { BuildError } from './build';
import { refolded } from './folded';
import { type Reader, readScalar } from './scalar';
import { put, spell } from './value';
import { YamlError } from './yaml-error';
import { yamlParser } from './yaml-parser';

/** Go's reader refuses at 10 000; nothing that Kubernetes takes nests a hundredth of it, and JavaScript's stack is shorter. */
const MAX_DEPTH = 400;

/** How many values aliases may repeat in one document. The largest CRD bundles have about 100 000 values in all. */
const MAX_REPEATED = 100_000;

const PREFIX = 'tag:yaml.org,2002:';

/** Makes data of one document. */
export class Converter {
  private readonly yaml = yamlParser();
  private repeated = 0;
  private made = 0;
  /** What each anchor holds, and how many values that is; undefined while it is being read. */
  private readonly anchors = new Map<string, { readonly value: unknown; readonly size: number } | undefined>();

  constructor(
    private readonly file: string,
    private readonly reader: Reader,
    private readonly lineOf: (node: Node) => number,
    private readonly document: Document.Parsed<ParsedNode>,
    private readonly text: string,
  ) {}

  convert(root: Node | undefined): unknown {
    return root === undefined ? null : this.node(root, 0);
  }

  private node(node: Node, depth: number): unknown {
    if (depth > MAX_DEPTH) throw this.error('unsupported', node, `it is nested more than ${MAX_DEPTH} deep`);
    this.made++;
    if (this.yaml.isAlias(node)) return this.alias(node);
    const { anchor } = node;
    const before = this.made;
    if (anchor !== undefined) this.anchors.set(anchor, undefined);
    const value = this.yaml.isMap(node)
      ? this.map(node, depth)
      : this.yaml.isSeq(node)
        ? this.list(node, depth)
        : this.yaml.isScalar(node)
          ? this.scalar(node)
          : null;
    if (anchor !== undefined) this.anchors.set(anchor, { value, size: this.made - before + 1 });
    return value;
  }

  /** What the anchor holds is shared: values are never changed in place. */
  private alias(node: Alias): unknown {
    const found = this.anchors.get(node.source);
    if (!found) {
      const why = this.anchors.has(node.source) ? 'contains itself' : 'is not defined before it is used';
      throw this.error('fails', node, `anchor ${JSON.stringify(node.source)} ${why}`);
    }
    this.repeated += found.size;
    this.made += found.size;
    if (this.repeated > MAX_REPEATED) throw this.error('unsupported', node, `aliases repeat more than ${MAX_REPEATED} values`);
    return found.value;
  }

  private scalar(node: Scalar): unknown {
    const text = this.textOf(node);
    const tag = this.tagOf(node);
    this.checkEscapes(node);
    if (tag === undefined) return node.type === 'PLAIN' ? this.finite(node, readScalar(text, this.reader)) : text;
    if (tag === 'binary') return Buffer.from(text, 'base64').toString('utf8');
    if (!['int', 'float', 'bool', 'null', 'timestamp'].includes(tag)) return text;
    const value = readScalar(text, this.reader);
    const kind =
      value === null ? ['null'] : typeof value === 'number' ? ['int', 'float'] : typeof value === 'boolean' ? ['bool'] : ['timestamp'];
    if (!kind.includes(tag)) throw this.error('fails', node, `${JSON.stringify(text)} is no ${tag}`);
    return this.finite(node, value);
  }

  /** A block that ends with the file has a last line break only if the file has one. */
  private textOf(node: Scalar): string {
    const text = typeof node.value === 'string' ? node.value : String(node.source ?? '');
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    const toTheEnd = isBlock && !this.text.endsWith('\n') && (node.range?.[1] ?? 0) >= this.text.length;
    const read = toTheEnd && text.endsWith('\n') ? text.slice(0, -1) : text;
    return node.type === 'BLOCK_FOLDED' && this.reader === '1.2' ? refolded(read) : read;
  }

  /** YAML 1.2 has the escape, go-yaml has not. */
  private checkEscapes(node: Scalar): void {
    if (node.type !== 'QUOTE_DOUBLE' || !node.range) return;
    if (/^(?:[^\\]|\\[^/])*\\\//s.test(this.text.slice(node.range[0], node.range[1])))
      throw this.error('fails', node, 'go-yaml knows no escape \\/');
  }

  /** JSON knows neither infinity nor NaN, and kustomize ends in JSON. */
  private finite(node: Node, value: unknown): unknown {
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    throw this.error('fails', node, `${value} cannot be written as JSON`);
  }

  /** The tag that was written, short; undefined where none was. */
  private tagOf(node: Node): string | undefined {
    const { tag } = node;
    if (tag === undefined || tag === '') return undefined;
    return tag.startsWith(PREFIX) ? tag.slice(PREFIX.length) : tag;
  }

  private list(node: YAMLSeq, depth: number): readonly unknown[] {
    const [texts, quoted] = [new Map<string, string>(), new Set<string>()];
    const list = node.items.map((item, index) => {
      const child = this.nodeOf(item);
      const value = child === undefined ? null : this.node(child, depth + 1);
      this.noteWriting(texts, quoted, String(index), child, value);
      return value;
    });
    spell(list, texts, quoted);
    return list;
  }

  private map(node: YAMLMap, depth: number): Readonly<Record<string, unknown>> {
    const map: Record<string, unknown> = {};
    const [texts, quoted] = [new Map<string, string>(), new Set<string>()];
    let merged: { readonly at: Node; readonly value: Node | undefined } | undefined;
    for (const pair of node.items) {
      const key = this.nodeOf(pair.key);
      const child = this.nodeOf(pair.value);
      if (key !== undefined && this.isMergeKey(key)) {
        if (merged) throw this.error('fails', key, 'there are two merge keys (<<)');
        merged = { at: key, value: child };
        continue;
      }
      const name = this.key(node, key, depth);
      if (this.reader === '1.2' && Object.hasOwn(map, name))
        throw this.error('fails', key ?? node, `${JSON.stringify(name)} is there twice`);
      const value = child === undefined ? null : this.node(child, depth + 1);
      put(map, name, value);
      this.noteWriting(texts, quoted, name, child, value);
    }
    spell(map, texts, quoted);
    if (merged) for (const each of this.mergedMaps(merged.at, merged.value, depth)) this.fill(map, each);
    return map;
  }

  /** The first of several maps wins, and what the map itself says wins over all. */
  private fill(map: Record<string, unknown>, from: object): void {
    for (const [key, value] of Object.entries(from)) if (!Object.hasOwn(map, key)) put(map, key, value);
  }

  private mergedMaps(at: Node, value: Node | undefined, depth: number): readonly object[] {
    const read = value === undefined ? null : this.node(value, depth + 1);
    const maps: readonly unknown[] = Array.isArray(read) ? read : [read];
    return maps.map((map) => {
      if (typeof map === 'object' && map !== null && !Array.isArray(map)) return map;
      throw this.error('fails', at, 'a merge key (<<) takes a mapping, or a list of them');
    });
  }

  private isMergeKey(key: Node): boolean {
    return this.yaml.isScalar(key) && key.type === 'PLAIN' && key.value === '<<' && this.tagOf(key) === undefined;
  }

  /** A key as text. JSON has only such, and go-yaml v3 makes no text of another, but for those of the document itself. */
  private key(map: YAMLMap, key: Node | undefined, depth: number): string {
    const value = key === undefined ? null : this.node(key, depth + 1);
    if (typeof value === 'string') {
      const dated = this.yaml.isScalar(key) && key.type === 'PLAIN' && key.value !== value;
      if (!dated || this.reader === '1.1') return value;
    }
    if (typeof value === 'object' && value !== null) throw this.error('fails', key ?? map, 'a key is no scalar');
    const text = this.yaml.isScalar(key) && typeof key.value === 'string' ? key.value : '';
    if (this.reader === '1.1' && value !== null) return String(value);
    if (this.reader === '1.2' && map === this.document.contents && value !== null) return text;
    throw this.error('fails', key ?? map, `key ${text || 'null'} is not text: write it in quotes`);
  }

  /** Scalars that read as something other than their text, or that are not there, are remembered as they were written; so are quotes. */
  private noteWriting(texts: Map<string, string>, quoted: Set<string>, key: string, node: Node | undefined, value: unknown): void {
    if (node === undefined) texts.set(key, '');
    else if (this.yaml.isScalar(node) && typeof node.value === 'string') {
      if (node.type !== 'PLAIN') quoted.add(key);
      else if (node.value !== (value === null ? 'null' : String(value))) texts.set(key, node.value);
    }
  }

  private nodeOf(item: unknown): Node | undefined {
    return this.yaml.isNode(item) ? item : undefined;
  }

  private error(kind: BuildError['kind'], node: Node, what: string): YamlError {
    return new YamlError(kind, this.file, this.lineOf(node), what);
  }
}
