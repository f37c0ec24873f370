import { kustomizationFile } from '../folder';
import { contentOf } from '../kustomization-files';
import { defineRule } from '../rule';
import { unknownKeys } from '../unknown-keys';

/** Source: fluxcd/pkg, kustomize: a build of nothing is no error; kustomize-controller then prunes whatever was there. */
export const emptyBuild = defineRule({
  name: 'empty-build',
  ids: ['F37'],
  claim: 'a Flux Kustomization applies something',
  because: 'Flux calls it ready, so what depends on it starts without what it was meant to bring',
  evidence: 'kustomize-controller, prune: what is no longer built is deleted',
  severity: 'error',
  fix: 'list what it applies in its kustomization.yaml, or remove the Flux Kustomization',

  *check({ files, clusters }) {
    for (const on of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      if (on.failure || on.objects.length > 0) continue;
      const list = kustomizationFile(files, on.path);
      if (list !== undefined && unknownKeys(contentOf(files, list)).length > 0) continue; // kustomization-typo says why
      yield {
        on,
        at: 'spec.path',
        found: `${on.path === '' ? 'the root of the repository' : on.path} gives no object at all`,
        fix:
          list === undefined
            ? 'put its manifests there, or remove the Flux Kustomization'
            : `list its manifests in ${list}, or remove the Flux Kustomization`,
        ...(on.spec['prune'] === true
          ? { because: 'Flux calls it ready, and with prune: true deletes everything that it applied before' }
          : { severity: 'warning' }),
      };
    }
  },
});
