import type { KubePrometheusStackValues } from '../../imports/charts/kube-prometheus-stack';
import { brings, type Monitor, type Release } from './brings';
import { fullname } from './fullname';
import { isOn, policyOr, portOr } from './switch';
import { selectorFrom, type Webhook, type WebhookRule, WRITES } from './webhook';

const KINDS = [
  'Alertmanager',
  'AlertmanagerConfig',
  'PodMonitor',
  'Probe',
  'Prometheus',
  'PrometheusAgent',
  'PrometheusRule',
  'ScrapeConfig',
  'ServiceMonitor',
  'ThanosRuler',
] as const;

/** Chart 81.6.9: charts/crds/crds, templates/prometheus-operator/admission-webhooks, templates/exporters, templates/prometheus/rules. */
export const kubePrometheusStack = brings<KubePrometheusStackValues>({
  chart: 'kube-prometheus-stack',
  repositories: ['https://prometheus-community.github.io/helm-charts', 'oci://ghcr.io/prometheus-community/charts'],
  version: '81.6.9',
  crds: 'folder',
  brings: (values, release) => {
    const name = stackName(values, release);
    const operator = isOn(values.prometheusOperator?.enabled, true);
    return {
      crds: isOn(values.crds?.enabled, true) ? [{ group: 'monitoring.coreos.com', kinds: KINDS, from: 'crds folder' }] : [],
      webhooks: operator && isOn(values.prometheusOperator?.admissionWebhooks?.enabled, true) ? webhooks(values, name) : [],
      owns: [
        ...(operator ? [{ kind: 'Service', name: `${name}-operator`, namespace: release.namespace }] : []),
        { kind: 'Service', name: `${name}-prometheus`, namespace: release.namespace },
        { kind: 'Service', name: `${name}-alertmanager`, namespace: release.namespace },
      ],
      volumes:
        isOn(values.grafana?.enabled, true) && isOn(values.grafana?.persistence?.enabled, false)
          ? [{ kind: 'PersistentVolumeClaim', name: `${release.name}-grafana`, namespace: release.namespace }]
          : [],
      monitors: monitorsOf(values),
    };
  },
});

/** The chart cuts it to 26 characters, so that what the operator adds fits. */
function stackName({ fullnameOverride, nameOverride }: KubePrometheusStackValues, release: Release): string {
  return fullname('kube-prometheus-stack', release, { fullname: fullnameOverride, name: nameOverride }).slice(0, 26).replace(/-$/, '');
}

function webhooks({ prometheusOperator }: KubePrometheusStackValues, stack: string): readonly Webhook[] {
  const admission = prometheusOperator?.admissionWebhooks;
  const apart = isOn(admission?.deployment?.enabled, false);
  // a Job writes the certificate into both configurations, and the policy too if one is stated
  const patched = isOn(admission?.patch?.enabled, true);
  const webhook = {
    failurePolicy: policyOr(admission?.failurePolicy, patched ? 'Ignore' : 'Fail'),
    sideEffects: 'None',
    namespaceSelector: selectorFrom(admission?.namespaceSelector),
    objectSelector: selectorFrom(admission?.objectSelector),
    conditional: isOn(admission?.matchConditions, false),
    service: apart ? `${stack}-operator-webhook` : `${stack}-operator`,
    podPort: apart ? portOr(admission?.deployment?.tls?.internalPort, 10_250) : portOr(prometheusOperator?.tls?.internalPort, 10_250),
    pods: { app: apart ? 'kube-prometheus-stack-operator-webhook' : 'kube-prometheus-stack-operator' },
    hostNetwork: isOn(apart ? admission?.deployment?.hostNetwork : prometheusOperator?.hostNetwork, false),
    registered: 'helm',
  } as const;
  const on = (resource: string): readonly WebhookRule[] => [
    { groups: ['monitoring.coreos.com'], versions: ['*'], resources: [resource], operations: WRITES },
  ];
  return [
    { ...webhook, name: 'prometheusrulemutate.monitoring.coreos.com', type: 'mutating', rules: on('prometheusrules') },
    { ...webhook, name: 'prometheusrulemutate.monitoring.coreos.com', type: 'validating', rules: on('prometheusrules') },
    { ...webhook, name: 'alertmanagerconfigsvalidate.monitoring.coreos.com', type: 'validating', rules: on('alertmanagerconfigs') },
  ];
}

/** All on but for what is switched off: this chart brings the CRDs, so its own monitors wait for nobody. */
function monitorsOf(values: KubePrometheusStackValues): readonly Monitor[] {
  const service = (at: string, ...all: readonly boolean[]): readonly Monitor[] =>
    all.every((on) => on) ? [{ kind: 'ServiceMonitor', at }] : [];
  return [
    ...(isOn(values.defaultRules?.create, true) ? [{ kind: 'PrometheusRule' as const, at: 'defaultRules.create' }] : []),
    ...service('kubernetesServiceMonitors.enabled', isOn(values.kubernetesServiceMonitors?.enabled, true)),
    ...service(
      'alertmanager.serviceMonitor.selfMonitor',
      isOn(values.alertmanager?.enabled, true),
      isOn(values.alertmanager?.serviceMonitor?.selfMonitor, true),
    ),
    ...service(
      'prometheus.serviceMonitor.selfMonitor',
      isOn(values.prometheus?.enabled, true),
      isOn(values.prometheus?.serviceMonitor?.selfMonitor, true),
    ),
    ...service(
      'prometheusOperator.serviceMonitor.selfMonitor',
      isOn(values.prometheusOperator?.enabled, true),
      isOn(values.prometheusOperator?.serviceMonitor?.selfMonitor, true),
    ),
    ...service('grafana.serviceMonitor.enabled', isOn(values.grafana?.enabled, true), isOn(values.grafana?.serviceMonitor?.enabled, true)),
    ...service(
      'kube-state-metrics.prometheus.monitor.enabled',
      isOn(values.kubeStateMetrics?.enabled, true),
      isOn(values['kube-state-metrics']?.prometheus?.monitor?.enabled, true),
    ),
    ...service(
      'prometheus-node-exporter.prometheus.monitor.enabled',
      isOn(values.nodeExporter?.enabled, true),
      isOn(values['prometheus-node-exporter']?.prometheus?.monitor?.enabled, true),
    ),
  ];
}
