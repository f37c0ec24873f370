import { crdsPolicy } from '../../src/policy/rules/crds-policy';
import { cluster, flux, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

testRule(crdsPolicy, {
  allowed: {
    'said at both': cluster(
      flux('velero'),
      release('velero', 'velero', {}, { install: { crds: 'CreateReplace' }, upgrade: { crds: 'Skip' } }),
    ),
    'a chart whose CRDs are templates': cluster(flux('longhorn'), release('longhorn', 'longhorn')),
    'a chart that nobody knows': cluster(flux('ferry'), release('ferry', 'ferry')),
  },
  refused: {
    'said at neither': [
      cluster(flux('velero'), release('velero', 'velero')),
      `
      namespaces/velero/helmrelease-velero.yaml: crds-policy (warning)
        what   chart velero has CRDs in its folder crds/, and install.crds and upgrade.crds are not set
        where  HelmRelease velero/velero, spec.install.crds
        why    the default at upgrade is documented as Skip, is Create in the code, and updates under server-side apply: new fields may be missing
        fix    set both to CreateReplace, or to Skip where the CRDs come from elsewhere`,
    ],
    'said at install only': [
      cluster(flux('velero'), release('velero', 'velero', {}, { install: { crds: 'CreateReplace' } })),
      `
      namespaces/velero/helmrelease-velero.yaml: crds-policy (warning)
        what   chart velero has CRDs in its folder crds/, and upgrade.crds is not set
        where  HelmRelease velero/velero, spec.upgrade.crds
        why    the default at upgrade is documented as Skip, is Create in the code, and updates under server-side apply: new fields may be missing
        fix    set it to CreateReplace, or to Skip where the CRDs come from elsewhere`,
    ],
  },
});
