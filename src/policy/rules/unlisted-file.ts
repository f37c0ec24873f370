import { baseOf, folderOf, KUSTOMIZATION_NAMES, kustomizationFile } from '../folder';
import { textOf } from '../kustomization-files';
import { reachedFolders, unusedManifests } from '../reached-folders';
import { defineRule } from '../rule';

/** Source: kustomize applies what is listed, and says nothing of what is not. */
export const unlistedFile = defineRule({
  name: 'unlisted-file',
  ids: ['F38'],
  claim: 'every manifest beside those that are applied is applied too',
  because: 'it looks like a part of the cluster, and is none: what it was meant to bring is not there',
  evidence: 'fluxcd/flux2#1366',
  severity: 'warning',
  fix: 'list it in the kustomization.yaml beside it, or remove it',

  *check(repository) {
    const reached = reachedFolders(repository);
    for (const file of unusedManifests(repository)) {
      const folder = folderOf(file);
      if (!reached.has(folder) || KUSTOMIZATION_NAMES.some((name) => name === baseOf(file))) continue;
      const list = kustomizationFile(repository.files, folder);
      const isLeftOut = list !== undefined && isCommentedOut(textOf(repository.files, list) ?? '', baseOf(file));
      yield {
        on: { file },
        at: '',
        found: isLeftOut ? `${baseOf(list)} has it in a comment only` : 'no Flux Kustomization applies it',
        fix: list === undefined ? 'list it where its neighbours are listed, or remove it' : `list it in ${list}, or remove it`,
        ...(isLeftOut && { severity: 'info' }),
      };
    }
  },
});

/** Whether a line of a list names it behind a `#`. */
function isCommentedOut(text: string, name: string): boolean {
  return text.split('\n').some((line) => line.trimStart().startsWith('#') && line.includes(name));
}
