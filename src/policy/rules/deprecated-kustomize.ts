import { kustomizationsInUse, lineIn } from '../kustomization-files';
import { defineRule, listAt } from '../rule';

/** Each field that kustomize wants to be rid of, what it does, and what to write. Source: kustomize, `edit fix` and its warnings. */
const FIELDS: Readonly<Record<string, readonly [does: string, instead: string]>> = {
  commonLabels: ['labels selectors too, which nobody can change later', 'labels: with pairs, and includeSelectors: false'],
  bases: ['is read as resources', 'resources:'],
  vars: ['is replaced by replacements', 'replacements:, or ${NAME} and postBuild of Flux'],
  patchesStrategicMerge: ['is replaced by patches', 'patches: with path or patch'],
  patchesJson6902: ['is replaced by patches', 'patches: with target, and path or patch'],
  imageTags: ['is read as images', 'images:'],
  helmChartInflationGenerator: ['is replaced by helmCharts, which Flux refuses', 'a HelmRelease'],
};

/** Source: kustomize, deprecations of v5; `managedByLabel` makes a label that the API server refuses. */
export const deprecatedKustomize = defineRule({
  name: 'deprecated-kustomize',
  ids: ['F46'],
  claim: 'no kustomization.yaml uses a field that kustomize is about to drop',
  because: 'the next major version of kustomize, and so some version of Flux, fails on it',
  evidence: 'kustomize, `kustomize edit fix`; fluxcd/kustomize-controller#960',
  severity: 'warning',
  fix: 'write what replaces it: kustomize edit fix does so',

  *check(repository) {
    for (const { path, content } of kustomizationsInUse(repository)) {
      for (const [field, [does, instead]] of Object.entries(FIELDS)) {
        if (!Object.hasOwn(content, field)) continue;
        const line = lineIn(repository.files, path, `${field}:`);
        yield { on: { file: path, ...(line !== undefined && { line }) }, at: field, found: `${field} ${does}`, fix: `write ${instead}` };
      }
      if (!listAt(content, 'buildMetadata').includes('managedByLabel')) continue;
      const line = lineIn(repository.files, path, 'buildMetadata:');
      yield {
        on: { file: path, ...(line !== undefined && { line }) },
        at: 'buildMetadata',
        found: 'managedByLabel adds a label whose value holds characters that a label may not have',
        because: 'the API server refuses every object of the build',
        fix: 'take managedByLabel out',
      };
    }
  },
});
