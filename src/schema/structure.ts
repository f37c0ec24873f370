import { duplicates } from './duplicates';
import { facets, type Show } from './facets';
import { isList, isMap, isText } from './json';
import type { SchemaProblem } from './problem';
import type { SchemaNode } from './schema-node';
import { meant } from './suggestion';
import { fits, misfit } from './type-fit';
import { anyOf, below } from './wording';

/** How a null is taken, and what an empty word is. */
export interface Manner {
  /** Whether a null is a missing value everywhere: in Kubernetes' own kinds, and in Helm's values. */
  readonly nullIsMissing: boolean;
  /** Whether empty text is a missing word: in Kubernetes' own kinds. */
  readonly emptyIsMissing: boolean;
  readonly show: Show;
}

/** A value with rules of its own, to be held against them once the whole object is well formed. */
export interface Ruled {
  readonly node: SchemaNode;
  readonly value: unknown;
  readonly at: string;
}

/** Walks an object and its schema together; finds what is wrong with its form, and collects who has rules. */
export class Structure {
  readonly problems: SchemaProblem[] = [];
  readonly ruled: Ruled[] = [];

  constructor(private readonly manner: Manner) {}

  visit(node: SchemaNode, value: unknown, at: string): void {
    if (value === null && (this.manner.nullIsMissing || node.nullable)) return;
    if (!fits(node, value)) {
      this.problems.push({ at, ...misfit(node, value, this.manner.show) });
      return;
    }
    if (node.faceted) this.look(node, value, at);
    if (isMap(value)) this.visitMap(node, value, at);
    else if (isList(value)) this.visitList(node, value, at);
    if (node.combined) this.combine(node, value, at);
    if (node.ruled) this.ruled.push({ node, value, at });
  }

  /** Only what a schema demands of a value that another one describes: neither types nor unknown fields. */
  demand(node: SchemaNode, value: unknown, at: string): void {
    if (value === null && node.type === undefined) return;
    if (!fits(node, value)) {
      this.problems.push({ at, ...misfit(node, value, this.manner.show) });
      return;
    }
    if (node.faceted) this.look(node, value, at);
    if (isMap(value)) {
      this.missing(node, value, at);
      for (const name of node.names) {
        const child = node.property(name);
        if (child && Object.hasOwn(value, name)) this.demand(child, value[name], below(at, name));
      }
    } else if (isList(value) && node.items) {
      for (const [index, item] of value.entries()) this.demand(node.items, item, `${at}[${index}]`);
    }
    if (node.combined) this.combine(node, value, at);
  }

  private look(node: SchemaNode, value: unknown, at: string): void {
    if (this.manner.emptyIsMissing && value === '') return;
    for (const facet of facets(node, value, this.manner.show)) this.problems.push({ at, ...facet });
  }

  private visitMap(node: SchemaNode, value: Readonly<Record<string, unknown>>, at: string): void {
    this.missing(node, value, at);
    const { rest } = node;
    for (const key of Object.keys(value)) {
      const child = node.property(key) ?? rest;
      if (child) this.visit(child, value[key], below(at, key));
      else if (node.type === 'object' && !node.open && !isImplied(node, key)) this.unknown(node, key, at);
    }
  }

  private missing(node: SchemaNode, value: Readonly<Record<string, unknown>>, at: string): void {
    const required = node.embedded ? [...node.required, 'apiVersion', 'kind'] : node.required;
    for (const name of required) {
      if (Object.hasOwn(value, name) && !(this.manner.nullIsMissing && value[name] === null)) continue;
      this.problems.push({ at: below(at, name), kind: 'required', what: `the field ${name} is missing`, fix: `add ${name}` });
    }
  }

  private unknown(node: SchemaNode, key: string, at: string): void {
    const near = meant(key, node.names);
    const what = `there is no field ${key} here`;
    const fix =
      near !== undefined
        ? `write ${near}`
        : node.names.length === 0
          ? 'take it out'
          : `take it out, or write ${anyOf([...node.names].sort())}`;
    this.problems.push({ at: below(at, key), kind: 'unknown-field', what, fix });
  }

