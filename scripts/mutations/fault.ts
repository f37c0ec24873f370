/** Path and text of every file of a tree. */
export type Texts = Map<string, string>;

/** One deliberate mistake, and the rule that is meant for it. */
export interface Fault {
  /** What a person did wrong, in a few words. */
  readonly mistake: string;
  /** The rule that must find it. */
  readonly rule: string;
  /** Makes the mistake. Throws where the tree no longer has what it changes. */
  readonly plant: (tree: Texts) => void;
}

/** Puts one text in place of another, in one file; both the file and the text must be there. */
export function replace(path: string, from: string | RegExp, to: string): (tree: Texts) => void {
  return (tree) => {
    const before = read(tree, path);
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`${path} holds no ${String(from)}`);
    tree.set(path, after);
  };
}

/** The same within one Flux Kustomization of a cluster. */
export function replaceIn(cluster: string, name: string, from: string | RegExp, to: string): (tree: Texts) => void {
  return (tree) => {
    const path = `clusters/${cluster}/infrastructure.yaml`;
    const documents = read(tree, path).split(/^---\n/m);
    const index = documents.findIndex((text) => /^kind: Kustomization$/m.test(text) && text.includes(`\n  name: ${name}\n`));
    const before = documents[index];
    const after = before?.replace(from, () => to);
    if (before === undefined || after === undefined || after === before) throw new Error(`${name} of ${cluster} holds no ${String(from)}`);
    documents[index] = after;
    tree.set(path, documents.join('---\n'));
  };
}

/** Takes an edge away. */
export function withoutEdge(cluster: string, from: string, to: string): (tree: Texts) => void {
  return replaceIn(cluster, from, new RegExp(`    - name: ${to}(  #[^\n]*)?\n`), '');
}

/** Adds an edge to a Flux Kustomization that has some. */
export function withEdge(cluster: string, from: string, to: string): (tree: Texts) => void {
  return replaceIn(cluster, from, '  dependsOn:\n', `  dependsOn:\n    - name: ${to}\n`);
}

/** Adds fields to the spec of a Flux Kustomization; `lines` are indented by two. */
export function withField(cluster: string, name: string, lines: string): (tree: Texts) => void {
  return replaceIn(cluster, name, '\nspec:\n', `\nspec:\n${lines}\n`);
}

/** Puts a new file down, and lists it in the kustomization.yaml beside it unless `listed` is false. */
export function add(path: string, text: string, listed = true): (tree: Texts) => void {
  return (tree) => {
    tree.set(path, text);
    const folder = path.slice(0, path.lastIndexOf('/'));
    const list = `${folder}/kustomization.yaml`;
    if (listed) tree.set(list, read(tree, list).replace('resources:\n', `resources:\n  - ${path.slice(folder.length + 1)}\n`));
  };
}

/** Takes a file away, the list beside it still naming it. */
export function remove(path: string): (tree: Texts) => void {
  return (tree) => {
    read(tree, path);
    tree.delete(path);
  };
}

/** Several changes that are one mistake. */
export function all(...changes: readonly ((tree: Texts) => void)[]): (tree: Texts) => void {
  return (tree) => {
    for (const change of changes) change(tree);
  };
}

function read(tree: Texts, path: string): string {
  const text = tree.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}
