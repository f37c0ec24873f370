import { isList, isMap, isText, type JsonMap, listIn, mapIn, numberIn, textIn } from './json';

export type JsonType = 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';

/** A rule in CEL that a schema brings: `x-kubernetes-validations`. */
export interface CelRule {
  readonly rule: string;
  readonly message: string | undefined;
  readonly messageExpression: string | undefined;
  /** The field that the rule is about, below the one that has it: `.spec.name`. */
  readonly fieldPath: string | undefined;
  readonly optionalOldSelf: boolean;
}

/** Finds the definition that a reference names: `core#v1.PodSpec`, or `#3` in the same file. */
export type Resolve = (reference: string) => SchemaNode | undefined;

const TYPES: ReadonlySet<string> = new Set<JsonType>(['array', 'boolean', 'integer', 'number', 'object', 'string']);

/**
 * What a schema says of one value. Made of the JSON of a schema file, of a CRD, or of what `npm run import` says of a chart; its parts are
 * read when they are first asked for, since most of them never are.
 */
export class SchemaNode {
  readonly type: JsonType | undefined;
  readonly intOrString: boolean;
  readonly nullable: boolean;
  readonly format: string | undefined;
  readonly pattern: string | undefined;
  readonly allowed: readonly unknown[] | undefined;
  readonly required: readonly string[];
  /** `set` or `map`, where items must differ. */
  readonly listType: string | undefined;
  readonly listKeys: readonly string[];
  readonly embedded: boolean;
  /** Whether anything may stand beside the properties it lists. */
  readonly open: boolean;
  /** Whether it has bounds: of a number, a length, a count. */
  readonly bounded: boolean;
  /** Whether it asks more of a value than its type and its parts: words, a form, bounds. */
  readonly faceted: boolean;
  /** Whether it combines other schemas. */
  readonly combined: boolean;
  private readonly children = new Map<string, SchemaNode | undefined>();
  private parts: Partial<Record<'items' | 'not' | 'rest', SchemaNode | undefined>> = {};

  constructor(
    readonly raw: JsonMap,
    private readonly resolve: Resolve,
  ) {
    const type = textIn(raw, 'type');
    this.intOrString = raw['x-kubernetes-int-or-string'] === true;
    this.type = this.intOrString ? undefined : isJsonType(type) ? type : 'properties' in raw ? 'object' : undefined;
    this.nullable = raw['nullable'] === true;
    this.format = textIn(raw, 'format');
    this.pattern = textIn(raw, 'pattern');
    this.allowed = isList(raw['enum']) ? raw['enum'] : undefined;
    this.required = listIn(raw, 'required').filter(isText);
    this.listType = textIn(raw, 'x-kubernetes-list-type');
    this.listKeys = listIn(raw, 'x-kubernetes-list-map-keys').filter(isText);
    this.embedded = raw['x-kubernetes-embedded-resource'] === true;
    this.open = raw['x-kubernetes-preserve-unknown-fields'] === true || raw['additionalProperties'] === true;
    this.bounded = BOUNDS.some((bound) => bound in raw);
    this.faceted =
      this.bounded || this.allowed !== undefined || this.pattern !== undefined || this.format !== undefined || 'uniqueItems' in raw;
    this.combined = 'not' in raw || LISTS.some((word) => word in raw);
  }

  /** A bound of the value: `minimum`, `maxLength`. */
  bound(name: (typeof BOUNDS)[number]): number | undefined {
    return numberIn(this.raw, name);
  }

  /** Names of the properties it lists. */
  get names(): readonly string[] {
    return Object.keys(mapIn(this.raw, 'properties'));
  }

  /** Names of the properties that have a default. */
  get defaulted(): readonly string[] {
    this.defaults ??= Object.entries(mapIn(this.raw, 'properties')).flatMap(([name, each]) =>
      isMap(each) && 'default' in each ? [name] : [],
    );
    return this.defaults;
  }
  private defaults: readonly string[] | undefined;

