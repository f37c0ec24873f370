import { releasesOf } from '../releases';
import { defineRule } from '../rule';

/** Source: Helm; what templates render belongs to the release, and goes with it. Charts without such a value are passed over. */
export const crdsInTemplates = defineRule({
  name: 'crds-in-templates',
  ids: ['F24'],
  claim: 'CRDs that belong to a release are kept when it is uninstalled, where the chart offers it',
  because: 'an uninstall, also the one between two attempts of an install, deletes the CRDs and every object of their kinds in the cluster',
  evidence: 'fluxcd/helm-controller#592; helm.sh/resource-policy',
  severity: 'warning',
  fix: 'set the value that annotates them with helm.sh/resource-policy: keep',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const { on, known } of releasesOf(cluster)) {
        if (!known || known.openValues) continue;
        const lost = known.brought.crds.filter(({ from, keptBy }) => from === 'templates' && keptBy !== undefined);
        const [first] = lost;
        if (!first) continue;
        yield {
          on,
          at: `spec.values.${(first.keptBy ?? '').replace(/:.*$/, '')}`,
          found: `an uninstall of the release deletes the CRDs of ${lost.map(({ group }) => group).join(', ')}`,
          fix: `set ${first.keptBy}`,
        };
      }
    }
  },
});
