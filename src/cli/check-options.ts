/** How what was found is printed. */
export const FORMATS = ['text', 'json', 'sarif'] as const;

export interface CheckOptions {
  /** The root of a Flux repository. @default the tree of this project, in memory */
  readonly folder?: string | undefined;
  /** Only the cluster whose root builds this folder: `clusters/production`. @default all */
  readonly cluster?: string | undefined;
  /** @default 'text' */
  readonly format?: (typeof FORMATS)[number] | undefined;
  /** Warnings fail too. */
  readonly strict?: boolean | undefined;
  /** Show infos. */
  readonly info?: boolean | undefined;
  /** Only these rules. @default all */
  readonly rule?: readonly string[] | undefined;
  /** Without these rules. @default none */
  readonly skip?: readonly string[] | undefined;
}
