import type { KubernetesObject } from '../flux';
import type { Files } from './files';

/** Where an object was written. */
export interface Origin {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** Which document of the file, from 0; a generated object has that of its generator's file. */
  readonly index: number;
}

/** One object that a build gives, and where it was written. */
export interface BuiltObject {
  /** Never changed in place: a patch makes a copy, so the same object may come out of several builds. */
  readonly object: KubernetesObject;
  readonly origin: Origin;
}

/** What one patch of a build did. */
export interface PatchReport {
  /** The file whose `patches` hold it: a kustomization.yaml, or that of the Flux Kustomization. */
  readonly file: string;
  /** Place in that list, from 0. */
  readonly index: number;
  readonly form: 'merge' | 'json6902';
  /** The entry as written. */
  readonly target: Readonly<Record<string, unknown>> | undefined;
  /** The text of the patch, or of the file it names. */
  readonly patch: string;
  /** What a JSON6902 patch does, read from its text; empty for a merge. */
  readonly operations: readonly Readonly<Record<string, unknown>>[];
  /** What it selected, before it was applied. */
  readonly matched: readonly BuiltObject[];
  /** Whether any of them is another object now, or gone. */
  readonly changed: boolean;
  /** Lists of custom kinds that a merge replaced whole although the object had another: `HelmRelease ferry/ferry spec.values.hosts`. */
  readonly replacedLists: readonly string[];
  /** Pointers of `replace` operations whose leaf was absent, so that they added it. */
  readonly addedByReplace: readonly string[];
}

export interface BuildResult {
  /** In the order in which kustomize prints them. */
  readonly objects: readonly BuiltObject[];
  readonly patches: readonly PatchReport[];
  /** Every file that was read for it, kustomization files too. */
  readonly reached: ReadonlySet<string>;
}

/** Why there is no result. */
export class BuildError extends Error {
  override readonly name = 'BuildError';

  constructor(
    /** `fails`: the real kustomize refuses it too. `unsupported`: it uses what we do not do (a remote base, a plugin), so nothing is known. */
    readonly kind: 'fails' | 'unsupported',
    /** The file it happened in. */
    readonly file: string,
    /** What is wrong, in words that name the field or object. */
    message: string,
  ) {
    super(message);
  }
}

/** A kustomization file as read: field names are kustomize's. */
export type KustomizationFile = Readonly<Record<string, unknown>>;

/**
 * What `kustomize build` prints for a folder, load restrictions off.
 *
 * @param kustomization used in place of the folder's own file: Flux merges its fields into it, or makes one where there is none
 * @throws BuildError
 */
export type Build = (files: Files, folder: string, kustomization?: KustomizationFile) => BuildResult;
