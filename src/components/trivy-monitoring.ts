import { type FluxRepo, Monitoring } from '../flux';
import { alert, PrometheusRule, ServiceMonitor } from '../manifests';

/** Scrapes Trivy's findings, and alerts on them and on scans that do not happen. */
export class TrivyMonitoring extends Monitoring<'trivy-monitoring', 'trivy-system'> {
  readonly findingsRule: PrometheusRule;

  constructor(repo: FluxRepo) {
    super(repo, 'trivy-monitoring', { namespace: 'trivy-system' });

    new ServiceMonitor(this, 'service-monitor', {
      metadata: { name: 'trivy-operator' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'trivy-operator', 'app.kubernetes.io/instance': 'trivy-operator' } },
        namespaceSelector: { matchNames: ['trivy-system'] },
        endpoints: [
          {
            port: 'metrics',
            path: '/metrics',
            interval: '60s',
            scrapeTimeout: '30s',
            honorLabels: true, // `namespace` is that of the scanned workload; otherwise it would become exported_namespace
          },
        ],
      },
    });
    new PrometheusRule(this, 'prometheus-rule', {
      metadata: { name: 'trivy' },
      spec: {
        groups: [
          {
            name: 'trivy',
            rules: [
              alert('TrivyOperatorDown', 'warning', {
                expr: 'absent(up{job="trivy-operator"} == 1)', // by job alone, as honorLabels leaves `namespace` to the findings
                for: '15m',
                summary: 'The Trivy operator does not answer',
                description: 'New images are not scanned, and the findings shown grow old.',
              }),
              alert('TrivyExposedSecret', 'critical', {
                expr: 'sum by (namespace, image_repository, image_tag) (trivy_image_exposedsecrets{severity=~"Critical|High"}) > 0',
                for: '10m',
                summary: 'Image {{ $labels.image_repository }}:{{ $labels.image_tag }} contains a secret',
                description:
                  'It runs in namespace {{ $labels.namespace }}. Whoever can pull the image has the secret: rotate it first, then rebuild.',
              }),
              alert('TrivyNoReports', 'warning', {
                expr: 'absent(trivy_image_vulnerabilities)',
                for: '6h',
                summary: 'Trivy has no vulnerability report at all',
                description: 'No scan ends well; usually the download of the databases is blocked. The log of trivy-server tells.',
              }),
              alert('TrivyScanJobsFailing', 'warning', {
                expr: 'sum(kube_job_status_failed{namespace="trivy-system", job_name=~"scan-.*"}) > 3',
                for: '30m',
                summary: '{{ $value }} scans failed',
                description:
                  'Their Jobs stay in trivy-system for ten minutes, with the cause in their logs: an image that cannot be pulled, or a refused pod.',
              }),
            ],
          },
        ],
      },
    });
    this.findingsRule = new PrometheusRule(this, 'prometheus-rule-findings', {
      metadata: { name: 'trivy-findings' },
      spec: {
        groups: [
          {
            name: 'trivy-findings',
            rules: [
              alert('TrivyCriticalVulnerabilities', 'warning', {
                // summed, as an image has one report for each workload that runs it
                expr: 'sum by (namespace, image_repository, image_tag) (trivy_image_vulnerabilities{severity="Critical"}) > 0',
                for: '1h',
                summary: 'Image {{ $labels.image_repository }}:{{ $labels.image_tag }} has critical vulnerabilities',
                description:
                  'It runs in namespace {{ $labels.namespace }}. Fixes exist, since those without one are not counted: rebuild or update.',
              }),
              alert('TrivyCriticalMisconfiguration', 'info', {
                expr: 'sum by (namespace, resource_kind) (trivy_resource_configaudits{severity="Critical"}) > 0',
                for: '1h',
                summary: 'A {{ $labels.resource_kind }} in namespace {{ $labels.namespace }} is configured dangerously',
                description: 'Its ConfigAuditReport names the check and the field.',
              }),
            ],
          },
        ],
      },
    });
  }
}
