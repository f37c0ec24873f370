import { baseOf, folderOf, inFolder } from '../folder';
import { counted } from '../phrase';
import { reachedFolders, unusedManifests } from '../reached-folders';
import { defineRule } from '../rule';

/** Folders beside those of applications that are not for Flux, or not all of them for every cluster. */
const NOT_FOR_FLUX =
  /^([._].*|bootstrap|talos|terraform|ansible|templates?|examples?|docs?|scripts?|hack|tests?|components?|archived?|disabled|old|unused)$/i;

/** Source: Flux builds the folders that a Flux Kustomization names, and no other. */
export const deadFolder = defineRule({
  name: 'dead-folder',
  ids: ['F15'],
  claim: 'every folder of manifests beside those that are applied is applied too',
  because: 'it looks like a part of the cluster, and is none: what it was meant to bring is not there',
  evidence: 'fluxcd/flux2#1366',
  severity: 'warning',
  fix: 'name it in a Flux Kustomization, or remove it',

  *check(repository) {
    const reached = reachedFolders(repository);
    const dead = new Map<string, number>();
    for (const file of unusedManifests(repository)) {
      let folder = folderOf(file);
      if (reached.has(folder)) continue; // a file beside files that are applied
      while (folder !== '' && !reached.has(folderOf(folder))) folder = folderOf(folder);
      if (folder === '' || folder.split('/').some((step) => NOT_FOR_FLUX.test(step))) continue;
      dead.set(folder, (dead.get(folder) ?? 0) + 1);
    }
    for (const [folder, manifests] of dead) {
      const parent = folderOf(folder);
      const siblings = (repository.files.list(parent) ?? []).filter(
        ({ name, kind }) => kind === 'folder' && reached.has(inFolder(parent, name)),
      );
      if (parent === '' || siblings.length === 0) continue;
      yield {
        on: { file: folder },
        at: '',
        found: `no Flux Kustomization applies ${counted(manifests, 'file')} of manifests in ${baseOf(folder)}, though one applies ${siblings[0]?.name} beside it`,
        fix: `name ./${folder} in a Flux Kustomization, or remove it`,
      };
    }
  },
});
