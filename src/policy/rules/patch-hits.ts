import type { FluxKustomization, Repository } from '../../effective';
import { folderOf, isYaml } from '../folder';
import { documentsOf, textOf } from '../kustomization-files';
import { nearest } from '../nearest';
import { defineRule, nameOf, textAt, type Violation } from '../rule';
import { describe, few, operationsOf, type WrittenPatch, writtenPatches } from '../written-patches';

/** Source: kustomize 5.8, PatchTransformer: a target that selects nothing is no error. */
export const patchHits = defineRule({
  name: 'patch-hits',
  ids: ['F40'],
  claim: 'every patch selects something, and changes it',
  because: 'the cluster runs without the change, and nothing says so',
  evidence: 'kustomize 5.8, api/internal/builtins/PatchTransformer.go',
  severity: 'error',
  fix: 'name what is built, or remove the patch',

  *check(repository) {
    for (const patch of writtenPatches(repository)) {
      const matched = patch.reports.flatMap((report) => report.matched);
      if (matched.length === 0) {
        if (!awaitsMore(repository, patch)) yield missed(patch);
      } else if (!patch.reports.some(({ changed }) => changed) && !isOnlyTest(patch)) {
        yield {
          ...place(patch),
          found: `a patch that leaves ${few(matched.map(({ object }) => nameOf(object)))} as it was`,
          because: 'whoever reads it takes it for a difference, and it stays when what it repeats is changed',
          fix: 'remove it, or change what it says',
          severity: patch.shared ? 'info' : 'warning',
        };
      }
    }
  },
});

function place({ on, at }: WrittenPatch): Pick<Violation, 'on' | 'at'> {
  return { on, at };
}

/** Whether a file beside it holds nothing yet: `flux bootstrap` fills in gotk-components.yaml. */
function awaitsMore({ files }: Repository, { on, owners }: WrittenPatch): boolean {
  if (!('file' in on)) return false;
  const folder = folderOf(on.file);
  return owners.some(({ reached }) =>
    [...reached].some((path) => isYaml(path) && folderOf(path) === folder && documentsOf(textOf(files, path) ?? 'a')?.length === 0),
  );
}

function missed(patch: WrittenPatch): Violation {
  const many = patch.owners.length > 1 ? ` in any of ${patch.owners.length} builds` : '';
  return {
    ...place(patch),
    at: `${patch.at}.target`,
    found: `a patch for ${describe(patch.target)}, which selects nothing${many}`,
    fix: meant(patch),
    severity: patch.shared ? 'warning' : 'error',
  };
}

/** What the author may have had in mind. */
function meant({ target, owners }: WrittenPatch): string {
  const kind = textAt(target, 'kind');
  const name = textAt(target, 'name');
  const objects = owners.flatMap((owner: FluxKustomization) => owner.objects).map(({ object }) => object);
  const otherwise = 'correct the target, or remove the patch';
  if (kind !== undefined && !objects.some((object) => object.kind === kind)) {
    const other = nearest(kind, new Set(objects.map((object) => object.kind)));
    return other === undefined ? `nothing of kind ${kind} is built: ${otherwise}` : `there is a ${other}: ${otherwise}`;
  }
  if (name === undefined) return otherwise;
  const names = objects
    .filter((object) => kind === undefined || object.kind === kind)
    .flatMap(({ metadata }) => textAt(metadata, 'name') ?? []);
  if (names.includes(name)) return `${name} is built, of another namespace, group or version, or with other labels: ${otherwise}`;
  const longer = names.find((one) => one.startsWith(name));
  if (longer !== undefined) return `a name has to fit whole: ${name}.* would select ${longer}; ${otherwise}`;
  const near = nearest(name, names);
  return near === undefined ? otherwise : `there is ${near}: ${otherwise}`;
}

function isOnlyTest(patch: WrittenPatch): boolean {
  const operations = operationsOf(patch);
  return operations.length > 0 && operations.every(({ op }) => op === 'test');
}
