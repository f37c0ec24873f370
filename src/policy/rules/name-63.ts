import { ofKind } from '../../effective';
import { defineRule, textAt } from '../rule';

/** Letters a label may hold. Source: Kubernetes, labels and selectors. */
const LIMIT = 63;

/** Source: kustomize-controller and helm-controller label each object with the name and namespace of who applies it. */
export const name63 = defineRule({
  name: 'name-63',
  ids: ['F27'],
  claim: `names and namespaces of Flux Kustomizations and HelmReleases fit into a label: ${LIMIT} letters`,
  because: 'Flux labels every object with them, and the API server refuses each object for its label',
  evidence: 'fluxcd/flux2#2004, fluxcd/flux2#2994',
  severity: 'error',
  fix: 'give it a shorter name',

  *check({ clusters }) {
    for (const cluster of clusters) {
      const releases = ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io');
      for (const on of [...cluster.kustomizations, ...releases]) {
        for (const field of ['name', 'namespace']) {
          const value = textAt(on.object.metadata, field) ?? '';
          if (value.length <= LIMIT) continue;
          yield { on, at: `metadata.${field}`, found: `a ${field} of ${value.length} letters`, fix: `give it one of at most ${LIMIT}` };
        }
      }
    }
  },
});
