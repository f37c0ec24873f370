/** What strategic merge knows of one type. Numbers are places in `MergeTable.nodes`; 0 is a type with nothing to merge below it. */
export interface MergeNode {
  readonly fields?: Readonly<Record<string, number>>;
  /** All fields that are not named. */
  readonly values?: number;
  readonly items?: number;
  /** For a list that is merged: the fields by which items are matched; `['']` matches scalars by their value. */
  readonly merge?: readonly string[];
}

/** What kustomize knows of Kubernetes' own kinds. It is that of Kubernetes 1.21, so some kinds of today are strangers to it. */
export interface MergeTable {
  /** `v1 Namespace`. */
  readonly clusterScoped: readonly string[];
  /** From `apps/v1 Deployment` to the place of its node. */
  readonly types: Readonly<Record<string, number>>;
  readonly nodes: readonly MergeNode[];
}

let table: MergeTable | undefined;

/** Read at first use: a plain synth never comes here. */
export function mergeTable(): MergeTable {
  table ??= load();
  return table;
}

function load(): MergeTable {
  const read: MergeTable = require('../../imports/merge-keys.json');
  return read;
}

/** The node of a kind; undefined where kustomize does not know it. */
export function nodeOfKind(apiVersion: string, kind: string): MergeNode | undefined {
  const { types, nodes } = mergeTable();
  const place = Object.hasOwn(types, `${apiVersion} ${kind}`) ? types[`${apiVersion} ${kind}`] : undefined;
  return place === undefined ? undefined : nodes[place];
}

/** The node of a field; undefined where the type has no such field. */
export function nodeOfField(node: MergeNode | undefined, key: string): MergeNode | undefined {
  const { fields, values } = node ?? {};
  const place = fields && Object.hasOwn(fields, key) ? fields[key] : values;
  return place === undefined ? undefined : mergeTable().nodes[place];
}

export function nodeOfItems(node: MergeNode | undefined): MergeNode | undefined {
  return node?.items === undefined ? undefined : mergeTable().nodes[node.items];
}
