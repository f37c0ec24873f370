import { failureCause } from '../failure-cause';
import { defineRule } from '../rule';

/** Source: fluxcd/pkg, kustomize_generator.go, scanManifests. */
export const nonManifestYaml = defineRule({
  name: 'non-manifest-yaml',
  ids: ['F35'],
  claim: 'a folder without a kustomization.yaml holds no YAML but manifests',
  because: 'Flux takes every YAML file below it for a manifest: one that is none fails the whole build',
  evidence: 'fluxcd/kustomize-controller#175, fluxcd/flux2#5313',
  severity: 'error',
  fix: 'list the manifests in a kustomization.yaml, or name the file in the ignore of the source',

  *check(repository) {
    for (const on of repository.clusters.flatMap(({ kustomizations }) => kustomizations)) {
      const { failure, path } = on;
      if (!failure || failureCause(repository, on) !== 'non-manifest-yaml') continue;
      yield {
        on,
        at: 'spec.path',
        found: `${failure.file} is no Kubernetes object, and ${path || 'the root'} has no kustomization.yaml that leaves it out`,
        fix: `write ${path === '' ? '' : `${path}/`}kustomization.yaml, which lists the manifests`,
      };
    }
  },
});
