import type { CiliumValues } from '../../imports/charts/cilium';
import { brings } from './brings';
import { isOn, monitor } from './switch';

/** The operator registers them, and the agents wait for them: they exist once a release that waits is Ready. */
const KINDS = [
  'CiliumBGPAdvertisement',
  'CiliumBGPClusterConfig',
  'CiliumBGPNodeConfig',
  'CiliumBGPNodeConfigOverride',
  'CiliumBGPPeerConfig',
  'CiliumBGPPeeringPolicy',
  'CiliumCIDRGroup',
  'CiliumClusterwideEnvoyConfig',
  'CiliumClusterwideNetworkPolicy',
  'CiliumEgressGatewayPolicy',
  'CiliumEndpoint',
  'CiliumEndpointSlice',
  'CiliumEnvoyConfig',
  'CiliumExternalWorkload',
  'CiliumIdentity',
  'CiliumL2AnnouncementPolicy',
  'CiliumLoadBalancerIPPool',
  'CiliumLocalRedirectPolicy',
  'CiliumNetworkPolicy',
  'CiliumNode',
  'CiliumNodeConfig',
  'CiliumPodIPPool',
] as const;

/** Chart 1.16.5: templates/cilium-agent, cilium-operator, cilium-envoy, hubble, hubble-relay, hubble-ui, cilium-gateway-api-class.yaml. */
export const cilium = brings<CiliumValues>({
  chart: 'cilium',
  repositories: ['https://helm.cilium.io', 'oci://quay.io/cilium/charts'],
  version: '1.16.5',
  role: 'cni',
  crds: 'run time',
  brings: (values, { namespace }) => {
    const serves = isOn(values.hubble?.enabled, true) && isOn(values.hubble?.metrics?.enabled, false);
    const relays = isOn(values.hubble?.enabled, true) && isOn(values.hubble?.relay?.enabled, false);
    return {
      crds: [{ group: 'cilium.io', kinds: KINDS, from: 'run time' }],
      // agent, operator and Envoy stand in the node's network: no policy selects them
      metrics: isOn(values.hubble?.relay?.prometheus?.enabled, false) ? [{ port: 9966, pods: { 'k8s-app': 'hubble-relay' } }] : [],
      gatewayClasses: isOn(values.gatewayAPI?.enabled, false) ? ['cilium'] : [],
      ingressClasses: isOn(values.ingressController?.enabled, false) ? ['cilium'] : [],
      owns: [
        { kind: 'ServiceAccount', name: 'cilium', namespace },
        { kind: 'ServiceAccount', name: 'cilium-operator', namespace },
        { kind: 'ConfigMap', name: 'cilium-config', namespace },
        ...(isOn(values.hubble?.enabled, true) ? [{ kind: 'Service', name: 'hubble-peer', namespace }] : []),
        ...(serves ? [{ kind: 'Service', name: 'hubble-metrics', namespace }] : []),
        ...(relays ? [{ kind: 'Service', name: 'hubble-relay', namespace }] : []),
      ],
      monitors: [
        ...(isOn(values.prometheus?.enabled, false)
          ? monitor('ServiceMonitor', 'prometheus.serviceMonitor.enabled', values.prometheus?.serviceMonitor?.enabled)
          : []),
        ...(isOn(values.operator?.prometheus?.enabled, true)
          ? monitor('ServiceMonitor', 'operator.prometheus.serviceMonitor.enabled', values.operator?.prometheus?.serviceMonitor?.enabled)
          : []),
        ...(isOn(values.envoy?.prometheus?.enabled, true)
          ? monitor('ServiceMonitor', 'envoy.prometheus.serviceMonitor.enabled', values.envoy?.prometheus?.serviceMonitor?.enabled)
          : []),
        ...(serves
          ? monitor('ServiceMonitor', 'hubble.metrics.serviceMonitor.enabled', values.hubble?.metrics?.serviceMonitor?.enabled)
          : []),
        ...(relays
          ? monitor(
              'ServiceMonitor',
              'hubble.relay.prometheus.serviceMonitor.enabled',
              values.hubble?.relay?.prometheus?.serviceMonitor?.enabled,
            )
          : []),
      ],
    };
  },
});
