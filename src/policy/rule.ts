import type { EffectiveObject, FluxKustomization, Repository } from '../effective';
import type { Severity } from '../flux/finding';

/** What a rule says of one thing. */
export interface Violation {
  /** An object as a cluster gets it, a Flux Kustomization, or a file that none of them may apply. */
  readonly on: EffectiveObject | FluxKustomization | FileInRepository;
  /** Dotted path of the field, lists as `[0]`: `spec.values.hosts[0]`. Empty: the whole. */
  readonly at: string;
  /** What was found, with the value received; never a Secret's. */
  readonly found: string;
  /** What to do. */
  readonly fix: string;
  /** @default the rule's */
  readonly severity?: Severity;
  /** What breaks, where it is not what the rule says. @default the rule's */
  readonly because?: string;
}

/** A file, by its path from the root of the repository. */
export interface FileInRepository {
  readonly file: string;
  /** From 1. */
  readonly line?: number;
}

export interface Rule {
  /** Kebab-case; also the file's name. */
  readonly name: string;
  /** What it is called in lists that people know: `S04`, `F60`; the first one sorts the page of rules. */
  readonly ids: readonly string[];
  /** One sentence: what must hold. No full stop. */
  readonly claim: string;
  /** What breaks in a cluster when it does not. No full stop. */
  readonly because: string;
  /** Where it comes from: the specification's section, an issue (`fluxcd/kustomize-controller#1194`), the code or page that shows it. */
  readonly evidence: string;
  /** `error`: it cannot work, or loses data. `warning`: it works by luck, or does harm later. `info`: style or speed. */
  readonly severity: Severity;
  /** What mends it, in general; each finding has its own. No full stop. */
  readonly fix: string;
  /** Whether it looks at one object at a time, so that it can speak of a repository that is not whole. @default false */
  readonly local?: boolean;
  readonly check: (repository: Repository, context: Context) => Iterable<Violation>;
}

/** What rules may ask besides the repository. */
export interface Context {
  /** Nothing is said of kinds and charts without a schema. */
  readonly schemas: SchemaSource;
  /** Whether the repository's CRDs are those the schemas were made from. @default false: another repository may run other versions */
  readonly pinned?: boolean;
}

/** Schemas of kinds and of chart values, loaded when they are asked for. */
export interface SchemaSource {
  /** Text of `imports/schemas/<file>`; undefined where there is none. */
  readonly load: (file: string) => string | undefined;
}

/** Gives a rule its type where it is written. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** `HelmRelease ferry/ferry`, `Namespace ferry`. */
export function nameOf(object: { readonly kind: string; readonly metadata?: object }): string {
  const parts = ['namespace', 'name'].map((key) => textAt(object.metadata, key)).filter((part) => part !== undefined);
  return `${object.kind} ${parts.join('/')}`;
}

/** The API group of an object: '' for the core. */
export function groupOf({ apiVersion }: { readonly apiVersion: string }): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** What stands at a path of keys; undefined where there is nothing. */
export function at(node: unknown, ...path: readonly (string | number)[]): unknown {
  let found = node;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** The text at a path of keys; undefined where there is none. */
export function textAt(node: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(node, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The list at a path of keys; empty where there is none. */
export function listAt(node: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(node, ...path);
  return Array.isArray(found) ? found : [];
}

/** The map at a path of keys; empty where there is none. */
export function mapAt(node: unknown, ...path: readonly (string | number)[]): Readonly<Record<string, unknown>> {
  const found = at(node, ...path);
  return isMap(found) ? found : {};
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Dotted path and value of every scalar under `node`; places in lists as `[0]`. */
export function leaves(node: unknown): readonly (readonly [path: string, value: unknown])[] {
  const found: (readonly [string, unknown])[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) found.push([path, value]);
    else if (Array.isArray(value)) for (let index = 0; index < value.length; index++) visit(value[index], `${path}[${index}]`);
    else for (const key of Object.keys(value)) visit(Reflect.get(value, key), path === '' ? key : `${path}.${key}`);
  };
  visit(node, '');
  return found;
}
