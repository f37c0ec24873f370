import { isMap, isText, type JsonMap, listIn, mapIn, textIn } from './json';
import { nodeOf, type Resolve, SchemaNode } from './schema-node';

/** Gives the text of a file of imports/schemas, by its path in there; undefined where there is none. */
export type LoadSchema = (file: string) => string | undefined;

/** One file of imports/schemas: kinds of one group, or the values of one chart. */
export class SchemaFile {
  private readonly nodes = new Map<string, SchemaNode | undefined>();

  constructor(
    private readonly content: JsonMap,
    /** Finds a reference into another file: `core#v1.PodSpec`. */
    private readonly elsewhere: Resolve,
    /** Whether it is about Kubernetes' own kinds, which are read more kindly than custom ones. */
    readonly isOfKubernetes = false,
  ) {}

  /** What the file says of its chart. */
  get about(): JsonMap {
    return mapIn(this.content, 'about');
  }

  /** Names of the kinds it knows. */
  get kinds(): readonly string[] {
    return Object.keys(mapIn(this.content, 'kinds'));
  }

  /** What the file says of a kind; undefined where it has none of that name. */
  kind(kind: string): JsonMap | undefined {
    const kinds = mapIn(this.content, 'kinds');
    const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    return isMap(found) ? found : undefined;
  }

  /** Versions in which a kind is served; undefined where it has no such kind. */
  versions(kind: string): readonly string[] | undefined {
    const found = this.kind(kind);
    return found && listIn(found, 'versions').filter(isText);
  }

  scope(kind: string): string | undefined {
    return textIn(this.kind(kind) ?? {}, 'scope');
  }

  /** The schema of a version of a kind; undefined where it has none. */
  schema(version: string, kind: string): SchemaNode | undefined {
    return this.node('schemas', `${version} ${kind}`);
  }

  /** The type of all values of the chart. */
  get values(): SchemaNode {
    this.root ??= new SchemaNode({ type: 'object', properties: mapIn(this.content, 'values') }, this.resolve);
    return this.root;
  }
  private root: SchemaNode | undefined;

  definition(name: string): SchemaNode | undefined {
    return this.node('definitions', name);
  }

  private readonly resolve: Resolve = (reference) =>
    reference.startsWith('#') ? this.definition(reference.slice(1)) : this.elsewhere(reference);

  private node(part: 'schemas' | 'definitions', name: string): SchemaNode | undefined {
    const key = `${part} ${name}`;
    if (this.nodes.has(key)) return this.nodes.get(key);
    const all = mapIn(this.content, part);
    const made = Object.hasOwn(all, name) ? nodeOf(all[name], this.resolve) : undefined;
    this.nodes.set(key, made);
    return made;
  }
}

/** The content of a schema file; undefined for what is none. */
export function contentOf(text: string | undefined): JsonMap | undefined {
  if (text === undefined) return undefined;
  try {
    const content: unknown = JSON.parse(text);
    return isMap(content) ? content : undefined;
  } catch {
    return undefined;
  }
}
