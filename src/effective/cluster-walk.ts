import type { KubernetesObject } from '../flux';
import type { BuiltObject } from '../kustomize';
import { fieldOf, listOf, textOf } from './fields';
import { type Built, type FluxBuild, failed } from './flux-build';
import { isFluxKustomization, nameOf, namespaceOf, specOf } from './flux-objects';
import { commonMetadataOf, withMetadata } from './metadata';
import type { Dependency, EffectiveCluster, EffectiveObject, FluxKustomization, Substitution, SubstitutionProblem } from './model';
import { introduce } from './order';
import type { RawObject } from './raw-objects';
import { pathFromRoot } from './repository-path';
import { ciphertextIn, decrypted, decrypts, isEncrypted } from './sops';
import { type SourceReference, sourceRefOf } from './source-of-truth';
import { badNames, substituted } from './substitution';
import { isLeftAlone } from './templates';
import { sourceReferences, type Variables, variablesFor } from './variables';

/** What a cluster is worked out from. */
export interface Walk {
  readonly root: RawObject;
  readonly name: string;
  readonly builds: FluxBuild;
  /** Whether a source is this repository. */
  readonly isOwn: (reference: SourceReference) => boolean;
}

/** What each Flux Kustomization of a cluster applies, from the root on. */
export function walk(from: Walk): EffectiveCluster {
  return new Cluster(from).finished();
}

type Node = { -readonly [K in keyof FluxKustomization]: FluxKustomization[K] } & { readonly children: Node[]; built: Built };

/** Sources whose artifact is what somebody pushed: paths in it need not begin at the root of the repository. */
const PUSHED: ReadonlySet<string> = new Set(['OCIRepository', 'Bucket']);

const INACTIVE: Substitution = { active: false, values: new Map(), unknown: new Set(), errors: [] };

class Cluster {
  private readonly known = new Map<string, Node>();
  /** ConfigMaps and Secrets that are applied, by `ConfigMap flux-system/cluster-vars`. */
  private readonly configs = new Map<string, KubernetesObject>();
  private readonly root: Node;
  private queue: Node[] = [];
  private waiting: Node[] = [];

  constructor(private readonly from: Walk) {
    this.root = this.declare(from.root, undefined);
  }

  /**
   * Variables may come from a ConfigMap that any Flux Kustomization applies: those whose ConfigMap has not turned up yet wait for the
   * others, and the last ones look at what is about to be applied.
   */
  finished(): EffectiveCluster {
    while (this.queue.length + this.waiting.length > 0) {
      const ready = this.queue.filter((node) => this.hasSources(node));
      this.waiting.push(...this.queue.filter((node) => !this.hasSources(node)));
      this.queue = [];
      for (const node of ready) this.apply(node);
      if (this.queue.length > 0) continue;
      const now = this.waiting.filter((node) => this.hasSources(node));
      const stuck = now.length === 0 ? this.waiting : now;
      this.waiting = now.length === 0 ? [] : this.waiting.filter((node) => !now.includes(node));
      if (now.length === 0) for (const node of stuck) for (const { object } of node.built.objects) this.note(object, false);
      for (const node of stuck) this.apply(node);
    }
    const { name } = this.from;
    const kustomizations = [...inOrder(this.root)];
    for (const node of kustomizations) node.dependsOn = this.dependenciesOf(node);
    const cluster: EffectiveCluster = { name, kustomizations, root: this.root };
    introduce(cluster);
    return cluster;
  }

  private declare({ object, origin }: RawObject, parent: Node | undefined): Node {
    const spec = specOf(object);
    const namespace = namespaceOf(object) || (parent ? '' : 'flux-system');
    const path = pathFromRoot(textOf(spec, 'path') ?? '');
    const built = this.buildOf(object, namespace, path, spec, origin.path);
    const { failure, patches, reached } = built;
    const id = `${namespace}/${nameOf(object)}`;
    const node: Node = {
      ...{ id, name: nameOf(object), namespace, object, spec, origin, parent, path, dependsOn: [], objects: [] },
      ...{ failure, patches, reached, substitution: INACTIVE, children: [], built },
    };
    this.known.set(id, node);
    parent?.children.push(node);
    this.queue.push(node);
    return node;
  }

  private buildOf(object: KubernetesObject, namespace: string, path: string, spec: Node['spec'], file: string): Built {
    const reference = sourceRefOf(object, namespace);
    if (reference?.kind === 'ExternalArtifact') {
      return failed({
        kind: 'unsupported',
        file,
        what: `it builds ExternalArtifact ${reference.name}, which is put together in the cluster`,
      });
    }
    if (reference && !this.from.isOwn(reference)) {
      const what = `it builds ${reference.kind} ${reference.namespace}/${reference.name}, which is another repository`;
      return failed({ kind: 'foreign', file, what });
    }
    const built = this.from.builds.of(path, spec, file);
    const isElsewhere = reference && PUSHED.has(reference.kind) && built.failure?.file === (path || '.');
    if (!isElsewhere) return built;
    const what = `it builds ${path} of ${reference.kind} ${reference.name}, to which another folder than the root may have been pushed`;
    return failed({ kind: 'unsupported', file, what });
  }

