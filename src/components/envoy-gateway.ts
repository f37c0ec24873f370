import type { GatewayHelmValues } from '../../imports/charts/gateway-helm';
import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumNetworkPolicy,
  type Egress,
  fromEntities,
  fromKubeApi,
  fromMonitoring,
  fromPods,
  HelmRelease,
  HelmRepository,
  Namespace,
  toDns,
  toKubeApi,
  toPods,
} from '../manifests';

const CONTROLLER = { 'control-plane': 'envoy-gateway' };
const PROXIES = { 'app.kubernetes.io/component': 'proxy' };

/** Envoy Gateway turns Gateways and HTTPRoutes into Envoy proxies, which run in its namespace. */
export class EnvoyGateway extends Component<'envoy-gateway', 'gateway-api-crds' | 'cilium'> {
  readonly release: HelmRelease<GatewayHelmValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'envoy-gateway', {
      namespace: 'envoy-gateway-system',
      provides: { groups: ['gateway.envoyproxy.io'] },
      because: { 'gateway-api-crds': 'the controller looks for the route kinds when it starts, and ignores those that come later' },
    });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' }); // proxies listen on 10000 + port, so they need no capability
    const repository = new HelmRepository(this, 'helm-repository', { url: 'oci://docker.io/envoyproxy' });
    // Keep the values few: with its CRDs the release takes 994 KB of the 1,048,576 bytes that a Secret may have.
    this.release = new HelmRelease<GatewayHelmValues>(this, 'helm-release', {
      chart: { repository, name: 'gateway-helm', version: '1.6.x' },
      // crds/ holds the whole Gateway API beside Envoy's own kinds, and nothing parts them: gateway-api-crds must stay at the
      // bundle that the chart carries, v1.4.1 for 1.6.4.
      crds: 'CreateReplace',
      values: {
        deployment: {
          envoyGateway: { resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } } },
          priorityClassName: 'system-cluster-critical', // without it no proxy learns of a new pod behind a route
        },
      },
    });

    // Each selects by label: the proxies live here too, and the Job that makes the xDS certificates must stay free.
    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'envoy-gateway', {
      endpoints: { matchLabels: CONTROLLER },
      egress: [toKubeApi(), toDns()],
      ingress: [
        fromKubeApi(9443), // topology injector
        fromPods(PROXIES, 18000, 18002), // xDS, wasm
        fromMonitoring(19001),
      ],
    });
    new CiliumNetworkPolicy(policies, 'envoy-proxies', {
      endpoints: { matchLabels: PROXIES },
      egress: [toPods(CONTROLLER, 18000, 18002), toDns(), toBackends()],
      ingress: [
        fromEntities(['world', 'cluster'], 10080, 10443), // clients outside may arrive under a node's identity
        fromMonitoring(19001),
      ],
    });
  }
}

/** Pods of the namespaces that the Gateway admits, by the same label; on which ports is for the backends' own policies to say. */
function toBackends(): Egress {
  return {
    toEndpoints: [
      {
        matchLabels: { 'k8s:io.cilium.k8s.namespace.labels.gateway-access': 'true' },
        matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }], // not only our own namespace
      },
    ],
  };
}
