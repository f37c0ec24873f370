import { releasesOf } from '../releases';
import { at, defineRule } from '../rule';

/** Source: helm-controller, internal/action/crds.go; what is documented, what the code does and what server-side apply makes of it differ. */
export const crdsPolicy = defineRule({
  name: 'crds-policy',
  ids: ['F23'],
  claim: 'a release whose chart has a folder of CRDs says what happens to them at install and at upgrade',
  because:
    'the default at upgrade is documented as Skip, is Create in the code, and updates under server-side apply: new fields may be missing',
  evidence: 'fluxcd/helm-controller#1588, fluxcd/helm-controller#1590',
  severity: 'warning',
  fix: 'set install.crds and upgrade.crds to CreateReplace, or both to Skip where the CRDs come from elsewhere',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const { on, known } of releasesOf(cluster)) {
        if (known?.facts.crds !== 'folder') continue;
        const silent = ['install', 'upgrade'].filter((action) => at(on.object, 'spec', action, 'crds') === undefined);
        if (silent.length === 0) continue;
        yield {
          on,
          at: `spec.${silent[0]}.crds`,
          found: `chart ${known.facts.chart} has CRDs in its folder crds/, and ${silent.map((one) => `${one}.crds`).join(' and ')} ${silent.length === 1 ? 'is' : 'are'} not set`,
          fix: `set ${silent.length === 1 ? 'it' : 'both'} to CreateReplace, or to Skip where the CRDs come from elsewhere`,
        };
      }
    }
  },
});
