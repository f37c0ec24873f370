import type { KubernetesObject } from '../flux';
import type { Files, Origin, PatchReport } from '../kustomize';

/** A Flux repository, as the controllers of each cluster would see it. */
export interface Repository {
  readonly files: Files;
  readonly clusters: readonly EffectiveCluster[];
  /** Files that no Flux Kustomization's build reads, sorted: only YAML. */
  readonly unreached: readonly string[];
  /** What kept a part of the repository from being read or found: no entry point, an unreadable file. */
  readonly problems: readonly Problem[];
}

/** Something that could not be done, so that nothing is said of it. */
export interface Problem {
  readonly file: string;
  /** A sentence without its full stop. */
  readonly what: string;
}

/** One Flux installation. */
export interface EffectiveCluster {
  /** `production`: last part of the root's path, or the whole path where that is taken. */
  readonly name: string;
  /** The root first, the others in the order in which they are declared. */
  readonly kustomizations: readonly FluxKustomization[];
  readonly root: FluxKustomization;
}

/** A Flux Kustomization (the custom resource), and what its controller would apply. */
export interface FluxKustomization {
  /** `flux-system/redis`. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  /** Its manifest, as its parent applies it. Of a root whose manifest is not in the repository: made up from its path. */
  readonly object: KubernetesObject;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
  /** Who applies it; undefined for the root. */
  readonly parent: FluxKustomization | undefined;
  /** Folder it builds, relative to the root of the repository, without `./`. */
  readonly path: string;
  /** `spec.dependsOn`, in order. `found` is undefined where there is none of that name. */
  readonly dependsOn: readonly Dependency[];
  /** What it applies, after patches and substitution; empty where it could not be built. */
  readonly objects: readonly EffectiveObject[];
  /** Undefined where all went well. */
  readonly failure: BuildFailure | undefined;
  readonly patches: readonly PatchReport[];
  /** Every file its build read. */
  readonly reached: ReadonlySet<string>;
  readonly substitution: Substitution;
}

export interface Dependency {
  /** With the namespace it resolves to: `flux-system/redis`. */
  readonly id: string;
  readonly found: FluxKustomization | undefined;
  readonly readyExpr: string | undefined;
}

export interface BuildFailure {
  /**
   * `fails`: Flux fails too. `foreign`: its source is another repository. `unsupported`: it uses what we do not do. Only `fails` is a
   * mistake; of the others nothing is known, and rules must not guess.
   */
  readonly kind: 'fails' | 'foreign' | 'unsupported';
  readonly file: string;
  /** A sentence without its full stop. */
  readonly what: string;
}

/** What post-build substitution had to work with. */
export interface Substitution {
  /** Whether anything is substituted at all. */
  readonly active: boolean;
  /** Name and value, in the order Flux lays them over each other; values of Secrets are unknown, so they are absent here. */
  readonly values: ReadonlyMap<string, string>;
  /** Names whose value we cannot know: keys of a Secret, or `*` where a Secret or ConfigMap is not in the repository. */
  readonly unknown: ReadonlySet<string>;
  /** What Flux would fail on, object by object. */
  readonly errors: readonly SubstitutionProblem[];
}

export interface SubstitutionProblem {
  /** Undefined where it is about the Flux Kustomization itself: a reference to nothing, a key that is no variable. */
  readonly on: EffectiveObject | undefined;
  readonly kind: 'missing-source' | 'bad-name' | 'undefined-variable' | 'syntax' | 'breaks-yaml';
  /** A sentence without its full stop. */
  readonly what: string;
  /** Dotted path of the field, where it is known. */
  readonly at: string | undefined;
}

/** One object as it reaches the API server. */
export interface EffectiveObject {
  readonly object: KubernetesObject;
  /** The same before substitution; the same object where nothing was substituted. */
  readonly unsubstituted: KubernetesObject;
  readonly origin: Origin;
  readonly owner: FluxKustomization;
  /**
   * Dotted paths of fields whose value nobody can judge and nobody may print: they hold ciphertext, or a variable whose value is
   * encrypted, a Secret's or not in the repository. What stands there is ciphertext, a stand-in or the secret itself.
   *
   * @default none
   */
  readonly unknown?: ReadonlySet<string>;
}
