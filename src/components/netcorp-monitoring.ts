import { type FluxRepo, Monitoring } from '../flux';
import { PrometheusRule, ServiceMonitor } from '../manifests';

/** Metrics and alerts of netcorp's applications; the stores have theirs in data-monitoring, which needs no healthy application. */
export class NetcorpMonitoring extends Monitoring<'netcorp-monitoring', 'netcorp-app'> {
  readonly rules: PrometheusRule;

  constructor(repo: FluxRepo) {
    super(repo, 'netcorp-monitoring', { namespace: 'netcorp' });

    // web and strapi have no metrics of their own: their signals come from the mesh, by the PodMonitor of linkerd-monitoring.
    serviceMonitor(this, 'netcorp-api');
    serviceMonitor(this, 'netcorp-worker');

    this.rules = new PrometheusRule(this, 'prometheus-rule', {
      metadata: { name: 'netcorp' },
      spec: {
        groups: [
          {
            name: 'netcorp', // clusters patch rules by their place in this list
            rules: [
              {
                alert: 'NetcorpHighErrorRate',
                expr: this.errorRateAbove(0.05),
                for: '10m',
                labels: { severity: 'critical', team: 'netcorp' },
                annotations: {
                  summary: '{{ $labels.app_kubernetes_io_name }} fails {{ $value | humanizePercentage }} of its requests',
                  description: 'As its own proxy counts them: responses with a 5xx status or a gRPC error, over the last five minutes.',
                },
              },
              {
                alert: 'NetcorpHighLatency',
                expr: this.latencyAbove(1000),
                for: '10m',
                labels: { severity: 'warning', team: 'netcorp' },
                annotations: {
                  summary: '{{ $labels.app_kubernetes_io_name }} is slow',
                  description: 'One request in twenty takes longer than {{ $value | humanize }} ms, measured at its own proxy.',
                },
              },
              {
                alert: 'NetcorpDeploymentDegraded',
                expr: 'kube_deployment_status_replicas_available{namespace="netcorp"} < kube_deployment_spec_replicas{namespace="netcorp"}',
                for: '10m',
                labels: { severity: 'critical', team: 'netcorp' },
                annotations: {
                  summary: '{{ $labels.deployment }} runs with fewer pods than it should',
                  description:
                    'Only {{ $value }} of its replicas have been available for ten minutes. Look for image pulls, probes and missing room on the nodes.',
                },
              },
              {
                alert: 'NetcorpCrashLooping',
                expr: 'increase(kube_pod_container_status_restarts_total{namespace="netcorp"}[15m]) > 3',
                for: '5m',
                labels: { severity: 'warning', team: 'netcorp' },
                annotations: {
                  summary: 'Container {{ $labels.container }} of {{ $labels.pod }} keeps restarting',
                  description: 'More than three restarts in a quarter of an hour. `kubectl logs --previous` has its last words.',
                },
              },
              {
                alert: 'NetcorpHpaMaxedOut',
                expr: 'kube_horizontalpodautoscaler_status_current_replicas{namespace="netcorp"} >= kube_horizontalpodautoscaler_spec_max_replicas{namespace="netcorp"}',
                for: '15m',
                labels: { severity: 'warning', team: 'netcorp' },
                annotations: {
                  summary: '{{ $labels.horizontalpodautoscaler }} has no replica left to add',
                  description: 'It has stood at its maximum of {{ $value }} for a quarter of an hour: more load makes it slower.',
                },
              },
              {
                alert: 'NetcorpApiTargetMissing',
                expr: 'absent(up{namespace="netcorp",job="netcorp-api"} == 1)', // job is the Service's name
                for: '10m',
                labels: { severity: 'critical', team: 'netcorp' },
                annotations: {
                  summary: 'Prometheus reaches no pod of netcorp-api',
                  description:
                    'Either none is running, or port 9090 is closed to namespace monitoring; until then alerts on its metrics are blind.',
                },
              },
            ],
          },
        ],
      },
    });
  }

  /** True while more than `share` of an application's requests fail; without traffic it is 0. */
  errorRateAbove(share: number): string {
    const failed = 'rate(response_total{namespace="netcorp",direction="inbound",classification="failure"}[5m])';
    const all = 'rate(response_total{namespace="netcorp",direction="inbound"}[5m])';
    return `sum by (app_kubernetes_io_name) (${failed}) / clamp_min(sum by (app_kubernetes_io_name) (${all}), 0.01) > ${share}`;
  }

  /** True while the slowest twentieth of an application's requests takes more than `milliseconds`. */
  latencyAbove(milliseconds: number): string {
    const buckets = 'rate(response_latency_ms_bucket{namespace="netcorp",direction="inbound"}[5m])';
    return `histogram_quantile(0.95, sum by (le, app_kubernetes_io_name) (${buckets})) > ${milliseconds}`;
  }
}

/** Scrapes a Service of netcorp by the name of its metrics port. */
function serviceMonitor(scope: NetcorpMonitoring, name: string): void {
  new ServiceMonitor(scope, `service-monitor-${name}`, {
    metadata: { name },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': name } },
      endpoints: [{ port: 'http-metrics', path: '/metrics', interval: '30s' }],
    },
  });
}