  get default(): unknown {
    return this.raw['default'];
  }

  /** Whether it brings rules. */
  get ruled(): boolean {
    return 'x-kubernetes-validations' in this.raw;
  }

  get rules(): readonly CelRule[] {
    this.celRules ??= listIn(this.raw, 'x-kubernetes-validations').filter(isMap).map(ruleIn);
    return this.celRules;
  }
  private celRules: readonly CelRule[] | undefined;

  /** The schema of a property that it lists. */
  property(name: string): SchemaNode | undefined {
    if (this.children.has(name)) return this.children.get(name);
    const properties = mapIn(this.raw, 'properties');
    const child = Object.hasOwn(properties, name) ? this.nodeOf(properties[name]) : undefined;
    this.children.set(name, child);
    return child;
  }

  /** The schema of each item of a list. */
  get items(): SchemaNode | undefined {
    if (!('items' in this.parts)) this.parts.items = isMap(this.raw['items']) ? this.nodeOf(this.raw['items']) : undefined;
    return this.parts.items;
  }

  /** The schema of each value of a map whose keys are free. */
  get rest(): SchemaNode | undefined {
    if (!('rest' in this.parts)) {
      this.parts.rest = isMap(this.raw['additionalProperties']) ? this.nodeOf(this.raw['additionalProperties']) : undefined;
    }
    return this.parts.rest;
  }

  /** Schemas under a word that takes a list of them: `anyOf`. */
  each(word: (typeof LISTS)[number]): readonly SchemaNode[] {
    if (!(word in this.raw)) return NONE;
    const known = this.lists.get(word) ?? listIn(this.raw, word).map((each) => this.nodeOf(each));
    this.lists.set(word, known);
    return known;
  }
  private readonly lists = new Map<string, readonly SchemaNode[]>();

  get not(): SchemaNode | undefined {
    if (!('not' in this.parts)) this.parts.not = isMap(this.raw['not']) ? this.nodeOf(this.raw['not']) : undefined;
    return this.parts.not;
  }

  private nodeOf(raw: unknown): SchemaNode {
    return nodeOf(raw, this.resolve);
  }
}

const BOUNDS = [
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
] as const;

const LISTS = ['allOf', 'anyOf', 'oneOf', 'union'] as const;
const NONE: readonly SchemaNode[] = [];

/** The node of a schema, references followed; one that cannot be found says nothing. */
export function nodeOf(raw: unknown, resolve: Resolve): SchemaNode {
  if (!isMap(raw)) return new SchemaNode({}, resolve);
  const reference = textIn(raw, '$ref');
  if (reference !== undefined) return resolve(reference) ?? new SchemaNode({}, resolve);
  return new SchemaNode('intersection' in raw ? together(listIn(raw, 'intersection'), resolve) : raw, resolve);
}

/** One schema for a value that is of several types at once: the keys of all of them. */
function together(types: readonly unknown[], resolve: Resolve): JsonMap {
  const all = types.map((each) => nodeOf(each, resolve).raw);
  const open = all.some((raw) => raw['x-kubernetes-preserve-unknown-fields'] === true || !('properties' in raw));
  const properties = Object.assign({}, ...all.map((raw) => mapIn(raw, 'properties')));
  return { type: 'object', properties, ...(open && { 'x-kubernetes-preserve-unknown-fields': true }) };
}

function isJsonType(type: string | undefined): type is JsonType {
  return type !== undefined && TYPES.has(type);
}

function ruleIn(raw: JsonMap): CelRule {
  return {
    rule: textIn(raw, 'rule') ?? '',
    message: textIn(raw, 'message'),
    messageExpression: textIn(raw, 'messageExpression'),
    fieldPath: textIn(raw, 'fieldPath'),
    optionalOldSelf: raw['optionalOldSelf'] === true,
  };
}
