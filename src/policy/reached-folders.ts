import type { Repository } from '../effective';
import { folderOf, isBelow } from './folder';
import { textOf } from './kustomization-files';

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

/**
 * YAML files with Kubernetes objects in them that no build reads, although it would be known if one did: those in the folder of a
 * Flux Kustomization that could not be built are left out, and so are templates.
 */
export function unusedManifests(repository: Repository): readonly string[] {
  const { files, clusters, unreached } = repository;
  const unbuilt = clusters.flatMap(({ kustomizations }) => kustomizations.filter(({ failure }) => failure && failure.kind !== 'foreign'));
  const folders = new Set(unbuilt.map(({ path }) => path));
  return unreached.filter((path) => {
    if (/\.(template|tmpl|tpl|example|sample)\b|(^|\/)\./.test(path)) return false;
    if ([...folders].some((folder) => isBelow(path, folder))) return false;
    const text = textOf(files, path);
    return text !== undefined && /^apiVersion:/m.test(text) && /^kind:/m.test(text);
  });
}
