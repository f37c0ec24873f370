import type { Files } from '../kustomize';
import { BuildError } from '../kustomize';
import { type EntryPoint, entryOf, folderEntry } from './entry-points';
import { listOf } from './fields';
import type { FluxBuild } from './flux-build';
import { isFluxKustomization, nameOf, specOf } from './flux-objects';
import { kustomizationIn, readLeniently } from './kustomization-file';
import type { RawObject } from './raw-objects';
import { folderOf, joined, pathFromRoot } from './repository-path';

/** A folder that is named so is meant for Flux, be it built or not. */
const TELLING = /(^|\/)(clusters?|flux|flux-system)(\/|$)/;

/**
 * Finds the roots of which no bootstrap speaks: it may stand in another repository, or on somebody's laptop. They are guessed from the Flux
 * Kustomizations that nothing applies: one that applies others is a root itself, several in one folder are what a root applies.
 */
export class UnmarkedRoots {
  private readonly applied = new Map<RawObject, readonly string[]>();
  private readonly done = new Set<string>();
  private includers: ReadonlyMap<string, readonly string[]> | undefined;

  /** @param alone whether no bootstrap was found: otherwise only those count that apply others */
  constructor(
    private readonly files: Files,
    private readonly builds: FluxBuild,
    private readonly alone: boolean,
  ) {}

  /** The next ones, shallow folders first: several where folders share what they apply. None where there is none left. */
  next(rest: readonly RawObject[]): readonly EntryPoint[] {
    const applied = new Set(rest.flatMap((raw) => this.childrenOf(raw).filter((key) => key !== keyOf(raw))));
    const homes = new Map<string, RawObject[]>();
    for (const raw of rest) {
      if (applied.has(keyOf(raw))) continue;
      for (const home of this.homesOf(raw)) homes.set(home, [...(homes.get(home) ?? []), raw]);
    }
    const sorted = [...homes].sort(([a], [b]) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1));
    for (const [, inside] of sorted) {
      const shared = new Set(inside);
      const sharing = sorted.filter(([, others]) => others.some((raw) => shared.has(raw)));
      const found = sharing.flatMap(([home, others]) => this.entryIn(home, others));
      if (found.length > 0) return found;
    }
    return [];
  }

  private entryIn(home: string, inside: readonly RawObject[]): readonly EntryPoint[] {
    if (this.done.has(home)) return [];
    this.done.add(home);
    const parents = inside.filter((raw) => this.childrenOf(raw).length > 0);
    if (parents.length === 0 && !this.alone) return [];
    const own = inside.find((raw) => entryOf(raw).folder === home);
    if (own) return [entryOf(own)]; // it applies itself, as a bootstrap's does
    const [only, ...others] = inside;
    if (only && others.length === 0 && parents.length > 0 && home === folderOf(only.origin.path)) return [entryOf(only)];
    const likely = TELLING.test(home) || this.builds.of(home, {}, home).failure === undefined;
    return likely ? [folderEntry(this.files, home, inside)] : [];
  }

  /** The Flux Kustomizations that one builds, by where they are written. */
  private childrenOf(raw: RawObject): readonly string[] {
    const known = this.applied.get(raw);
    if (known) return known;
    const spec = specOf(raw.object);
    const { objects } = this.builds.of(pathFromRoot(String(spec['path'] ?? '')), spec, raw.origin.path);
    const children = objects.filter(({ object }) => isFluxKustomization(object));
    const keys = children.map(({ object, origin }) => keyOf({ object, origin }));
    this.applied.set(raw, keys);
    return keys;
  }

  /** The folders whose kustomization.yaml leads to it and to which none leads; its own folder where there are none. */
  private homesOf({ origin }: RawObject): readonly string[] {
    this.includers ??= includersIn(this.files);
    const homes = new Set<string>();
    const seen = new Set<string>();
    const open = [origin.path];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const above = this.includers.get(path) ?? [];
      open.push(...above);
      if (above.length === 0) homes.add(path === origin.path ? folderOf(path) : path);
    }
    return [...homes].sort();
  }
}

/** Which folders' kustomization.yaml name a file or folder. */
function includersIn(files: Files): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const visit = (folder: string): void => {
    const name = kustomizationIn(files, folder);
    for (const path of name === undefined ? [] : namedIn(files, joined(folder, name))) {
      const place = joined(folder, path);
      found.set(place, [...(found.get(place) ?? []), folder]);
    }
    for (const entry of files.list(folder) ?? []) if (entry.kind === 'folder') visit(joined(folder, entry.name));
  };
  visit('');
  return found;
}

function namedIn(files: Files, path: string): readonly string[] {
  try {
    const content = readLeniently(files, path);
    return ['resources', 'bases', 'components']
      .flatMap((key) => listOf(content, key))
      .filter((one): one is string => typeof one === 'string');
  } catch (error) {
    if (error instanceof BuildError) return []; // said where it is built
    throw error;
  }
}

function keyOf({ object, origin }: RawObject): string {
  return `${origin.path}#${nameOf(object)}`;
}

function depthOf(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}
