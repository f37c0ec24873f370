import type { RabbitmqClusterOperatorValues } from '../../imports/charts/rabbitmq-cluster-operator';
import { brings } from './brings';
import { isOn, monitor } from './switch';
import { WRITES } from './webhook';

/** Kind and plural of what the topology operator validates; the cluster operator has no webhook. */
const TOPOLOGY = {
  Binding: 'bindings',
  Exchange: 'exchanges',
  Federation: 'federations',
  OperatorPolicy: 'operatorpolicies',
  Permission: 'permissions',
  Policy: 'policies',
  Queue: 'queues',
  SchemaReplication: 'schemareplications',
  Shovel: 'shovels',
  SuperStream: 'superstreams',
  TopicPermission: 'topicpermissions',
  User: 'users',
  Vhost: 'vhosts',
} as const;

/** Chart 0.2.1: crds/, templates/messaging-topology-operator, templates/cluster-operator. */
export const rabbitmqClusterOperator = brings<RabbitmqClusterOperatorValues>({
  chart: 'rabbitmq-cluster-operator',
  repositories: ['oci://registry-1.docker.io/cloudpirates', 'oci://docker.io/cloudpirates'],
  sharesItsName: true,
  version: '0.2.1',
  crds: 'folder',
  brings: (values, release) => {
    const topology = values.msgTopologyOperator;
    const cluster = values.clusterOperator;
    const certificates = isOn(values.useCertManager, false);
    return {
      crds: [{ group: 'rabbitmq.com', kinds: ['RabbitmqCluster', ...Object.keys(TOPOLOGY)], from: 'crds folder' }],
      webhooks: isOn(topology?.skipCreateAdmissionWebhookConfig, false)
        ? []
        : Object.entries(TOPOLOGY).map(([kind, resource]) => ({
            name: `v${kind.toLowerCase()}.kb.io`,
            type: 'validating' as const,
            failurePolicy: 'Fail' as const,
            sideEffects: 'None' as const,
            rules: [
              {
                groups: ['rabbitmq.com'],
                versions: [kind === 'SuperStream' ? 'v1alpha1' : 'v1beta1'],
                resources: [resource],
                operations: WRITES,
              },
            ],
            service: `${release.name}-rabbitmq-messaging-topology-operator`,
            podPort: 9443,
            pods: { 'app.kubernetes.io/component': 'messaging-topology-operator', 'app.kubernetes.io/instance': release.name },
            hostNetwork: isOn(topology?.hostNetwork, false),
            registered: 'helm' as const,
          })),
      metrics: [
        { port: 9782, pods: { 'app.kubernetes.io/component': 'rabbitmq-operator' } },
        { port: 8080, pods: { 'app.kubernetes.io/component': 'messaging-topology-operator' } },
      ],
      monitors: [
        ...monitor('ServiceMonitor', 'clusterOperator.metrics.serviceMonitor.enabled', cluster?.metrics?.serviceMonitor?.enabled),
        ...monitor('PodMonitor', 'clusterOperator.metrics.podMonitor.enabled', cluster?.metrics?.podMonitor?.enabled),
        ...monitor('ServiceMonitor', 'msgTopologyOperator.metrics.serviceMonitor.enabled', topology?.metrics?.serviceMonitor?.enabled),
        ...monitor('PodMonitor', 'msgTopologyOperator.metrics.podMonitor.enabled', topology?.metrics?.podMonitor?.enabled),
      ],
      uses: certificates
        ? [
            { group: 'cert-manager.io', kind: 'Certificate' },
            { group: 'cert-manager.io', kind: 'Issuer' },
          ]
        : [],
    };
  },
});
