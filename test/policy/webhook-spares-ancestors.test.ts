import { webhookSparesAncestors } from '../../src/policy/rules/webhook-spares-ancestors';
import { cluster, flux, namespace, object, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const OPEN = { validatingWebhookCheckIgnoreFailurePolicy: 'Ignore' };
const POLICY = (spec: object = {}) =>
  object('policies', 'kyverno.io/v1', 'ClusterPolicy', 'labels', {
    spec: { rules: [{ match: { any: [{ resources: { kinds: ['Namespace'] } }] }, validate: { pattern: {} } }], ...spec },
  });

testRule(webhookSparesAncestors, {
  allowed: {
    'a webhook that fails open': cluster(
      flux('cilium'),
      namespace('cilium', 'kube-system'),
      flux('gatekeeper', { dependsOn: ['cilium'] }),
      release('gatekeeper', 'gatekeeper', OPEN),
    ),
    'Namespaces of those who do not come before it': cluster(
      flux('gatekeeper'),
      release('gatekeeper', 'gatekeeper'),
      namespace('gatekeeper'),
      flux('ferry'),
      namespace('ferry'),
    ),
    'a Namespace that is left alone once it is there': cluster(
      flux('cilium'),
      namespace('cilium', 'kube-system', { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } }),
      flux('gatekeeper', { dependsOn: ['cilium'] }),
      release('gatekeeper', 'gatekeeper'),
    ),
    'a policy that asks the API server first': cluster(
      flux('kyverno'),
      release('kyverno', 'kyverno'),
      namespace('kyverno'),
      flux('policies', { dependsOn: ['kyverno'] }),
      POLICY({ webhookConfiguration: { matchConditions: [{ name: 'apps', expression: 'request.namespace == "ferry"' }] } }),
    ),
    'a namespace that the engine is told to leave out': cluster(
      flux('cilium'),
      namespace('cilium', 'kube-system'),
      flux('kyverno', { dependsOn: ['cilium'] }),
      release('kyverno', 'kyverno'),
      flux('policies', { dependsOn: ['kyverno'] }),
      POLICY(),
    ),
    'its own kinds, which nobody before it has': cluster(
      flux('cert-manager'),
      release('cert-manager', 'cert-manager'),
      namespace('cert-manager'),
    ),
  },
  refused: {
    'every Namespace, beside one of what comes before': [
      cluster(
        flux('cilium'),
        namespace('cilium', 'kube-system'),
        flux('gatekeeper', { dependsOn: ['cilium'] }),
        release('gatekeeper', 'gatekeeper'),
        namespace('gatekeeper'),
      ),
      `
      namespaces/gatekeeper/helmrelease-gatekeeper.yaml: webhook-spares-ancestors
        what   webhook check-ignore-label.gatekeeper.sh of HelmRelease gatekeeper/gatekeeper fails closed and is asked about Namespace kube-system of flux-system/cilium, for which flux-system/gatekeeper waits
        where  HelmRelease gatekeeper/gatekeeper, spec.values
        why    while its pods are down the objects are refused, so what comes before them is never Ready again, and a repair in Git cannot arrive
        fix    set the value validatingWebhookCheckIgnoreFailurePolicy: Ignore`,
    ],
    'a policy that fails closed, for a namespace that its engine waits for': [
      cluster(
        flux('storage'),
        namespace('storage', 'longhorn-system'),
        namespace('storage', 'nfs'),
        flux('kyverno', { dependsOn: ['storage'] }),
        release('kyverno', 'kyverno'),
        flux('policies', { dependsOn: ['kyverno'] }),
        POLICY(),
      ),
      `
      namespaces/policies/clusterpolicy-labels.yaml: webhook-spares-ancestors
        what   webhook for ClusterPolicy labels of HelmRelease kyverno/kyverno fails closed and is asked about Namespace longhorn-system of flux-system/storage and 1 more, for which flux-system/kyverno waits
        where  ClusterPolicy labels, spec
        why    while its pods are down the objects are refused, so what comes before them is never Ready again, and a repair in Git cannot arrive
        fix    let it fail open (failurePolicy: Ignore), or leave these namespaces out of its namespaceSelector`,
    ],
    'claims that stand before the storage that judges them': [
      cluster(
        flux('claims'),
        object('claims', 'v1', 'PersistentVolumeClaim', 'claims/archive'),
        flux('longhorn', { dependsOn: ['claims'] }),
        release('longhorn', 'longhorn'),
      ),
      `
      namespaces/longhorn/helmrelease-longhorn.yaml: webhook-spares-ancestors
        what   webhook validator.longhorn.io of HelmRelease longhorn/longhorn fails closed and is asked about PersistentVolumeClaim claims/archive of flux-system/claims, for which flux-system/longhorn waits
        where  HelmRelease longhorn/longhorn, spec.values
        why    while its pods are down the objects are refused, so what comes before them is never Ready again, and a repair in Git cannot arrive
        fix    apply them after it: no value changes what this webhook is asked about`,
    ],
    'a configuration as a manifest, about its own Deployment': [
      cluster(
        flux('ferry'),
        object('ferry', 'v1', 'Service', 'ferry/judge', { spec: { ports: [{ port: 443 }] } }),
        object('ferry', 'admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'judge', {
          webhooks: [
            {
              name: 'judge.example.org',
              clientConfig: { service: { name: 'judge', namespace: 'ferry' } },
              rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], resources: ['deployments'], operations: ['*'] }],
            },
          ],
        }),
        object('ferry', 'apps/v1', 'Deployment', 'ferry/judge'),
      ),
      `
      namespaces/ferry/validatingwebhookconfiguration-judge.yaml: webhook-spares-ancestors
        what   webhook judge.example.org of ValidatingWebhookConfiguration judge fails closed and is asked about Deployment ferry/judge of flux-system/ferry, beside its own pods
        where  ValidatingWebhookConfiguration judge, webhooks
        why    while its pods are down the objects are refused, so what comes before them is never Ready again, and a repair in Git cannot arrive
        fix    let it fail open (failurePolicy: Ignore), or leave these namespaces out of its namespaceSelector`,
    ],
  },
});
