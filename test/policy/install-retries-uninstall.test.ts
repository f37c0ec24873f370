import { installRetriesUninstall } from '../../src/policy/rules/install-retries-uninstall';
import { cluster, flux, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const RETRIES = { install: { remediation: { retries: 3 } } };

testRule(installRetriesUninstall, {
  allowed: {
    'retried in place': cluster(
      flux('longhorn'),
      release('longhorn', 'longhorn', {}, { install: { strategy: { name: 'RetryOnFailure' } } }),
    ),
    'not retried at all': cluster(flux('longhorn'), release('longhorn', 'longhorn', {}, { install: { remediation: { retries: 0 } } })),
    'a chart that loses nothing': cluster(flux('reloader'), release('reloader', 'reloader', {}, RETRIES)),
    'CRDs that are kept': cluster(flux('cert-manager'), release('cert-manager', 'cert-manager', { crds: { enabled: true } }, RETRIES)),
    'a chart that nobody knows': cluster(flux('ferry'), release('ferry', 'ferry', {}, RETRIES)),
  },
  refused: {
    'CRDs that go with the release': [
      cluster(flux('longhorn'), release('longhorn', 'longhorn', {}, RETRIES)),
      `
      namespaces/longhorn/helmrelease-longhorn.yaml: install-retries-uninstall
        what   retries: 3 uninstalls the release between attempts, which takes the CRDs of longhorn.io and every object of their kinds along
        where  HelmRelease longhorn/longhorn, spec.install.remediation.retries
        why    a first install that is only slow is taken away again, with everything that had come to rest on it
        fix    use install.strategy: {name: RetryOnFailure, retryInterval: 2m} instead; in code: onFailure: retry`,
    ],
    'the CNI, for ever': [
      cluster(flux('cilium'), release('cilium', 'cilium', {}, { install: { remediation: { retries: -1 } } })),
      `
      namespaces/cilium/helmrelease-cilium.yaml: install-retries-uninstall (warning)
        what   retries: -1 uninstalls the release between attempts, which takes the network of the cluster along
        where  HelmRelease cilium/cilium, spec.install.remediation.retries
        why    a first install that is only slow is taken away again, with everything that had come to rest on it
        fix    use install.strategy: {name: RetryOnFailure, retryInterval: 2m} instead; in code: onFailure: retry`,
    ],
    'a claim of its templates': [
      cluster(flux('monitoring'), release('monitoring', 'kube-prometheus-stack', { grafana: { persistence: { enabled: true } } }, RETRIES)),
      `
      namespaces/monitoring/helmrelease-kube-prometheus-stack.yaml: install-retries-uninstall (warning)
        what   retries: 3 uninstalls the release between attempts, which takes PersistentVolumeClaim kube-prometheus-stack-grafana along
        where  HelmRelease monitoring/kube-prometheus-stack, spec.install.remediation.retries
        why    a first install that is only slow is taken away again, with everything that had come to rest on it
        fix    use install.strategy: {name: RetryOnFailure, retryInterval: 2m} instead; in code: onFailure: retry`,
    ],
  },
});
