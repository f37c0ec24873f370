import type { PatchReport } from '../../kustomize';
import { documentsOf } from '../kustomization-files';
import { defineRule, isMap, nameOf, at as valueAt } from '../rule';
import { few, type WrittenPatch, writtenPatches } from '../written-patches';

/** Source: kustomize 5.8, kyaml/yaml/merge2 without list inference: only built-in kinds say by which key a list is merged. */
export const patchReplacesList = defineRule({
  name: 'patch-replaces-list',
  ids: ['F42'],
  claim: 'a merge patch that gives a list of a custom resource repeats what was in it',
  because:
    'lists of kinds without a built-in schema are replaced whole: what the patch does not repeat is gone, now or with the next entry',
  evidence: 'kustomize 5.8, kyaml/yaml/merge2 and api/filters/patchstrategicmerge',
  severity: 'warning',
  fix: 'add to the list with a JSON6902 patch, or repeat its entries',

  *check(repository) {
    for (const patch of writtenPatches(repository)) {
      const lists = patch.reports.flatMap((report) => report.replacedLists.filter((list) => loses(patch, report, list)));
      if (lists.length === 0) continue;
      yield {
        on: patch.on,
        at: `${patch.at}.patch`,
        found: `${few(lists)} ${new Set(lists).size === 1 ? 'is' : 'are'} replaced whole`,
        fix: 'repeat the entries that are to stay; or add one with {op: add, path: …/-}; where all of it is meant to go, accept the rule',
      };
    }
  },
});

/** Whether the list in the patch leaves out an entry that the object had. */
function loses({ patch }: WrittenPatch, { matched }: PatchReport, list: string): boolean {
  const cut = list.lastIndexOf(' ');
  const [name, path] = [list.slice(0, cut), list.slice(cut + 1)];
  const object = matched.find((one) => nameOf(one.object) === name)?.object;
  const [before, after] = [object, documentsOf(patch)?.[0]].map((one) => valueAt(one, ...path.split('.')));
  if (!Array.isArray(before) || !Array.isArray(after)) return true;
  const kept = new Set(after.map(identity));
  return !before.every((entry) => kept.has(identity(entry)));
}

/** Maps that bear a name are the same entry, however they differ. */
function identity(entry: unknown): string {
  return isMap(entry) && typeof entry['name'] === 'string' ? `name ${entry['name']}` : JSON.stringify(entry);
}
