import { isFluxKind } from '../failure-cause';
import { kustomizationsInUse, lineIn } from '../kustomization-files';
import { defineRule } from '../rule';
import { unknownKeys } from '../unknown-keys';

/** Source: fluxcd/pkg, kustomize_generator.go: the file at spec.path is read without strictness, and written anew. */
export const kustomizationTypo = defineRule({
  name: 'kustomization-typo',
  ids: ['F36'],
  claim: 'a kustomization.yaml has no field that kustomize does not know',
  because: 'at spec.path Flux leaves it out without a word: what it lists is not applied, and with prune: true deleted',
  evidence: 'fluxcd/pkg, kustomize: the file is read leniently; `kustomize build` refuses it',
  severity: 'error',
  fix: 'correct the name of the field, or remove it',

  *check(repository) {
    for (const { path, content, entryOf } of kustomizationsInUse(repository)) {
      // A nested file with such a field fails the build, which is said there.
      if (entryOf.length === 0 || isFluxKind(content)) continue;
      for (const { at, key, meant } of unknownKeys(content)) {
        const line = lineIn(repository.files, path, `${key}:`) ?? lineIn(repository.files, path, `- ${key}:`);
        yield {
          on: { file: path, ...(line !== undefined && { line }) },
          at,
          found: `kustomize has no field ${at}`,
          fix: meant === undefined ? 'remove it' : `did you mean ${meant}?`,
          ...(meant === undefined && { severity: 'warning' }),
        };
      }
    }
  },
});
