import type { KubernetesObject } from '../flux';
import type { Files } from '../kustomize';
import { fieldOf, textOf } from './fields';
import { isSourceKind, namespaceOf, specOf } from './flux-objects';
import { kustomizationIn } from './kustomization-file';
import type { RawObject, Scan } from './raw-objects';
import { joined, lastStep, pathFromRoot } from './repository-path';
import { type SourceReference, sourceRefOf } from './source-of-truth';

/** A Flux Kustomization from which everything of one cluster follows. */
export interface EntryPoint {
  readonly root: RawObject;
  /** The folder it builds. */
  readonly folder: string;
  /** What it takes its files from: this repository. */
  readonly source: SourceReference;
  /** The source's address, where it is no manifest that has it. */
  readonly url: string | undefined;
}

const DEFAULT_SOURCE: SourceReference = { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' };

/** What `flux bootstrap` and Flux Operator leave in a repository. */
export function bootstraps(scan: Scan): readonly EntryPoint[] {
  const written = scan.kustomizations.filter(({ origin }) => lastStep(origin.path) === 'gotk-sync.yaml').map(entryOf);
  const operated = scan.instances.flatMap(({ object, origin }) => instanceEntry(specOf(object), namespaceOf(object), origin));
  const charted = scan.instanceValues.flatMap(({ values, origin }) => instanceEntry(fieldOf(values, 'instance'), '', origin));
  return distinct([...written, ...operated, ...charted]);
}

export function entryOf({ object, origin }: RawObject): EntryPoint {
  const folder = pathFromRoot(textOf(specOf(object), 'path') ?? '');
  return {
    root: { object, origin },
    folder,
    source: sourceRefOf(object, namespaceOf(object) || 'flux-system') ?? DEFAULT_SOURCE,
    url: undefined,
  };
}

/** A FluxInstance makes a source and a Flux Kustomization, both named as its namespace where `sync.name` says nothing else. */
function instanceEntry(spec: unknown, namespace: string, origin: RawObject['origin']): readonly EntryPoint[] {
  const sync = fieldOf(spec, 'sync');
  const path = textOf(sync, 'path');
  if (path === undefined) return [];
  const home = namespace || 'flux-system';
  const name = textOf(sync, 'name') ?? home;
  const source = { kind: textOf(sync, 'kind') ?? 'GitRepository', name, namespace: home };
  const folder = pathFromRoot(path);
  return [{ root: { object: rootObject(name, folder, source), origin }, folder, source, url: textOf(sync, 'url') }];
}

function rootObject(name: string, folder: string, source: SourceReference): KubernetesObject & { readonly spec: object } {
  const { kind, name: sourceName, namespace } = source;
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace },
    spec: { interval: '10m', path: `./${folder}`, prune: true, sourceRef: { kind, name: sourceName } },
  };
}

/** A root for a folder of which nothing says that Flux reads it: that of its Flux Kustomizations' source. */
export function folderEntry(files: Files, folder: string, inside: readonly RawObject[]): EntryPoint {
  const source = mostUsedSource(inside);
  const name = kustomizationIn(files, folder);
  const file = name === undefined ? inside[0]?.origin.path : undefined;
  const origin = { path: file ?? joined(folder, name ?? 'kustomization.yaml'), index: 0 };
  return { root: { object: rootObject('flux-system', folder, source), origin }, folder, source, url: undefined };
}

/** What the Flux Kustomizations given take their files from, most of them. */
export function mostUsedSource(raw: readonly RawObject[]): SourceReference {
  const counts = new Map<string, { readonly source: SourceReference; count: number }>();
  for (const { object } of raw) {
    const source = sourceRefOf(object, namespaceOf(object) || 'flux-system');
    if (!source || !isSourceKind(source.kind)) continue;
    const key = `${source.kind} ${source.namespace}/${source.name}`;
    const known = counts.get(key) ?? { source, count: 0 };
    known.count++;
    counts.set(key, known);
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.source ?? DEFAULT_SOURCE;
}

function distinct(entries: readonly EntryPoint[]): readonly EntryPoint[] {
  return [...new Map([...entries].reverse().map((entry) => [entry.folder, entry])).values()].reverse();
}
