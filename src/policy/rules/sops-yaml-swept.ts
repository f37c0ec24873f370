import { ofKind } from '../../effective';
import { failureCause } from '../failure-cause';
import { defineRule, textAt } from '../rule';

/** Source: source-controller's documentation of spec.ignore: it takes the place of the rules that hide such files. */
export const sopsYamlSwept = defineRule({
  name: 'sops-yaml-swept',
  ids: ['F34'],
  claim: 'a source with its own ignore rules still leaves out .sops.yaml and the files of CI',
  because: 'they are swept up with the manifests of a folder that has no kustomization.yaml, and fail its build',
  evidence: 'fluxcd/kustomize-controller#175; source-controller, documentation of GitRepository spec.ignore',
  severity: 'error',
  fix: 'add the file to spec.ignore of the source',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const kustomization of cluster.kustomizations) {
        const { failure, spec, namespace } = kustomization;
        if (!failure || failureCause(repository, kustomization) !== 'sops-yaml-swept') continue;
        const kind = textAt(spec, 'sourceRef', 'kind') ?? 'GitRepository';
        const source = ofKind(cluster, kind).find(
          ({ object: { metadata } }) =>
            textAt(metadata, 'name') === textAt(spec, 'sourceRef', 'name') &&
            textAt(metadata, 'namespace') === (textAt(spec, 'sourceRef', 'namespace') ?? namespace),
        );
        yield {
          on: source ?? kustomization,
          at: source ? 'spec.ignore' : 'spec.path',
          found: `spec.ignore does not name ${failure.file}, which ${kustomization.id} then takes for a manifest`,
          fix: `add ${failure.file} to it: rules of your own take the place of the rules that hide such files`,
        };
      }
    }
  },
});
