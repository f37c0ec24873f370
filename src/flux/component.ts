import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Duration } from './duration';
import { refuse } from './finding';
import { checkId, checkLabel, checkObjectName, checkSecretKey } from './names';
import type { FluxRepo } from './repo';
import { type Origin, type SecretProps, SecretRef } from './secret';
import { ESCAPED } from './yaml';

/** A Git repository that is not ours, from which a component is taken as it is. */
export interface ForeignSource {
  /** Name of the GitRepository object, in namespace flux-system. */
  readonly name: string;
  readonly url: string;
  /** Pinned: a branch would change under our feet. */
  readonly tag: string;
  /** What of the repository Flux keeps, gitignore syntax. */
  readonly ignore: string;
  /** Folder in that repository, `./config/crd`. */
  readonly path: string;
}

/** What a component brings that its own manifests do not show: what charts and operators make in the cluster. */
export interface Provides {
  /** API groups of the CRDs: `cert-manager.io`. */
  readonly groups?: readonly string[];
  readonly storageClasses?: readonly string[];
}

/** A rule that a component may break, and why. */
export interface Acceptance {
  readonly rule: string;
  readonly because: string;
  /** The last day on which it holds, `2027-01-31`. @default for ever */
  readonly until?: string | undefined;
}

export interface ComponentProps<Needs extends string> {
  /** Folder of its manifests, relative to the repository's root. @default `namespaces/<name>` */
  readonly directory?: string;
  /** Where its namespaced objects live. @default the component's name */
  readonly namespace?: string;
  /** How long Flux waits for everything in it to become ready. @default '10m', the specification's */
  readonly timeout?: Duration;
  /** Taken from another repository as it is; the component then has no manifests of its own. */
  readonly source?: ForeignSource;
  readonly provides?: Provides;
  /** The file it is written in. @default `src/components/<folder>.ts` */
  readonly sourceFile?: string;
  /** Why it needs a component, where its manifests do not show it: the reason stands as a comment beside the edge. */
  readonly because?: { readonly [Need in Needs]?: string };
}

/**
 * One directory of manifests, `namespaces/<name>/`, shared by every cluster. What differs between clusters is a variable or
 * a patch.
 *
 * @typeParam Name the Flux Kustomization; also directory and namespace, unless they are given
 * @typeParam Needs names of the Flux Kustomizations that must be Ready before this one
 */
