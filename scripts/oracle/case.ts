/** A repository, a folder of it, and the Flux Kustomization that applies it. */
export interface OracleCase {
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The folder, without `./`; '' is the root. */
  readonly path: string;
  /** Of the Flux Kustomization. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** What variables come from: `ConfigMap/name` or `Secret/name`, then its data in clear. @default none */
  readonly sources?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether a variable without a value is an error. @default true */
  readonly strict?: boolean;
}

/** A folder on the disk in place of files. */
export interface DiskCase extends Pick<OracleCase, 'path' | 'spec' | 'sources' | 'strict'> {
  readonly dir: string;
}

/** What is applied, in order, or why nothing is. */
export type Outcome = { readonly objects: readonly unknown[] } | { readonly error: string };
