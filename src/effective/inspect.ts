import { BuildError, type BuildResult, type Files, type Origin } from '../kustomize';
import type { Dependency, EffectiveCluster, EffectiveObject, FluxKustomization, Repository, Substitution } from './model';
import { introduce } from './order';
import { plainBuild } from './plain-build';

export interface InspectOptions {
  /** Only the cluster whose root builds this folder: `clusters/production`. @default all */
  readonly cluster?: string;
}

/** What the controllers of each cluster make of a repository. Never throws for what is in it. */
export function inspect(files: Files, { cluster: wanted }: InspectOptions = {}): Repository {
  const clusters: EffectiveCluster[] = [];
  const reached = new Set<string>();
  for (const { name, kind } of files.list('clusters') ?? []) {
    const path = `clusters/${name}`;
    if (kind !== 'folder' || files.read(`${path}/flux-system/gotk-sync.yaml`) === undefined) continue;
    if (wanted !== undefined && wanted !== path) continue;
    const cluster = clusterAt(files, name, path);
    clusters.push(cluster);
    for (const kustomization of cluster.kustomizations) for (const file of kustomization.reached) reached.add(file);
  }
  const problems = clusters.length === 0 ? [{ file: '.', what: 'no Flux entry point was found' }] : [];
  return { files, clusters, unreached: [], problems };
}

const NOTHING: Substitution = { active: false, values: new Map(), unknown: new Set(), errors: [] };

function clusterAt(files: Files, name: string, path: string): EffectiveCluster {
  const all: (FluxKustomization & { dependsOn: readonly Dependency[] })[] = [];
  const known = new Map<string, FluxKustomization>();
  const add = (object: EffectiveObject['object'], origin: Origin, parent: FluxKustomization | undefined): FluxKustomization => {
    const spec = record(field(object, 'spec'));
    const metadata = record(object.metadata);
    const folder = String(spec['path'] ?? '').replace(/^\.?\/+|\/+$/g, '');
    let result: BuildResult = { objects: [], patches: [], reached: new Set() };
    let failure: FluxKustomization['failure'];
    try {
      result = plainBuild(files, folder);
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      failure = { kind: error.kind, file: error.file, what: error.message };
    }
    const objects: EffectiveObject[] = [];
    const made = {
      id: `${metadata['namespace']}/${metadata['name']}`,
      name: String(metadata['name']),
      namespace: String(metadata['namespace']),
      object,
      spec,
      origin,
      parent,
      path: folder,
      dependsOn: [],
      objects,
      failure,
      patches: result.patches,
      reached: result.reached,
      substitution: NOTHING,
    };
    for (const built of result.objects) objects.push({ ...built, unsubstituted: built.object, owner: made });
    all.push(made);
    known.set(made.id, made);
    for (const child of objects)
      if (isFluxKustomization(child.object) && !known.has(idOf(child.object))) add(child.object, child.origin, made);
    return made;
  };
  const object = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'flux-system', namespace: 'flux-system' },
    spec: { path: `./${path}` },
  };
  const root = add(object, { path: `${path}/flux-system/gotk-sync.yaml`, index: 1 }, undefined);
  for (const made of all) {
    const entries = made.spec['dependsOn'];
    made.dependsOn = (Array.isArray(entries) ? entries : []).map((entry): Dependency => {
      const { name: dependency, namespace, readyExpr } = record(entry);
      const id = `${namespace ?? made.namespace}/${dependency}`;
      return { id, found: known.get(id), readyExpr: typeof readyExpr === 'string' ? readyExpr : undefined };
    });
  }
  const cluster = { name, kustomizations: all, root };
  introduce(cluster);
  return cluster;
}

function isFluxKustomization({ apiVersion, kind }: EffectiveObject['object']): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

function idOf({ metadata }: EffectiveObject['object']): string {
  const { name, namespace } = record(metadata);
  return `${namespace}/${name}`;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function field(node: object, key: string): unknown {
  return Reflect.get(node, key);
}
