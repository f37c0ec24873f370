import type { File, Finding, KubernetesObject, Tree } from '../flux';

/** One emitted object, and the file it is in. */
export interface EmittedManifest {
  /** Relative to the root of the tree. */
  readonly path: string;
  readonly file: File;
  readonly object: KubernetesObject;
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
  readonly check: (manifests: readonly EmittedManifest[]) => Iterable<Violation>;
}

/** Gives a rule its type where it is written. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** Every object of a tree, with its file, but for the templates of Secrets, which nobody applies. */
export function manifestsOf(tree: Tree): readonly EmittedManifest[] {
  return [...tree].flatMap(([path, file]) =>
    path.endsWith('.template.yaml') ? [] : file.objects.map((object) => ({ path, file, object })),
  );
}

/** The violation as a finding. */
export function toFinding(rule: Rule, { manifest, at, found, fix }: Violation): Finding {
  const { kind, metadata } = manifest.object;
  const name = ['namespace', 'name'].map((key) => textAt(metadata, key)).filter((part) => part !== undefined);
  return { rule: rule.name, file: manifest.path, what: found, where: `${kind} ${name.join('/')}, ${at}`, why: rule.because, fix };
}

/** Only the manifests of one kind. */
export function ofKind(manifests: readonly EmittedManifest[], kind: string): readonly EmittedManifest[] {
  return manifests.filter(({ object }) => object.kind === kind);
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
export function* leaves(node: unknown, path = ''): Iterable<readonly [string, unknown]> {
  if (typeof node !== 'object' || node === null) {
    yield [path, node];
    return;
  }
  for (const [key, value] of Object.entries(node)) yield* leaves(value, path === '' ? key : `${path}.${key}`);
}
