import type { Files } from '../../kustomize';
import { failureCause } from '../failure-cause';
import { baseOf, folderOf, inFolder } from '../folder';
import { nearest } from '../nearest';
import { defineRule } from '../rule';

/** Source: kustomize-controller, reconcile: "kustomization path not found", ArtifactFailed. */
export const pathExists = defineRule({
  name: 'path-exists',
  ids: ['F15'],
  claim: 'the folder that a Flux Kustomization builds exists',
  because: 'Flux reports ArtifactFailed at every retry, and nothing of it is applied',
  evidence: 'kustomize-controller, reason ArtifactFailed: "kustomization path not found"',
  severity: 'error',
  fix: 'correct spec.path, which begins at the root of the source',

  *check(repository) {
    for (const on of repository.clusters.flatMap(({ kustomizations }) => kustomizations)) {
      if (failureCause(repository, on) !== 'path-exists') continue;
      if (repository.files.list(on.path) !== undefined) {
        yield {
          on,
          at: 'spec.path',
          found: `the source leaves out ${on.path}`,
          fix: 'take it out of spec.ignore and .sourceignore of the source',
        };
        continue;
      }
      const meant = neighbour(repository.files, on.path);
      yield {
        on,
        at: 'spec.path',
        found: `there is no folder ${on.path}`,
        fix: meant === undefined ? 'correct it; it begins at the root of the source' : `did you mean ./${meant}?`,
      };
    }
  },
});

/** A folder whose name is near that of the first step that leads nowhere, with the rest of the path. */
function neighbour(files: Files, path: string): string | undefined {
  let missing = path;
  while (folderOf(missing) !== '' && files.list(folderOf(missing)) === undefined) missing = folderOf(missing);
  const parent = folderOf(missing);
  const names = (files.list(parent) ?? []).filter(({ kind }) => kind === 'folder').map(({ name }) => name);
  const meant = nearest(baseOf(missing), names);
  if (meant === undefined) return undefined;
  const whole = `${inFolder(parent, meant)}${path.slice(missing.length)}`;
  return files.list(whole) === undefined ? undefined : whole;
}
