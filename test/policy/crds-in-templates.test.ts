import { crdsInTemplates } from '../../src/policy/rules/crds-in-templates';
import { cluster, flux, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

testRule(crdsInTemplates, {
  allowed: {
    'kept by default': cluster(flux('cert-manager'), release('cert-manager', 'cert-manager', { crds: { enabled: true } })),
    'not there at all': cluster(flux('cert-manager'), release('cert-manager', 'cert-manager', { crds: { enabled: false, keep: false } })),
    'a chart that offers no way to keep them': cluster(flux('longhorn'), release('longhorn', 'longhorn')),
    annotated: cluster(flux('kyverno'), release('kyverno', 'kyverno', { crds: { annotations: { 'helm.sh/resource-policy': 'keep' } } })),
  },
  refused: {
    'the default of a chart': [
      cluster(flux('kyverno'), release('kyverno', 'kyverno')),
      `
      namespaces/kyverno/helmrelease-kyverno.yaml: crds-in-templates (warning)
        what   an uninstall of the release deletes the CRDs of kyverno.io, policies.kyverno.io, reports.kyverno.io, wgpolicyk8s.io
        where  HelmRelease kyverno/kyverno, spec.values.crds.annotations
        why    an uninstall, also the one between two attempts of an install, deletes the CRDs and every object of their kinds in the cluster
        fix    set crds.annotations: {helm.sh/resource-policy: keep}`,
    ],
    'not kept': [
      cluster(flux('cert-manager'), release('cert-manager', 'cert-manager', { crds: { enabled: true, keep: false } })),
      `
      namespaces/cert-manager/helmrelease-cert-manager.yaml: crds-in-templates (warning)
        what   an uninstall of the release deletes the CRDs of cert-manager.io, acme.cert-manager.io
        where  HelmRelease cert-manager/cert-manager, spec.values.crds.keep
        why    an uninstall, also the one between two attempts of an install, deletes the CRDs and every object of their kinds in the cluster
        fix    set crds.keep: true`,
    ],
  },
});
