import { type Build, buildFolder, type Files } from '../kustomize';
import { artifactOf } from './artifact';
import { walk } from './cluster-walk';
import { bootstraps, type EntryPoint, entryOf, folderEntry, mostUsedSource } from './entry-points';
import { FluxBuild } from './flux-build';
import { namespaceOf } from './flux-objects';
import type { EffectiveCluster, Problem, Repository } from './model';
import { type RawObject, type Scan, scan } from './raw-objects';
import { isWithin, lastStep, pathFromRoot } from './repository-path';
import { type SourceReference, Sources, sourceRefOf } from './source-of-truth';
import { UnmarkedRoots } from './unmarked-roots';

export interface InspectOptions {
  /** Only the cluster whose root builds this folder: `clusters/production`. @default all */
  readonly cluster?: string;
}

/** What the controllers of each cluster make of a repository. Never throws for what is in it. */
export function inspect(files: Files, { cluster: wanted }: InspectOptions = {}): Repository {
  return new Inspection(files, buildFolder).repository(wanted);
}

class Inspection {
  private readonly scan: Scan;
  private readonly sources: Sources;
  private readonly artifacts = new Map<string | undefined, { readonly files: Files; readonly builds: FluxBuild }>();

  constructor(
    private readonly files: Files,
    private readonly build: Build,
  ) {
    this.scan = scan(files);
    this.sources = new Sources(this.scan.sources);
  }

  repository(wanted: string | undefined): Repository {
    const entries = wanted === undefined ? bootstraps(this.scan) : this.entryFor(pathFromRoot(wanted));
    const clusters = this.clustersOf(entries, []);
    if (wanted === undefined) this.addUnmarked(clusters);
    const problems: Problem[] = this.scan.problems.filter(({ file }) => !isReached(clusters, file));
    if (clusters.length === 0) problems.push({ file: '.', what: wanted === undefined ? NO_ENTRY : `there is no cluster in ${wanted}` });
    const unreached = wanted === undefined && clusters.length > 0 ? this.unreached(clusters) : [];
    return { files: this.files, clusters, unreached, problems };
  }

  /** Clusters of which no bootstrap speaks, one after the other: each takes what it reaches out of the question. */
  private addUnmarked(clusters: EffectiveCluster[]): void {
    const own = mostUsedSource(this.scan.kustomizations);
    const { files, builds } = this.artifact(this.sources.commonIgnoreOf(own));
    const roots = new UnmarkedRoots(files, builds, clusters.length === 0);
    const isOwn = ({ object }: RawObject): boolean => {
      const source = sourceRefOf(object, namespaceOf(object) || own.namespace);
      if (source === undefined) return false; // what has none is no Flux Kustomization, but a patch of one
      return source.kind === 'ExternalArtifact' || this.sources.isOwn(source, own, undefined);
    };
    let rest = this.scan.kustomizations.filter(isOwn);
    for (;;) {
      rest = rest.filter(({ origin }) => !isReached(clusters, origin.path) && !isUnknown(clusters, origin.path));
      const entries = roots.next(rest);
      if (entries.length === 0) return;
      const kept = entries.filter((entry) => !this.isLeftOut(entry));
      clusters.push(...this.clustersOf(kept, clusters));
    }
  }

  /** The root of one folder, be it declared anywhere or not. */
  private entryFor(folder: string): readonly EntryPoint[] {
    const known = bootstraps(this.scan).filter(
      (entry) => entry.folder === folder || (entry.folder !== '' && lastStep(entry.folder) === folder),
    );
    if (known.length > 0) return known.slice(0, 1);
    if (this.files.list(folder) === undefined) return [];
    const inside = this.scan.kustomizations.filter(({ origin }) => isWithin(origin.path, folder));
    const root = this.scan.kustomizations.find((raw) => entryOf(raw).folder === folder);
    return [root ? entryOf(root) : folderEntry(this.files, folder, inside)];
  }

  private clustersOf(entries: readonly EntryPoint[], others: readonly EffectiveCluster[]): EffectiveCluster[] {
    const made: EffectiveCluster[] = [];
    for (const entry of entries) {
      const last = lastStep(entry.folder) || '.';
      const taken = [...others, ...made].some(({ name }) => name === last);
      made.push(this.cluster(entry, taken ? entry.folder : last));
    }
    return made;
  }

  private cluster({ root, source, url }: EntryPoint, name: string): EffectiveCluster {
    const { builds } = this.artifactFor(source, root);
    return walk({ root, name, builds, isOwn: (reference) => this.sources.isOwn(reference, source, url) });
  }

  private artifactFor(source: SourceReference, { origin }: RawObject): { readonly files: Files; readonly builds: FluxBuild } {
    return this.artifact(this.sources.ignoreOf(source, origin.path));
  }

  /** What was put away where Flux does not see it is no cluster any more. */
  private isLeftOut({ root, folder, source }: EntryPoint): boolean {
    return this.files.list(folder) !== undefined && this.artifactFor(source, root).files.list(folder) === undefined;
  }

  private artifact(ignore: string | undefined): { readonly files: Files; readonly builds: FluxBuild } {
    const known = this.artifacts.get(ignore);
    if (known) return known;
    const files = artifactOf(this.files, ignore);
    const made = { files, builds: new FluxBuild(files, this.build) };
    this.artifacts.set(ignore, made);
    return made;
  }

  /** YAML files that are in some cluster's artifact and in nobody's build; none where a build failed, since nobody knows what it reads. */
  private unreached(clusters: readonly EffectiveCluster[]): readonly string[] {
    if (clusters.some(({ kustomizations }) => kustomizations.some(({ failure }) => failure && failure.kind !== 'foreign'))) return [];
    const reached = new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap((one) => [...one.reached, one.origin.path])));
    const { files } = [...this.artifacts.values()][0] ?? { files: this.files };
    return this.scan.files.filter((path) => !reached.has(path) && isListed(files, path));
  }
}

const NO_ENTRY = 'no Flux entry point was found';

function isReached(clusters: readonly EffectiveCluster[], path: string): boolean {
  return clusters.some(({ kustomizations }) => kustomizations.some(({ reached, origin }) => reached.has(path) || origin.path === path));
}

/** Whether it is in a folder that a Flux Kustomization would build if we could. */
function isUnknown(clusters: readonly EffectiveCluster[], file: string): boolean {
  return clusters.some(({ kustomizations }) =>
    kustomizations.some(({ failure, path }) => failure && failure.kind !== 'foreign' && path !== '' && isWithin(file, path)),
  );
}

function isListed(files: Files, path: string): boolean {
  const name = lastStep(path);
  const folder = path.slice(0, Math.max(path.length - name.length - 1, 0));
  return (files.list(folder) ?? []).some((entry) => entry.name === name);
}
