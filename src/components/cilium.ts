import type { CiliumValues } from '../../imports/charts/cilium';
import { Component, type FluxRepo } from '../flux';
import { HelmRelease, HelmRepository, Namespace } from '../manifests';
import { variable } from '../variables';

/**
 * The network: pod addresses, Services without kube-proxy, WireGuard between nodes, LoadBalancer addresses, policies, and Hubble to
 * watch it all. Its own policies are applied by cilium-config: the operator registers their CRDs only once it runs.
 */
export class Cilium extends Component<'cilium'> {
  readonly release: HelmRelease<CiliumValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'cilium', { namespace: 'kube-system', provides: { groups: ['cilium.io'] } });

    new Namespace(this, 'namespace', {
      podSecurity: 'privileged',
      because: 'agent and Envoy use the host network, host paths, SYS_ADMIN and NET_ADMIN',
      audit: 'privileged',
      warn: 'privileged',
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }, // Kubernetes made it, and all of it would go with it
    });
    const repository = new HelmRepository(this, 'helm-repository', { url: 'https://helm.cilium.io' });
    // Name and namespace are those of the bootstrap's `helm install cilium`: so the first reconcile takes that release over.
    this.release = new HelmRelease<CiliumValues>(this, 'helm-release', {
      // Pinned by the specification. Before 1.16.9, WireGuard may let packets of terminating pods out in clear (CVE-2025-32793);
      // 1.16.19 takes the same values.
      chart: { repository, name: 'cilium', version: '1.16.5' },
      crds: 'Skip', // the chart has none: the operator registers them
      onFailure: {
        retry: true,
        because: 'an uninstall between two attempts would take the network from every pod, those of Flux included',
      },
      values: {
        k8sServiceHost: variable('CONTROL_PLANE_HOST'), // without kube-proxy the agent cannot use the Service of the API server before it runs
        k8sServicePort: 6443,
        kubeProxyReplacement: true, // L2 announcements need it; never flip it on a live cluster without draining
        cni: { exclusive: false }, // linkerd-cni chains itself into the same conflist
        socketLB: { hostNamespaceOnly: true }, // otherwise Linkerd's proxies see pod addresses in place of Services (cilium/cilium#16583)
        // Never changes on a live cluster. The chart's default range, 10.0.0.0/8, swallows the Services' 10.96.0.0/12.
        ipam: { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: [variable('POD_CIDR')], clusterPoolIPv4MaskSize: 24 } },
        encryption: { enabled: true, type: 'wireguard' },
        l2announcements: { enabled: true },
        k8sClientRateLimit: { qps: 20, burst: 40 }, // each announced Service renews a lease; the client's default is 10 a second
        gatewayAPI: { enabled: false }, // Envoy Gateway owns the Gateway API; Cilium would add a GatewayClass of its own
        rollOutCiliumPods: true,
        updateStrategy: { rollingUpdate: { maxUnavailable: 1 } },
        resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '1Gi' } },
        prometheus: { enabled: true, serviceMonitor: { enabled: false } },
        operator: {
          rollOutPods: true,
          resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
          prometheus: { serviceMonitor: { enabled: false } },
        },
        envoy: {
          resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
          prometheus: { serviceMonitor: { enabled: false } },
        },
        hubble: {
          relay: {
            enabled: true,
            replicas: 2,
            rollOutPods: true,
            resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
            prometheus: { enabled: true, serviceMonitor: { enabled: false } },
          },
          ui: { enabled: true },
          // `cronJob` makes its certificates in a post-install hook, which waits for the relay, which waits for them
          // (cilium/cilium#40381); `certmanager` needs a network first. `helm` renews them at each upgrade: upgrade within three years.
          tls: { auto: { method: 'helm', certValidityDuration: 1095 } },
          metrics: {
            enabled: ['dns', 'drop', 'tcp', 'flow', 'port-distribution', 'icmp', 'httpV2'], // without labelsContext, so their number is bounded
            serviceMonitor: { enabled: false },
          },
        },
      },
    });
  }
}