  private hasSources(node: Node): boolean {
    return sourceReferences(node.spec).every(({ kind, name }) => this.configs.has(`${kind} ${node.namespace}/${name}`));
  }

  private note(object: KubernetesObject, applied: boolean): void {
    if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return;
    const key = `${object.kind} ${namespaceOf(object)}/${nameOf(object)}`;
    if (applied || !this.configs.has(key)) this.configs.set(key, object);
  }

  /** Decryption, substitution, common metadata; and what it applies that is a Flux Kustomization itself. */
  private apply(node: Node): void {
    const { spec, built } = node;
    // Flux looks for variables when it comes to the first object that wants them.
    const on = fieldOf(spec, 'postBuild') !== undefined && built.objects.some(({ object }) => !isLeftAlone(object));
    const variables = on ? this.variablesOf(node) : undefined;
    const bad = variables ? badNames(variables) : [];
    const errors: SubstitutionProblem[] = variables ? problemsOf(variables, bad) : [];
    const common = commonMetadataOf(spec);
    const objects: EffectiveObject[] = [];
    for (const one of built.objects) {
      const { made, problems } = effective(one, node, bad.length > 0 ? undefined : variables, common);
      objects.push(made);
      for (const problem of problems) errors.push({ on: made, ...problem });
    }
    node.objects = objects;
    if (variables) node.substitution = substitutionOf(variables, errors);
    for (const { object, origin } of objects) {
      this.note(object, true);
      if (isFluxKustomization(object) && !this.known.has(`${namespaceOf(object)}/${nameOf(object)}`))
        this.declare({ object, origin }, node);
    }
  }

  /** An optional source that no file makes may well be in the cluster: a Secret in clear is in no repository. So it may be active. */
  private variablesOf({ spec, namespace }: Node): Variables {
    const found = variablesFor(spec, ({ kind, name }) => this.configs.get(`${kind} ${namespace}/${name}`));
    return { ...found, active: found.active || found.open };
  }

  private dependenciesOf({ spec, namespace }: Node): readonly Dependency[] {
    return listOf(spec, 'dependsOn').map((entry) => {
      const id = `${textOf(entry, 'namespace') ?? namespace}/${textOf(entry, 'name') ?? ''}`;
      return { id, found: this.known.get(id), readyExpr: textOf(entry, 'readyExpr') };
    });
  }
}

function* inOrder(root: Node): Generator<Node> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    open.push(...[...node.children].reverse());
  }
}

const DECRYPT = 'kustomize.toolkit.fluxcd.io/decrypt';

function effective(
  { object, origin }: BuiltObject,
  owner: Node,
  variables: Variables | undefined,
  common: ReturnType<typeof commonMetadataOf>,
): { readonly made: EffectiveObject; readonly problems: readonly Omit<SubstitutionProblem, 'on'>[] } {
  const opened = isEncrypted(object) && decrypts(owner) && textOf(object, 'metadata', 'annotations', DECRYPT)?.toLowerCase() !== 'disabled';
  const plain = opened ? decrypted(object) : object;
  const ciphertext = isEncrypted(object) ? ciphertextIn(plain) : [];
  const result = variables ? substituted(plain, variables) : { object: plain, unknown: [], problems: [] };
  const unknown = [...ciphertext, ...result.unknown];
  const made = {
    object: withMetadata(result.object, common),
    unsubstituted: object,
    origin,
    owner,
    ...(unknown.length > 0 && { unknown: new Set(unknown) }),
  };
  return { made, problems: result.problems };
}

function problemsOf(variables: Variables, bad: readonly string[]): SubstitutionProblem[] {
  const missing = variables.missing.map((source) => {
    const what = `substituteFrom names ${source}, which is not in the repository`;
    return { on: undefined, kind: 'missing-source', what, at: 'spec.postBuild.substituteFrom' } as const;
  });
  const named = bad.map((name) => {
    const what = `${name} is no name of a variable: it must match ^[_a-zA-Z][_a-zA-Z0-9]*$`;
    return { on: undefined, kind: 'bad-name', what, at: 'spec.postBuild' } as const;
  });
  return [...missing, ...named];
}

function substitutionOf({ active, named, open }: Variables, errors: readonly SubstitutionProblem[]): Substitution {
  const values = [...named].flatMap(([name, { value, secret }]) => (secret || value === undefined ? [] : [[name, value] as const]));
  const unknown = [...named].filter(([, { value, secret }]) => secret || value === undefined).map(([name]) => name);
  return { active, values: new Map(values), unknown: new Set(open ? [...unknown, '*'] : unknown), errors };
}
