import { type FluxRepo, Monitoring } from '../flux';
import { alert, PrometheusRule, type ScrapeEndpoint, Service, ServiceMonitor } from '../manifests';

/** How often a cluster scrapes unless it says otherwise. */
const INTERVAL = '30s';

/** Metrics and alerts of agents, operator, Envoy and Hubble. All but the relay are reached on their nodes' addresses. */
export class CiliumMonitoring extends Monitoring<'cilium-monitoring', 'cilium'> {
  readonly monitors: readonly ServiceMonitor[];

  constructor(repo: FluxRepo) {
    super(repo, 'cilium-monitoring', { namespace: 'kube-system' });

    // The chart makes these two Services only together with its ServiceMonitors; its names for them stay free.
    new Service(this, 'cilium-agent-metrics', {
      metadata: { labels: { 'app.kubernetes.io/name': 'cilium-agent-metrics', 'app.kubernetes.io/component': 'cilium-agent' } },
      spec: {
        clusterIP: 'None',
        selector: { 'k8s-app': 'cilium' },
        ports: [{ name: 'metrics', port: 9962, targetPort: 'prometheus' }],
      },
    });
    new Service(this, 'cilium-operator-metrics', {
      metadata: { labels: { 'app.kubernetes.io/name': 'cilium-operator-metrics', 'app.kubernetes.io/component': 'cilium-operator' } },
      spec: {
        clusterIP: 'None',
        selector: { 'io.cilium/app': 'operator', name: 'cilium-operator' },
        ports: [{ name: 'metrics', port: 9963, targetPort: 'prometheus' }],
      },
    });

    // jobLabel: by default `job` would be the Service's name, and the alerts below ask for job="cilium-agent".
    const agent = new ServiceMonitor(this, 'service-monitor-agent', {
      metadata: { name: 'cilium-agent' },
      spec: {
        jobLabel: 'app.kubernetes.io/component',
        selector: { matchLabels: { 'app.kubernetes.io/name': 'cilium-agent-metrics' } },
        endpoints: [endpoint('metrics')],
      },
    });
    const operator = new ServiceMonitor(this, 'service-monitor-operator', {
      metadata: { name: 'cilium-operator' },
      spec: {
        jobLabel: 'app.kubernetes.io/component',
        selector: { matchLabels: { 'app.kubernetes.io/name': 'cilium-operator-metrics' } },
        endpoints: [endpoint('metrics')],
      },
    });
    const envoy = new ServiceMonitor(this, 'service-monitor-envoy', {
      metadata: { name: 'cilium-envoy' },
      spec: {
        jobLabel: 'k8s-app',
        selector: { matchLabels: { 'k8s-app': 'cilium-envoy' } },
        endpoints: [endpoint('envoy-metrics')],
      },
    });
    const hubble = new ServiceMonitor(this, 'service-monitor-hubble', {
      metadata: { name: 'hubble' },
      spec: {
        jobLabel: 'k8s-app',
        selector: { matchLabels: { 'k8s-app': 'hubble' } },
        endpoints: [endpoint('hubble-metrics')],
      },
    });
    const relay = new ServiceMonitor(this, 'service-monitor-hubble-relay', {
      metadata: { name: 'hubble-relay' },
      spec: {
        jobLabel: 'k8s-app',
        selector: { matchLabels: { 'k8s-app': 'hubble-relay' } }, // two Services carry it; only one has a port of that name
        endpoints: [endpoint('metrics')],
      },
    });
    this.monitors = [agent, operator, envoy, hubble, relay];

    new PrometheusRule(this, 'prometheus-rule', {
      metadata: { name: 'cilium' },
      spec: {
        groups: [
          {
            name: 'cilium',
            rules: [
              alert('CiliumAgentDown', 'critical', {
                expr: 'up{job="cilium-agent"} == 0 or absent(up{job="cilium-agent"})',
                for: '5m',
                summary: 'A Cilium agent is not answering',
                description:
                  'No metrics from the agent on node {{ $labels.node }} (no node named: from any agent). Running pods keep their network, but new ones get none there and policies are no longer updated.',
              }),
              alert('CiliumUnreachableNodes', 'critical', {
                expr: 'max by (pod) (cilium_unreachable_nodes) > 0',
                for: '10m',
                summary: 'A node cannot be reached over the pod network',
                description:
                  'Agent {{ $labels.pod }} fails to reach {{ $value }} other nodes. WireGuard has no metric of its own in Cilium 1.16: look at its handshakes with cilium-dbg encrypt status, and at UDP 51871 and 8472 between the nodes.',
              }),
              alert('CiliumPolicyDropsHigh', 'warning', {
                expr: 'sum by (node, direction) (rate(cilium_drop_count_total{reason="Policy denied"}[5m])) > 5',
                for: '10m',
                summary: 'Policies drop many packets',
                description:
                  'Node {{ $labels.node }} drops {{ $value | humanize }} packets per second ({{ $labels.direction }}) that no policy allows. Either a policy lacks a rule, or something tries what it should not: hubble observe --verdict DROPPED names both ends.',
              }),
              alert('CiliumPolicyImportFailing', 'critical', {
                expr: 'increase(cilium_policy_change_total{outcome!="success"}[15m]) > 0', // 1.16 says fail in places and failure in others
                summary: 'An agent refused a policy',
                description:
                  'The agent on node {{ $labels.node }} could not import a policy that the API server had accepted; the old rules stay in force. The condition Valid of the policies says which one and why.',
              }),
              alert('CiliumBpfMapPressure', 'warning', {
                expr: 'max by (node, map_name) (cilium_bpf_map_pressure) > 0.9',
                for: '10m',
                summary: 'A BPF map is nearly full',
                description:
                  'Map {{ $labels.map_name }} on node {{ $labels.node }} is {{ $value | humanizePercentage }} full. Once it is full, new connections, Services or policy entries are refused there.',
              }),
              alert('CiliumEndpointRegenerationFailing', 'warning', {
                expr: 'sum by (node) (increase(cilium_endpoint_regenerations_total{outcome!="success"}[15m])) > 0',
                for: '15m',
                summary: 'Pods keep an old network state',
                description:
                  'Node {{ $labels.node }} fails to rebuild the datapath of some of its pods: they run with the policies and Services of an earlier state.',
              }),
              alert('CiliumLoadBalancerUnsatisfied', 'warning', {
                expr: 'max(cilium_operator_lbipam_services_unsatisfied_total) > 0',
                for: '10m',
                summary: 'A LoadBalancer Service has no address',
                description:
                  '{{ $value }} Services wait for an address: the pool is exhausted, does not hold the address asked for, or is in conflict.',
              }),
              alert('CiliumLoadBalancerPoolConflict', 'critical', {
                expr: 'max(cilium_operator_lbipam_conflicting_pools_total) > 0',
                for: '10m',
                summary: 'Address pools overlap',
                description:
                  '{{ $value }} pools overlap with another one and give no addresses until they no longer do. Flux does not notice.',
              }),
              alert('HubbleLostEvents', 'info', {
                expr: 'sum by (source) (rate(hubble_lost_events_total[5m])) > 1',
                for: '15m',
                summary: 'Hubble does not see every flow',
                description:
                  '{{ $value | humanize }} events per second are lost at {{ $labels.source }}: flows and flow metrics have gaps, traffic itself is not affected.',
              }),
            ],
          },
        ],
      },
    });
  }
}

/** A port to scrape. Cilium's own labels win over Prometheus's, and the node is worth more than its address. */
function endpoint(port: string): ScrapeEndpoint {
  return {
    port,
    interval: INTERVAL,
    honorLabels: true,
    relabelings: [{ sourceLabels: ['__meta_kubernetes_pod_node_name'], targetLabel: 'node' }],
  };
}