export abstract class Component<Name extends string, Needs extends string = never> extends Chart {
  /** Chart calls everything an instance that looks like a Chart; a component is one only by class. */
  static override [Symbol.hasInstance](value: unknown): value is AnyComponent {
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** Lets `Cluster.deploy` read `Needs`; it has no value. */
  declare readonly _needs: Needs;
  /** Set by Chart from the constructor's argument. */
  declare readonly namespace: string;

  readonly name: Name;
  readonly directory: string;
  /** The file an author changes to change this component's manifests. */
  readonly sourceFile: string;
  readonly timeout: Duration;
  /** Whether those that depend on it wait until its objects are ready, or only until they are applied. */
  readonly wait: boolean = true;
  readonly source: ForeignSource | undefined;
  /** Whether it has a folder of its own, the same for all clusters. */
  readonly ownsFolder: boolean = true;
  readonly provides: Provides;
  readonly because: { readonly [name: string]: string | undefined };
  readonly secrets: readonly SecretRef[] = [];
  readonly accepted: readonly Acceptance[] = [];

  constructor(repo: FluxRepo, name: Name, props: ComponentProps<Needs> = {}) {
    checkLabel(name, 'component', 'src/components');
    checkId(repo.components, name, 'src/components');
    super(repo.components, name, { namespace: props.namespace ?? name, disableResourceNameHashes: true });
    this.name = name;
    this.directory = props.directory ?? `namespaces/${name}`;
    this.sourceFile = props.sourceFile ?? sourceOf(name, this.directory);
    this.timeout = props.timeout ?? '10m';
    this.source = props.source;
    this.provides = props.provides ?? {};
    this.because = props.because ?? {};
    checkDirectory(this.directory, this.sourceFile);
    for (const [need, reason] of Object.entries(this.because)) checkOneLine(this.sourceFile, `because: ${need}`, reason ?? '');
  }

  /**
   * Lets this component break a rule, for a reason that holds here and nowhere else. A finding once it no longer breaks it.
   *
   * @param until the last day on which it holds, `2027-01-31`; for ever where none is given
   */
  protected accept(rule: string, because: string, until?: string): void {
    (this.accepted as Acceptance[]).push({ rule, because, until });
  }

  /**
   * Declares a Secret that each cluster keeps SOPS-encrypted in `clusters/<cluster>/secrets/`.
   *
   * @param origins each key, and where its value comes from
   */
  protected secret<const Key extends string>(name: string, origins: Readonly<Record<Key, Origin>>, props?: SecretProps): SecretRef<Key> {
    checkObjectName(name, 'v1', 'Secret', this.sourceFile);
    for (const [key, origin] of Object.entries<Origin>(origins)) {
      checkSecretKey(key, name, this.sourceFile);
      checkOneLine(this.sourceFile, `this.secret('${name}', …), ${key}`, origin);
    }
    if (props?.optional !== undefined) checkOneLine(this.sourceFile, `this.secret('${name}', …), optional`, props.optional);
    const ref = new SecretRef(this.name, this.sourceFile, props?.namespace ?? this.namespace, name, origins, props);
    (this.secrets as SecretRef[]).push(ref);
    return ref;
  }
}

/** Any component, where its name and needs do not matter. */
export type AnyComponent = Component<string, string>;

/**
 * Monitors and alerts, apart from what they watch: only `monitoring` brings their CRDs, and nothing waits for them.
 *
 * @typeParam Watched the Flux Kustomizations whose namespaces and endpoints it watches
 */
export abstract class Monitoring<Name extends `${string}-monitoring`, Watched extends string> extends Component<
  Name,
  'monitoring' | Watched
> {
  declare readonly _monitors: true;

  override readonly wait = false;

  constructor(repo: FluxRepo, name: Name, props: Omit<ComponentProps<'monitoring' | Watched>, 'timeout' | 'source'>) {
    super(repo, name, { timeout: '5m', ...props });
  }
}

/** Any monitoring component: the only place for monitors and alerts. */
export type AnyMonitoring = Monitoring<`${string}-monitoring`, string>;

/** A folder with its own kustomization.yaml, below the component's or beside it. */
export class Directory extends Construct {
  /** Relative to the component's folder. */
  readonly path: string;

  constructor(scope: AnyComponent, id: string, props: { readonly path?: string } = {}) {
    checkId(scope, id, scope.sourceFile);
    super(scope, id);
    this.path = props.path ?? id;
  }
}

/** One file for several objects that are read together; everything else is one object a file. */
export class Documents extends Construct {
  constructor(scope: AnyComponent | Directory, id: string) {
    checkId(scope, id, componentOf(scope).sourceFile);
    super(scope, id);
  }
}

/** The component that `scope` belongs to. */
export function componentOf(scope: Construct): AnyComponent {
  for (let at: Construct | undefined = scope; at; at = at.node.scope) {
    if (at instanceof Component) return at;
  }
  return refuse({
    rule: 'manifest-outside-component',
    file: scope.node.path || 'the repository',
    what: 'a manifest stands outside a component',
    where: `construct ${scope.node.path || '(root)'}`,
    why: 'nothing would apply it: Flux reads the directories of components',
    fix: 'make it in the constructor of a Component, with `this` as its scope',
  });
}

/** `src/components/` has one file for each folder below `namespaces/`; a component elsewhere has one of its own name. */
function sourceOf(name: string, directory: string): string {
  const [room, folder, ...below] = directory.split('/');
  return `src/components/${room === 'namespaces' && below.length === 0 ? folder : name}.ts`;
}

function checkDirectory(directory: string, file: string): void {
  if (/^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/.test(directory)) return;
  refuse({
    rule: 'invalid-name',
    file,
    what: `${JSON.stringify(directory)} cannot be a component's folder`,
    where: 'directory',
    why: 'it is a path from the root of the repository, and Flux reads nothing above it',
    fix: 'write it as `namespaces/redis`, without `..` and without a slash at either end',
  });
}

/** What stands as a comment in the output must fit behind a line. */
function checkOneLine(file: string, where: string, text: string): void {
  if (text.trim() !== '' && !/[\n\t]/.test(text) && !ESCAPED.test(text)) return;
  refuse({
    rule: 'not-one-line',
    file,
    what: `${JSON.stringify(text)} cannot be a comment`,
    where,
    why: 'it stands in the manifests, at the end of a line',
    fix: 'give one line of text, without tabs, no-break spaces and other characters that nobody sees',
  });
}
