import { type FluxRepo, Monitoring } from '../flux';
import { alert, PodMonitor, PrometheusRule } from '../manifests';

/** The mesh's metrics: control plane, viz, CNI plugin, and every proxy, from which netcorp's golden signals come. */
export class LinkerdMonitoring extends Monitoring<'linkerd-monitoring', 'linkerd'> {
  constructor(repo: FluxRepo) {
    super(repo, 'linkerd-monitoring', { namespace: 'linkerd' });

    // No Service has the admin ports, hence PodMonitors.
    new PodMonitor(this, 'pod-monitor-controller', {
      metadata: { name: 'linkerd-controller' },
      spec: {
        namespaceSelector: { matchNames: ['linkerd', 'linkerd-viz'] },
        selector: {},
        podMetricsEndpoints: [
          {
            interval: '30s',
            relabelings: [
              // `dest-admin`, `ident-admin` … in the control plane, plain `admin` in viz; the proxies' own is linkerd-proxies' business.
              { action: 'keep', sourceLabels: ['__meta_kubernetes_pod_container_port_name'], regex: '(.+-)?admin' },
              { action: 'drop', sourceLabels: ['__meta_kubernetes_pod_container_port_name'], regex: 'linkerd-admin' },
              { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_container_name'], targetLabel: 'component' },
            ],
          },
        ],
      },
    });
    new PodMonitor(this, 'pod-monitor-proxies', {
      metadata: { name: 'linkerd-proxies' },
      spec: {
        namespaceSelector: { any: true },
        selector: { matchExpressions: [{ key: 'linkerd.io/control-plane-ns', operator: 'Exists' }] },
        podTargetLabels: ['app.kubernetes.io/name'], // app_kubernetes_io_name, by which netcorp-monitoring sums up
        podMetricsEndpoints: [
          {
            port: 'linkerd-admin',
            interval: '10s', // viz asks for rates over one minute, its own Prometheus scrapes as often
            scrapeTimeout: '10s',
            relabelings: [
              {
                action: 'keep',
                sourceLabels: [
                  '__meta_kubernetes_pod_container_name',
                  '__meta_kubernetes_pod_container_port_name',
                  '__meta_kubernetes_pod_label_linkerd_io_control_plane_ns',
                ],
                regex: 'linkerd-proxy;linkerd-admin;linkerd',
              },
              // The labels that viz asks for; without them its dashboard stays empty.
              { action: 'replace', sourceLabels: ['__meta_kubernetes_namespace'], targetLabel: 'namespace' },
              { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_name'], targetLabel: 'pod' },
              // `job` is Prometheus's own word
              { action: 'replace', sourceLabels: ['__meta_kubernetes_pod_label_linkerd_io_proxy_job'], targetLabel: 'k8s_job' },
              { action: 'labeldrop', regex: '__meta_kubernetes_pod_label_linkerd_io_proxy_job' },
              // deployment, statefulset, daemonset …
              { action: 'labelmap', regex: '__meta_kubernetes_pod_label_linkerd_io_proxy_(.+)' },
              { action: 'labeldrop', regex: '__meta_kubernetes_pod_label_linkerd_io_proxy_(.+)' },
              // control_plane_ns, workload_ns
              { action: 'labelmap', regex: '__meta_kubernetes_pod_label_linkerd_io_(.+)' },
            ],
          },
        ],
      },
    });
    new PodMonitor(this, 'pod-monitor-cni', {
      metadata: { name: 'linkerd-cni' },
      spec: {
        namespaceSelector: { matchNames: ['linkerd-cni'] },
        selector: {},
        podMetricsEndpoints: [{ port: 'repair-admin', interval: '30s' }],
      },
    });

    new PrometheusRule(this, 'prometheus-rule', {
      metadata: { name: 'linkerd' },
      spec: {
        groups: [
          {
            name: 'linkerd.certificates',
            rules: [
              alert('LinkerdIssuerExpires', 'critical', {
                expr: 'min(issuer_cert_ttl_seconds) < 86400', // renewed ten days before its end, so this is nine days overdue
                for: '10m',
                summary: 'The identity issuer of the mesh expires within a day',
                description:
                  'cert-manager should have renewed Certificate linkerd/linkerd-identity-issuer nine days ago. Once it has expired no proxy gets a new certificate, and within a day all meshed traffic fails.',
              }),
              alert('LinkerdProxyCertExpires', 'warning', {
                // The metric got its second name in edge-24.5 (linkerd/website#1776).
                expr: 'min by (namespace, pod) (control_identity_cert_expiration_timestamp_seconds or identity_cert_expiration_timestamp_seconds) - time() < 14400',
                for: '10m',
                summary: 'The proxy of {{ $labels.namespace }}/{{ $labels.pod }} has an old certificate',
                description:
                  'A proxy certificate lives for a day and is renewed long before its last four hours: the proxy cannot reach identity, port 8080 in namespace linkerd, or is refused there.',
              }),
            ],
          },
          {
            name: 'linkerd.control-plane',
            rules: [
              alert('LinkerdInjectorFailing', 'warning', {
                expr: 'sum(rate(proxy_inject_admission_requests_total[5m])) - sum(rate(proxy_inject_admission_responses_total[5m])) > 0.1',
                for: '10m',
                summary: 'The proxy injector leaves requests unanswered',
                description:
                  'Pods created meanwhile start without a proxy and stay so until they are restarted; where the webhook fails closed they do not start at all.',
              }),
              alert('LinkerdCniRepairs', 'warning', {
                expr: 'increase(linkerd_cni_repair_controller_pods_deleted_total[15m]) > 3',
                for: '5m',
                summary: '{{ $labels.pod }} keeps deleting pods of its node',
                description:
                  'Pods start before the plugin stands in the CNI chain. A few after an agent restart are normal; more means that Cilium rewrites its conflist again and again (cni.exclusive must be false).',
              }),
            ],
          },
          {
            name: 'linkerd.traffic',
            rules: [
              alert('LinkerdAuthzDenied', 'warning', {
                expr: 'sum by (namespace, deployment) (rate(inbound_http_authz_deny_total[5m])) > 0',
                for: '5m',
                summary: '{{ $labels.namespace }}/{{ $labels.deployment }} refuses requests by policy',
                description: 'An AuthorizationPolicy or the default inbound policy does not admit a client that is in fact there.',
              }),
              alert('LinkerdInboundErrors', 'warning', {
                expr: 'sum by (namespace, deployment) (rate(response_total{direction="inbound",classification="failure"}[5m])) / sum by (namespace, deployment) (rate(response_total{direction="inbound"}[5m])) > 0.05',
                for: '10m',
                summary: '{{ $labels.namespace }}/{{ $labels.deployment }} fails {{ $value | humanizePercentage }} of its requests',
                description: 'Measured by its own proxy, so the failures are those of the workload and not of the way to it.',
              }),
            ],
          },
          {
            name: 'linkerd.viz',
            rules: [
              alert('LinkerdVizDegraded', 'warning', {
                expr: 'kube_deployment_status_replicas_available{namespace="linkerd-viz"} < 1',
                for: '10m',
                summary: 'linkerd-viz/{{ $labels.deployment }} has no pod that is ready',
                description: 'Traffic is not affected; `linkerd viz`, tap or the dashboard are.',
              }),
              alert('LinkerdTapApiUnavailable', 'critical', {
                expr: 'aggregator_unavailable_apiservice{name="v1alpha1.tap.linkerd.io"} == 1',
                for: '5m',
                summary: 'The API server cannot reach the aggregated API of tap',
                description:
                  'API discovery is incomplete, and namespaces that are deleted hang in Terminating, all over the cluster. Look at the pods of linkerd-viz/tap, port 8089, or delete the APIService if viz is gone.',
              }),
              alert('LinkerdProxiesNotScraped', 'warning', {
                expr: 'absent(response_total)',
                for: '15m',
                summary: 'No metrics arrive from any proxy',
                description:
                  'The dashboard is empty, and the alerts on errors and latency of netcorp are blind. Port 4191 of meshed pods must be open to namespace monitoring.',
              }),
            ],
          },
        ],
      },
    });
  }
}
