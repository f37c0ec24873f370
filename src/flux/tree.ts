import type { KubernetesObject } from './manifest';

/** One file of the GitOps repository. */
export interface File {
  /** The whole text, header included. */
  readonly text: string;
  /** The objects in it, in order. */
  readonly objects: readonly KubernetesObject[];
  /** The file an author changes to change it: `src/components/redis.ts`. */
  readonly source: string;
}

/** The repository: path relative to its root, and file, sorted by path. All checkers read this, however it was made. */
export type Tree = ReadonlyMap<string, File>;

/** Only the texts, as they are written. */
export function texts(tree: Tree): ReadonlyMap<string, string> {
  return new Map([...tree].map(([path, { text }]) => [path, text]));
}