  private visitList(node: SchemaNode, value: readonly unknown[], at: string): void {
    const { items } = node;
    if (items) for (const [index, item] of value.entries()) this.visit(items, item, `${at}[${index}]`);
    if (node.listType !== undefined) this.problems.push(...duplicates(node, value, at));
  }

  private combine(node: SchemaNode, value: unknown, at: string): void {
    for (const each of node.each('allOf')) this.demand(each, value, at);
    this.alternatives(node.each('anyOf'), value, at, false);
    this.alternatives(node.each('oneOf'), value, at, true);
    const { not } = node;
    if (not && this.tried(not, value, at).length === 0) {
      this.problems.push({ at, kind: 'rule', what: `it must not have the form ${describe(not)}`, fix: 'change it' });
    }
    this.union(node.each('union'), value, at);
  }

  private alternatives(forms: readonly SchemaNode[], value: unknown, at: string, one: boolean): void {
    if (forms.length === 0) return;
    const tried = forms.map((form) => this.tried(form, value, at));
    const fitting = tried.filter((problems) => problems.length === 0).length;
    if (fitting === 1 || (fitting > 1 && !one)) return;
    const described = forms.map(describe);
    if (fitting > 1) {
      const both = described.filter((_, index) => tried[index]?.length === 0);
      this.problems.push({
        at,
        kind: 'rule',
        what: `it has ${both.join(' and ')}, of which only one may be there`,
        fix: 'keep one of them',
      });
      return;
    }
    const [only] = [...tried].sort((a, b) => a.length - b.length);
    const missing = tried.every((problems) => problems.every(({ kind }) => kind === 'required'));
    if (missing) {
      this.problems.push({
        at,
        kind: 'required',
        what: `${anyOf(described)} is missing`,
        fix: `add ${one ? 'exactly one' : 'one'} of them`,
      });
    } else if (only?.[0]) this.problems.push({ ...only[0], what: `it has none of the forms that are allowed: ${only[0].what}` });
  }

  private tried(form: SchemaNode, value: unknown, at: string): readonly SchemaProblem[] {
    const inner = new Structure(this.manner);
    inner.demand(form, value, at);
    return inner.problems.filter(({ notChecked }) => !notChecked);
  }

  /** Types of which a chart's value may have any: what is said is that of the type it comes nearest to. */
  private union(types: readonly SchemaNode[], value: unknown, at: string): void {
    if (types.length === 0) return;
    const fitting = types.filter((type) => fits(type, value));
    if (fitting.length === 0) {
      const wanted = [...new Set(types.map(describe))];
      this.problems.push({ at, kind: 'type', what: `${this.manner.show(value)} is not ${anyOf(wanted)}`, fix: `write ${anyOf(wanted)}` });
      return;
    }
    let nearest: Structure | undefined;
    for (const type of fitting) {
      const inner = new Structure(this.manner);
      inner.visit(type, value, at);
      if (inner.problems.length === 0) return;
      if (nearest === undefined || inner.problems.length < nearest.problems.length) nearest = inner;
    }
    if (nearest) this.problems.push(...nearest.problems);
  }
}

/** Fields that an object inside an object has besides those listed. */
function isImplied(node: SchemaNode, key: string): boolean {
  return node.embedded && ['apiVersion', 'kind', 'metadata'].includes(key);
}

/** What an alternative is about: the fields it demands, its words, or its type. */
function describe(form: SchemaNode): string {
  if (form.required.length > 0) return form.required.join(' with ');
  if (form.allowed) return anyOf(form.allowed.map((word) => (isText(word) ? word : JSON.stringify(word))));
  const fields = form.names;
  if (fields.length > 0 && form.type === undefined) return fields.join(' with ');
  const words = {
    array: 'a list',
    boolean: 'true or false',
    integer: 'a whole number',
    number: 'a number',
    object: 'a map',
    string: 'text',
  };
  if (form.type !== undefined) return words[form.type];
  const inner = [...form.each('allOf'), ...form.each('anyOf'), ...form.each('oneOf')].map(describe);
  return inner.length > 0 ? anyOf(inner) : (form.pattern ?? form.format ?? 'another form');
}
