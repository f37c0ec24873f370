import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumClusterwideNetworkPolicy,
  CiliumL2AnnouncementPolicy,
  CiliumLoadBalancerIPPool,
  CiliumNetworkPolicy,
  fromMonitoring,
  fromNamespace,
  fromNamespaces,
  fromPods,
  toDns,
  toNamespace,
  toPods,
} from '../manifests';
import { variable } from '../variables';

/** Label that Linkerd's injector puts on every meshed pod. */
const MESHED = { 'k8s:linkerd.io/control-plane-ns': 'linkerd' };

/** What needs Cilium's CRDs and belongs to no other component: LoadBalancer addresses, cluster-wide policies, those of kube-system. */
export class CiliumConfig extends Component<'cilium-config', 'cilium'> {
  constructor(repo: FluxRepo) {
    super(repo, 'cilium-config', { namespace: 'kube-system' });

    new CiliumLoadBalancerIPPool(this, 'default-pool', {
      spec: {
        blocks: [{ start: variable('LB_POOL_START'), stop: variable('LB_POOL_STOP') }],
      },
    });
    new CiliumL2AnnouncementPolicy(this, 'default-l2', {
      spec: {
        loadBalancerIPs: true,
        externalIPs: false,
        interfaces: ['^(eth|en[ops])[0-9a-z]+$'], // kernel names, and those of systemd: on board, PCI, hot-plug slot
        nodeSelector: { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'DoesNotExist' }] },
        serviceSelector: {
          matchExpressions: [{ key: 'io.kubernetes.service.namespace', operator: 'In', values: ['envoy-gateway-system'] }],
        },
      },
    });

    // A namespace that one day denies egress keeps its DNS. Every pod with a namespace, so not the health endpoints.
    new CiliumClusterwideNetworkPolicy(this, 'allow-dns', {
      endpoints: { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] },
      egress: [toDns()],
    });
    // Without it a meshed pod of a namespace that denies egress waits for its identity for ever.
    new CiliumClusterwideNetworkPolicy(this, 'allow-linkerd-mesh', {
      endpoints: { matchLabels: MESHED },
      egress: [
        toNamespace('linkerd', [8080, 8086, 8090]), // identity, destination, policy
        toPods(MESHED, 4143), // what one proxy sends another, whatever port the application uses
      ],
      ingress: [
        fromPods(MESHED, 4143),
        fromNamespaces(['monitoring', 'linkerd-viz'], 4191), // the proxy's metrics
        fromNamespace('linkerd-viz', [4190], { component: 'tap' }),
      ],
    });

    // The policies of kube-system, in cilium's folder. None may select all its pods: coredns is one of them.
    const policies = new Directory(this, 'cilium-network-policies', { path: '../cilium/cilium-network-policies' });
    new CiliumNetworkPolicy(policies, 'allow-hubble-relay', {
      endpoints: { matchLabels: { 'k8s-app': 'hubble-relay' } },
      ingress: [fromPods({ 'k8s-app': 'hubble-ui' }, 4245), fromMonitoring(9966)],
    });
  }
}
