import type { File, Finding, KubernetesObject, Tree } from '../flux';

/** One emitted object, and the file it is in. */
export interface EmittedManifest {
  /** Relative to the root of the tree. */
  readonly path: string;
  readonly file: File;
  readonly object: KubernetesObject;
  /** The cluster whose patches made the object what it is. @default none: it is as the component has it */
  readonly cluster?: string;
}

/** What a rule says of one manifest. */
export interface Violation {
  readonly manifest: EmittedManifest;
  /** Dotted path of the field: `spec.values.replicas`. */
  readonly at: string;
  readonly found: string;
  readonly fix: string;
}

export interface Rule {
  /** Kebab-case; also the file's name. */
  readonly name: string;
  /** One sentence: what must hold. */
  readonly claim: string;
  /** What breaks in a cluster when it does not. */
  readonly because: string;
  readonly check: (manifests: Manifests) => Iterable<Violation>;
}

/** Gives a rule its type where it is written. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** The shape of a Secret, beside the encrypted ones. */
const SECRET_TEMPLATE = /^clusters\/[^/]+\/secrets\/[^/]+\.template\.yaml$/;

/** Every object of a tree, with its file, but for the templates of Secrets, which nobody applies. */
export function manifestsOf(tree: Tree): Manifests {
  const all: EmittedManifest[] = [];
  for (const [path, file] of tree) {
    if (!SECRET_TEMPLATE.test(path)) for (const object of file.objects) all.push({ path, file, object });
  }
  return manifestsFrom(all);
}

/** The violation as a finding. */
export function toFinding(rule: Rule, { manifest, at, found, fix }: Violation): Finding {
  const { kind, metadata } = manifest.object;
  const { cluster } = manifest;
  const name = ['namespace', 'name'].map((key) => textAt(metadata, key)).filter((part) => part !== undefined);
  const file = cluster === undefined ? manifest.path : `clusters/${cluster}/infrastructure.yaml`;
  const where = `${kind} ${name.join('/')}, ${at}${cluster === undefined ? '' : `, as patched in ${cluster}`}`;
  return { rule: rule.name, file, what: found, where, why: rule.because, fix };
}

/** Only the manifests of one kind. */
export function ofKind(manifests: Manifests, kind: string): readonly EmittedManifest[] {
  return manifests.byKind.get(kind) ?? [];
}

/** All manifests, and each kind's: sorted once, since every rule asks for some kind. */
export interface Manifests extends Iterable<EmittedManifest> {
  readonly byKind: ReadonlyMap<string, readonly EmittedManifest[]>;
}

/** Sorts manifests by kind. */
export function manifestsFrom(all: readonly EmittedManifest[]): Manifests {
  const byKind = new Map<string, EmittedManifest[]>();
  for (const manifest of all) {
    const known = byKind.get(manifest.object.kind);
    if (known) known.push(manifest);
    else byKind.set(manifest.object.kind, [manifest]);
  }
  return { byKind, [Symbol.iterator]: () => all[Symbol.iterator]() };
}

/** What stands at a path of keys; undefined where there is nothing. */
export function at(node: unknown, ...path: readonly string[]): unknown {
  let found = node;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** The text at a path of keys; undefined where there is none. */
export function textAt(node: unknown, ...path: readonly string[]): string | undefined {
  const found = at(node, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** Dotted path and value of every scalar under `node`. */
export function leaves(node: unknown): readonly (readonly [path: string, value: unknown])[] {
  const found: (readonly [string, unknown])[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) found.push([path, value]);
    else for (const key of Object.keys(value)) visit(Reflect.get(value, key), path === '' ? key : `${path}.${key}`);
  };
  visit(node, '');
  return found;
}
