import type { CertManagerValues } from '../../imports/charts/cert-manager';
import { brings } from './brings';
import { fullname } from './fullname';
import { isOn, monitor, portOr } from './switch';
import { selectorFrom, WRITES } from './webhook';

const CRDS = [
  { group: 'cert-manager.io', kinds: ['Certificate', 'CertificateRequest', 'ClusterIssuer', 'Issuer'] },
  { group: 'acme.cert-manager.io', kinds: ['Challenge', 'Order'] },
] as const;

/** Namespaces that bear this label are not validated. */
const UNVALIDATED = { matchExpressions: [{ key: 'cert-manager.io/disable-validation', operator: 'NotIn', values: ['true'] }] } as const;

/** Chart v1.19.3: templates/crd-*.yaml, webhook-*-webhook.yaml, webhook-deployment.yaml, servicemonitor.yaml, podmonitor.yaml. */
export const certManager = brings<CertManagerValues>({
  chart: 'cert-manager',
  repositories: ['https://charts.jetstack.io', 'oci://quay.io/jetstack/charts'],
  version: 'v1.19.3',
  crds: 'templates',
  brings: (values, release) => {
    const name = fullname('cert-manager', release, { fullname: values.fullnameOverride, name: values.nameOverride });
    const installed = isOn(values.crds?.enabled, false) || isOn(values.installCRDs, false);
    const from = isOn(values.crds?.keep, true) ? 'templates, kept' : 'templates';
    const webhook = {
      failurePolicy: 'Fail',
      sideEffects: 'None',
      service: `${name}-webhook`,
      podPort: portOr(values.webhook?.securePort, 10_250),
      pods: { 'app.kubernetes.io/name': 'webhook', 'app.kubernetes.io/instance': release.name, 'app.kubernetes.io/component': 'webhook' },
      hostNetwork: isOn(values.webhook?.hostNetwork, false),
      registered: 'helm',
    } as const;
    return {
      crds: installed ? CRDS.map((crds) => ({ ...crds, from, keptBy: 'crds.keep: true' })) : [],
      webhooks: [
        {
          ...webhook,
          name: 'webhook.cert-manager.io',
          type: 'validating',
          namespaceSelector: selectorFrom(values.webhook?.validatingWebhookConfiguration?.namespaceSelector) ?? UNVALIDATED,
          rules: [{ groups: ['cert-manager.io', 'acme.cert-manager.io'], versions: ['v1'], resources: ['*/*'], operations: WRITES }],
        },
        {
          ...webhook,
          name: 'webhook.cert-manager.io',
          type: 'mutating',
          namespaceSelector: selectorFrom(values.webhook?.mutatingWebhookConfiguration?.namespaceSelector),
          rules: [{ groups: ['cert-manager.io'], versions: ['v1'], resources: ['certificaterequests'], operations: ['CREATE'] }],
        },
      ],
      metrics: isOn(values.prometheus?.enabled, true) ? [{ port: 9402, pods: { 'app.kubernetes.io/instance': release.name } }] : [],
      owns: [
        { kind: 'ServiceAccount', name, namespace: release.namespace },
        { kind: 'ServiceAccount', name: `${name}-webhook`, namespace: release.namespace },
        { kind: 'ServiceAccount', name: `${name}-cainjector`, namespace: release.namespace },
        { kind: 'Service', name: `${name}-webhook`, namespace: release.namespace },
        { kind: 'ValidatingWebhookConfiguration', name: `${name}-webhook` },
        { kind: 'MutatingWebhookConfiguration', name: `${name}-webhook` },
      ],
      monitors: isOn(values.prometheus?.enabled, true)
        ? [
            ...monitor('ServiceMonitor', 'prometheus.servicemonitor.enabled', values.prometheus?.servicemonitor?.enabled),
            ...monitor('PodMonitor', 'prometheus.podmonitor.enabled', values.prometheus?.podmonitor?.enabled),
          ]
        : [],
    };
  },
});
