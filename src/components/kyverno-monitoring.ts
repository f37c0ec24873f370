import { type FluxRepo, Monitoring } from '../flux';
import { alert, PrometheusRule, ServiceMonitor } from '../manifests';

/** Scrapes Kyverno's four controllers and alerts on policies and webhooks that do not work. */
export class KyvernoMonitoring extends Monitoring<'kyverno-monitoring', 'kyverno'> {
  readonly serviceMonitor: ServiceMonitor;
  readonly sharedClusterRule: PrometheusRule;

  constructor(repo: FluxRepo) {
    super(repo, 'kyverno-monitoring', { namespace: 'kyverno' });

    this.serviceMonitor = new ServiceMonitor(this, 'service-monitor', {
      metadata: { name: 'kyverno' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/part-of': 'kyverno', 'app.kubernetes.io/instance': 'kyverno' } },
        namespaceSelector: { matchNames: ['kyverno'] },
        // Only the four metrics Services have a port of this name; the webhooks' own carry the same labels.
        endpoints: [{ port: 'metrics-port', path: '/metrics', interval: '30s', scrapeTimeout: '25s' }],
      },
    });
    new PrometheusRule(this, 'prometheus-rule', {
      metadata: { name: 'kyverno' },
      spec: {
        groups: [
          {
            name: 'kyverno',
            rules: [
              alert('KyvernoAdmissionDown', 'critical', {
                expr: 'absent(up{namespace="kyverno", job="kyverno-svc-metrics"} == 1)',
                for: '5m',
                summary: 'No admission pod of Kyverno answers',
                description:
                  'Policies are not applied, those that fail closed refuse every object they match, and no policy can be changed until a pod is back.',
              }),
              alert('KyvernoAdmissionSlow', 'warning', {
                expr: 'histogram_quantile(0.99, sum by (le) (rate(kyverno_admission_review_duration_seconds_bucket[5m]))) > 2',
                for: '10m',
                summary: 'Kyverno takes {{ $value | humanizeDuration }} to judge an object',
                description:
                  'One request in a hundred takes longer. From 5 seconds on policies are skipped or, where they fail closed, objects refused.',
              }),
              alert('KyvernoPolicyNotReady', 'warning', {
                // a gauge of 1 per rule, in spite of its name
                expr: 'count by (policy_name) (kyverno_policy_rule_info_total{status_ready="false"} == 1) > 0',
                for: '10m',
                summary: 'Policy {{ $labels.policy_name }} is not ready',
                description: 'Its webhook is not registered, so it is not applied. Often it matches a kind that the cluster does not have.',
              }),
              alert('KyvernoPolicyErrors', 'warning', {
                expr: 'sum by (policy_name, rule_name) (increase(kyverno_policy_results_total{rule_result="error"}[15m])) > 0',
                summary: 'Rule {{ $labels.rule_name }} of policy {{ $labels.policy_name }} ends in errors',
                description:
                  'An error is neither pass nor fail: what the rule should hold is not checked. The admission log has the expression.',
              }),
              alert('KyvernoControllerDrops', 'warning', {
                expr: 'sum by (controller_name) (increase(kyverno_controller_drop_total[15m])) > 0',
                summary: 'Controller {{ $labels.controller_name }} of Kyverno gave up on objects',
                description: 'After its last retry it dropped them: reports, generated objects or webhooks may be out of date.',
              }),
            ],
          },
          {
            // Kept in this one place for every engine, as it is the API server that counts.
            name: 'admission-webhooks',
            rules: [
              alert('AdmissionWebhookUnreachable', 'critical', {
                expr: 'sum by (name) (increase(apiserver_admission_webhook_rejection_count{error_type="calling_webhook_error"}[10m])) > 0',
                summary: 'The API server cannot reach webhook {{ $labels.name }} and refuses objects',
                description:
                  'The webhook fails closed. Look at its pods and at the network policy of their port; deleting its configuration opens the cluster at once.',
              }),
            ],
          },
        ],
      },
    });
    // Says something only where several people work and three admission pods run.
    this.sharedClusterRule = new PrometheusRule(this, 'prometheus-rule-shared-cluster', {
      metadata: { name: 'kyverno-shared-cluster' },
      spec: {
        groups: [
          {
            name: 'kyverno-shared-cluster',
            rules: [
              alert('KyvernoDenialsSpike', 'info', {
                expr: 'sum by (resource_kind) (increase(kyverno_admission_requests_total{request_allowed="false"}[15m])) > 20',
                summary: 'Kyverno refused {{ $value | humanize }} requests for {{ $labels.resource_kind }} in 15 minutes',
                description: 'A controller tries the same again and again, or a policy was enforced that workloads do not meet yet.',
              }),
              alert('KyvernoAdmissionDegraded', 'warning', {
                expr: 'count(up{namespace="kyverno", job="kyverno-svc-metrics"} == 1) < 2',
                for: '10m',
                summary: 'Only {{ $value }} admission pod of Kyverno is left',
                description: 'The next eviction or crash stops admission. Three should run.',
              }),
            ],
          },
        ],
      },
    });
  }
}
