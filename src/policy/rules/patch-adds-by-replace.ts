import { defineRule } from '../rule';
import { few, writtenPatches } from '../written-patches';

/** Source: evanphx/json-patch as kustomize 5.8 calls it; RFC 6902, section 4.3, demands that the target be there. */
export const patchAddsByReplace = defineRule({
  name: 'patch-adds-by-replace',
  ids: ['F44'],
  claim: 'a patch replaces only what is there',
  because: 'kustomize adds what it does not find: a misspelt or renamed field gets a neighbour, and the old one stays as it was',
  evidence: 'RFC 6902, section 4.3; evanphx/json-patch, as kustomize 5.8 calls it',
  severity: 'warning',
  fix: 'correct the path, or write op: add',

  *check(repository) {
    for (const patch of writtenPatches(repository)) {
      const pointers = patch.reports.flatMap(({ addedByReplace }) => addedByReplace);
      if (pointers.length === 0) continue;
      yield {
        on: patch.on,
        at: `${patch.at}.patch`,
        found: `op: replace of ${few(pointers)}, which is not there`,
        fix: 'correct the path; where it is meant to be added, write op: add',
      };
    }
  },
});
