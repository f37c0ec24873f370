import type { Repository } from '../effective';
import { folderOf, isBelowAny } from './folder';
import { textOf } from './kustomization-files';
import { madeAtRunTime } from './made-at-run-time';

const known = new WeakMap<Repository, ReadonlySet<string>>();

/** Every folder in which, or below which, some build read a file. */
export function reachedFolders(repository: Repository): ReadonlySet<string> {
  const before = known.get(repository);
  if (before) return before;
  const folders = new Set<string>();
  for (const { reached } of repository.clusters.flatMap(({ kustomizations }) => kustomizations)) {
    for (const path of reached) {
      for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
    }
  }
  known.set(repository, folders);
  return folders;
}

const unused = new WeakMap<Repository, readonly string[]>();

/**
 * YAML files with Kubernetes objects in them that no build reads, although it would be known if one did: those in the folder of a Flux
 * Kustomization that could not be built are left out, and so are templates. Nothing is said where Flux Kustomizations may exist that
 * are not seen: made at run time, or by a build that could not be done.
 */
export function unusedManifests(repository: Repository): readonly string[] {
  const before = unused.get(repository) ?? gathered(repository);
  unused.set(repository, before);
  return before;
}

function gathered({ files, clusters, unreached }: Repository): readonly string[] {
  if (clusters.some((cluster) => madeAtRunTime(cluster) !== undefined)) return [];
  const unbuilt = clusters.flatMap(({ kustomizations }) => kustomizations.filter(({ failure }) => failure && failure.kind !== 'foreign'));
  const folders = new Set(unbuilt.map(({ path }) => path));
  const found: string[] = [];
  for (const path of unreached) {
    const text = textOf(files, path);
    const isUnbuilt = isBelowAny(path, folders);
    if (isUnbuilt && text?.includes('kustomize.toolkit.fluxcd.io/')) return [];
    if (isUnbuilt || text === undefined || /\.(template|tmpl|tpl|example|sample)\b|(^|\/)\./.test(path)) continue;
    if (/^apiVersion:/m.test(text) && /^kind:/m.test(text)) found.push(path);
  }
  return found;
}
