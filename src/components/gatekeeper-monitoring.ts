import { type FluxRepo, Monitoring } from '../flux';
import { alert, PrometheusRule, Service, ServiceMonitor } from '../manifests';

/** Scrapes Gatekeeper's webhook and audit pods, and alerts on checks that do not happen and on what they find. */
export class GatekeeperMonitoring extends Monitoring<'gatekeeper-monitoring', 'gatekeeper-system'> {
  constructor(repo: FluxRepo) {
    super(repo, 'gatekeeper-monitoring', { namespace: 'gatekeeper-system' });

    // The chart, 3.21.1, has no Service over its pods' metrics port.
    new Service(this, 'service-gatekeeper-controller-metrics', {
      metadata: { name: 'gatekeeper-controller-metrics', labels: { 'app.kubernetes.io/part-of': 'gatekeeper' } },
      spec: {
        clusterIP: 'None',
        selector: { 'gatekeeper.sh/operation': 'webhook', 'control-plane': 'controller-manager', release: 'gatekeeper' },
        ports: [{ name: 'metrics', port: 8888, targetPort: 'metrics' }],
      },
    });
    new Service(this, 'service-gatekeeper-audit-metrics', {
      metadata: { name: 'gatekeeper-audit-metrics', labels: { 'app.kubernetes.io/part-of': 'gatekeeper' } },
      spec: {
        clusterIP: 'None',
        selector: { 'gatekeeper.sh/operation': 'audit', 'control-plane': 'audit-controller', release: 'gatekeeper' },
        ports: [{ name: 'metrics', port: 8888, targetPort: 'metrics' }],
      },
    });
    new ServiceMonitor(this, 'service-monitor', {
      metadata: { name: 'gatekeeper' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/part-of': 'gatekeeper' } }, // the chart's own labels would take in the webhook's Service
        namespaceSelector: { matchNames: ['gatekeeper-system'] },
        endpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }],
      },
    });
    new PrometheusRule(this, 'prometheus-rule', {
      metadata: { name: 'gatekeeper' },
      spec: {
        groups: [
          {
            name: 'gatekeeper',
            rules: [
              alert('GatekeeperWebhookDown', 'critical', {
                expr: 'absent(up{namespace="gatekeeper-system", job="gatekeeper-controller-metrics"} == 1)',
                for: '5m',
                summary: 'No webhook pod of Gatekeeper answers',
                description: 'Objects are admitted unchecked, since the webhook fails open; the next audit reports what slipped through.',
              }),
              alert('GatekeeperAuditStale', 'warning', {
                // 900 s: three times the longest audit interval of our clusters. `absent`, as an audit pod that is gone leaves no series.
                expr: 'time() - max(gatekeeper_audit_last_run_time) > 900 or absent(gatekeeper_audit_last_run_time)',
                for: '5m',
                summary: 'Gatekeeper has not audited the cluster for more than 15 minutes',
                description:
                  'Its counts of violations are old or missing. The audit pod is often out of memory; it is also the one that makes constraint kinds.',
              }),
              alert('GatekeeperTemplateError', 'warning', {
                expr: 'max(gatekeeper_constraint_templates{status="error"}) > 0', // max, not sum: every pod counts them all
                for: '5m',
                summary: '{{ $value }} of the constraint templates do not compile',
                description: 'Their constraints check nothing. status.byPod of the template has the error.',
              }),
              alert('GatekeeperConstraintError', 'warning', {
                expr: 'max(gatekeeper_constraints{status="error"}) > 0',
                for: '5m',
                summary: '{{ $value }} of the constraints are in error',
                description: 'They check nothing. status.byPod of the constraint has the error.',
              }),
              alert('GatekeeperDenyViolations', 'warning', {
                expr: 'max(gatekeeper_violations{enforcement_action="deny"}) > 0',
                for: '15m',
                summary: '{{ $value }} objects in the cluster break a constraint that denies',
                description:
                  'They are older than the constraint or came while Gatekeeper was down. Their next change is refused: a pod of theirs that dies is not replaced.',
              }),
              alert('GatekeeperWebhookErrors', 'warning', {
                // without Flux's dry-runs, which come again and again until the error is gone
                expr: 'sum(increase(gatekeeper_validation_request_count_total{admission_status=~"error|unknown", admission_dryrun="false"}[10m])) > 0',
                summary: 'Gatekeeper answers requests with errors',
                description: 'They are neither allowed nor denied by a constraint. The webhook pods log the cause.',
              }),
              alert('GatekeeperWebhookSlow', 'warning', {
                expr: 'histogram_quantile(0.99, sum by (le) (rate(gatekeeper_validation_request_duration_seconds_bucket[5m]))) > 1.5',
                for: '10m',
                summary: 'Gatekeeper takes {{ $value | humanizeDuration }} to judge an object',
                description: 'One request in a hundred takes longer. The API server waits 3 seconds and then admits the object unchecked.',
              }),
            ],
          },
        ],
      },
    });
  }
}
