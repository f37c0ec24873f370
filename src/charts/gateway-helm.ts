import type { GatewayHelmValues } from '../../imports/charts/gateway-helm';
import { brings } from './brings';
import { isOn } from './switch';
import { NAMESPACE_NAME } from './webhook';

/** The chart's own kinds, and the whole experimental Gateway API v1.4.1 beside them: no value tells the two apart. */
const CRDS = [
  {
    group: 'gateway.envoyproxy.io',
    kinds: [
      'Backend',
      'BackendTrafficPolicy',
      'ClientTrafficPolicy',
      'EnvoyExtensionPolicy',
      'EnvoyPatchPolicy',
      'EnvoyProxy',
      'HTTPRouteFilter',
      'SecurityPolicy',
    ],
  },
  {
    group: 'gateway.networking.k8s.io',
    kinds: ['BackendTLSPolicy', 'GRPCRoute', 'Gateway', 'GatewayClass', 'HTTPRoute', 'ReferenceGrant', 'TCPRoute', 'TLSRoute', 'UDPRoute'],
  },
  { group: 'gateway.networking.x-k8s.io', kinds: ['XBackendTrafficPolicy', 'XListenerSet', 'XMesh'] },
] as const;

const PODS = { 'control-plane': 'envoy-gateway' } as const;

/** Chart v1.6.4: crds/, templates/envoy-gateway-deployment.yaml, envoy-gateway-service.yaml, envoy-proxy-topology-injector-webhook.yaml. */
export const gatewayHelm = brings<GatewayHelmValues>({
  chart: 'gateway-helm',
  repositories: ['oci://docker.io/envoyproxy', 'oci://registry-1.docker.io/envoyproxy'],
  version: 'v1.6.4',
  crds: 'folder',
  brings: (values, { namespace }) => ({
    crds: CRDS.map((crds) => ({ ...crds, from: 'crds folder' })),
    webhooks: isOn(values.topologyInjector?.enabled, true)
      ? [
          {
            name: 'topology.webhook.gateway.envoyproxy.io',
            type: 'mutating',
            failurePolicy: 'Ignore',
            sideEffects: 'None',
            namespaceSelector: { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values: [namespace] }] },
            rules: [{ groups: [''], versions: ['v1'], resources: ['pods/binding'], operations: ['CREATE'] }],
            service: 'envoy-gateway',
            podPort: 9443,
            pods: PODS,
            registered: 'helm',
          },
        ]
      : [],
    metrics: [{ port: 19_001, pods: PODS }],
    owns: [
      { kind: 'ServiceAccount', name: 'envoy-gateway', namespace },
      { kind: 'Service', name: 'envoy-gateway', namespace },
      { kind: 'ConfigMap', name: 'envoy-gateway-config', namespace },
    ],
  }),
});
