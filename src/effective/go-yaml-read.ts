import { decodeBase64 } from './base64';
import { type Leaf, MAX_DEPTH, type Node, Parser } from './go-yaml-parse';
import { resolve, type Scalar } from './go-yaml-resolve';
import { YamlError } from './go-yaml-source';

/** What a text holds once it is JSON. */
export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };

/** Nodes that aliases may make of one text, a hundred thousand times what a manifest needs. */
const MAX_NODES = 1_000_000;

/**
 * The first document of a text, as `sigs.k8s.io/yaml` turns it into JSON: go-yaml v2 reads it, keys become text, of two equal keys the
 * later one counts.
 *
 * @throws YamlError with go-yaml's own words
 */
export function readYaml(text: string): Json {
  const parser = new Parser(text);
  const root = parser.document();
  return root === undefined ? null : finite(new Decoder().value(root, 0));
}

/** JSON has no infinity. Last of all, since a key that comes again takes its value away. */
function finite(value: Json): Json {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new YamlError(`json: unsupported value: ${goName(value)}`);
  if (typeof value === 'object' && value !== null) for (const inside of Object.values(value)) finite(inside);
  return value;
}

class Decoder {
  private nodes = 0;
  private readonly open = new Set<Node>();

  value(node: Node, depth: number): Json {
    if (++this.nodes > MAX_NODES || depth > MAX_DEPTH) throw new YamlError('document contains excessive aliasing');
    switch (node.form) {
      case 'alias':
        return this.value(node.of, depth + 1);
      case 'list':
        return this.inside(node, () => node.items.map((item) => this.value(item, depth + 1)));
      case 'map': {
        const found = new Map<string, Json>();
        this.inside(node, () => this.fill(found, node.pairs, depth));
        return Object.fromEntries(found);
      }
      case 'scalar': {
        return scalar(node);
      }
    }
  }

  private inside<T>(node: Node, run: () => T): T {
    if (this.open.has(node)) throw new YamlError("an anchor's value contains itself");
    this.open.add(node);
    const result = run();
    this.open.delete(node);
    return result;
  }

  private fill(found: Map<string, Json>, pairs: readonly (readonly [Node, Node])[], depth: number): void {
    for (const [key, value] of pairs) {
      if (key.form === 'scalar' && key.text === '<<' && (key.plain || key.tag === 'tag:yaml.org,2002:merge'))
        this.merge(found, value, depth);
      else found.set(this.key(key), this.value(value, depth + 1));
    }
  }

  private merge(found: Map<string, Json>, node: Node, depth: number): void {
    const sources = node.form === 'list' ? [...node.items].reverse() : [node];
    for (const source of sources) {
      const map = source.form === 'alias' ? source.of : source;
      if (map.form !== 'map') throw new YamlError('map merge requires map or sequence of maps as the value');
      this.inside(map, () => this.fill(found, map.pairs, depth + 1));
    }
  }

  private key(node: Node): string {
    const of = node.form === 'alias' ? node.of : node;
    if (of.form !== 'scalar') throw new YamlError('invalid map key: a list or a map');
    const value = scalar(of);
    if (value === null) throw new YamlError('unsupported map key of type: null');
    return typeof value === 'number' ? keyOf(value, of.text) : String(value);
  }
}

function scalar({ text, tag, plain }: Leaf): Scalar {
  if (tag === 'tag:yaml.org,2002:binary') return binary(text);
  return tag === '' && !plain ? text : resolve(text, tag);
}

function binary(text: string): string {
  const decoded = decodeBase64(text);
  if (decoded === undefined) throw new YamlError('!!binary value contains invalid base64 data');
  return decoded;
}

/** An integer in full; of any other number what a 32-bit float has of it. */
function keyOf(value: number, text: string): string {
  if (!Number.isFinite(value)) return goName(value).replace('+Inf', '.inf').replace('-Inf', '-.inf').replace('NaN', '.nan');
  if (/^[-+]?[0-9_]+$/.test(text) && Number.isSafeInteger(value)) return String(value);
  return Number.isSafeInteger(value) && !/[.eE]/.test(text) ? String(value) : String(Number(Math.fround(value).toPrecision(8)));
}

function goName(value: number): string {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
