import { isFluxKind } from '../failure-cause';
import { kustomizationsInUse, lineIn } from '../kustomization-files';
import { defineRule } from '../rule';

/** Source: fluxcd/pkg, kustomize_generator.go: whatever bears that name is read as kustomize's own. */
export const fluxCrdInKustomizationYaml = defineRule({
  name: 'flux-crd-in-kustomization-yaml',
  ids: ['F39'],
  claim: 'no Flux Kustomization stands in a file named kustomization.yaml',
  because: 'kustomize reads a file of that name as one of its own: at spec.path its fields are dropped, and further down the build fails',
  evidence: 'fluxcd/pkg, kustomize: findOrGenerateKustomization',
  severity: 'error',
  fix: 'give the file another name: ks.yaml',

  *check(repository) {
    for (const { path, content, entryOf } of kustomizationsInUse(repository)) {
      if (!isFluxKind(content)) continue;
      const line = lineIn(repository.files, path, 'apiVersion:');
      yield {
        on: { file: path, ...(line !== undefined && { line }) },
        at: 'apiVersion',
        found: `a Flux Kustomization in a file that kustomize takes for its own${entryOf.length > 0 ? `, at the path of ${entryOf[0]?.id}` : ''}`,
        fix: 'give the file another name, ks.yaml, and list that in a kustomization.yaml of apiVersion kustomize.config.k8s.io/v1beta1',
      };
    }
  },
});
