import { type Build, buildFolder, type Files } from '../kustomize';
import { artifactOf } from './artifact';
import { walk } from './cluster-walk';
import { bootstraps, type EntryPoint, entryOf, folderEntry, orphans } from './entry-points';
import { FluxBuild } from './flux-build';
import type { EffectiveCluster, Problem, Repository } from './model';
import { type Scan, scan } from './raw-objects';
import { isWithin, lastStep, pathFromRoot } from './repository-path';
import { Sources } from './source-of-truth';

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
    if (wanted === undefined) {
      const rest = this.scan.kustomizations.filter(({ origin }) => !isReached(clusters, origin.path));
      const { files, builds } = this.artifact(undefined);
      clusters.push(...this.clustersOf(orphans(files, rest, builds, clusters.length === 0), clusters));
    }
    const problems: Problem[] = this.scan.problems.filter(({ file }) => !isReached(clusters, file));
    if (clusters.length === 0) problems.push({ file: '.', what: wanted === undefined ? NO_ENTRY : `there is no cluster in ${wanted}` });
    const unreached = wanted === undefined && clusters.length > 0 ? this.unreached(clusters) : [];
    return { files: this.files, clusters, unreached, problems };
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
    const { builds } = this.artifact(this.sources.ignoreOf(source));
    return walk({ root, name, builds, isOwn: (reference) => this.sources.isOwn(reference, source, url) });
  }

  private artifact(ignore: string | undefined): { readonly files: Files; readonly builds: FluxBuild } {
    const known = this.artifacts.get(ignore);
    if (known) return known;
    const files = artifactOf(this.files, ignore);
    const made = { files, builds: new FluxBuild(files, this.build) };
    this.artifacts.set(ignore, made);
    return made;
  }

  /** YAML files that are in some cluster's artifact and in nobody's build. */
  private unreached(clusters: readonly EffectiveCluster[]): readonly string[] {
    const reached = new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap((one) => [...one.reached, one.origin.path])));
    const { files } = [...this.artifacts.values()][0] ?? { files: this.files };
    return this.scan.files.filter((path) => !reached.has(path) && isListed(files, path));
  }
}

const NO_ENTRY = 'no Flux entry point was found';

function isReached(clusters: readonly EffectiveCluster[], path: string): boolean {
  return clusters.some(({ kustomizations }) => kustomizations.some(({ reached, origin }) => reached.has(path) || origin.path === path));
}

function isListed(files: Files, path: string): boolean {
  const name = lastStep(path);
  const folder = path.slice(0, Math.max(path.length - name.length - 1, 0));
  return (files.list(folder) ?? []).some((entry) => entry.name === name);
}
