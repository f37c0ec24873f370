import type { LinkerdVizValues } from '../../imports/charts/linkerd-viz';
import { Component, Directory, type FluxRepo } from '../flux';
import {
  Certificate,
  CiliumNetworkPolicy,
  type Egress,
  fromKubeApi,
  fromMonitoring,
  fromOwnNamespace,
  HelmRelease,
  Namespace,
  toComponent,
  toDns,
  toKubeApi,
  toNamespace,
  toOwnNamespace,
} from '../manifests';
import type { Linkerd } from './linkerd';

/** Asked only while somebody looks, so nothing here waits for `monitoring`. */
const PROMETHEUS = 'http://kube-prometheus-stack-prometheus.monitoring.svc:9090';

export interface LinkerdVizProps {
  /** Brings the charts' repository and the control plane that viz reads. */
  readonly linkerd: Linkerd;
}

/** Linkerd viz shows what the mesh does: dashboard, tap and the metrics API behind `linkerd viz`. */
export class LinkerdViz extends Component<'linkerd-viz', 'linkerd' | 'cilium' | 'cert-manager' | 'cert-manager-config'> {
  readonly release: HelmRelease<LinkerdVizValues>;

  constructor(repo: FluxRepo, { linkerd }: LinkerdVizProps) {
    super(repo, 'linkerd-viz', { because: { linkerd: 'its chart writes Linkerd policies, and its pods must be born meshed' } });

    new Namespace(this, 'namespace', {
      podSecurity: 'restricted',
      meshed: true, // tap refuses to work without a mesh identity
      labels: { 'linkerd.io/extension': 'viz' }, // how `linkerd viz` finds it
      annotations: { 'linkerd.io/inject': 'enabled', 'viz.linkerd.io/external-prometheus': PROMETHEUS },
    });
    this.release = new HelmRelease<LinkerdVizValues>(this, 'helm-release', {
      chart: { repository: linkerd.repository, name: 'linkerd-viz', version: '2025.10.7' }, // the control plane's
      crds: 'Skip', // the chart has none
      values: {
        createNamespaceMetadataJob: false, // a hook that labels the namespace, which is Flux's
        prometheus: { enabled: false }, // would keep six hours in memory, and looks for admin ports under a name they have lost
        prometheusUrl: PROMETHEUS,
        metricsAPI: { resources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } } },
        dashboard: { resources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } } },
        // Otherwise the chart signs new certificates at every upgrade; each name is that of its Certificate.
        tap: {
          externalSecret: true,
          injectCaFrom: 'linkerd-viz/tap',
          resources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } },
        },
        tapInjector: {
          externalSecret: true,
          injectCaFrom: 'linkerd-viz/linkerd-tap-injector',
          // By default it is asked about every pod of the cluster, and each waits up to 10s for it when it does not answer.
          namespaceSelector: {
            matchExpressions: [
              { key: 'config.linkerd.io/admission-webhooks', operator: 'NotIn', values: ['disabled'] },
              { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }, // the chart's own
            ],
          },
          resources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } },
        },
      },
    });

    servingCertificate(this, 'tap', 'tap');
    servingCertificate(this, 'linkerd-tap-injector', 'tap-injector');

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()],
      // 8089 is the aggregated API of tap: closed, it breaks API discovery, and no namespace of the cluster can be deleted.
      ingress: [fromKubeApi(8443, 8089)],
    });
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-control-plane', {
      egress: [toComponent(linkerd, 8080, 8086, 8090)], // identity, destination, policy, for the proxies
    });
    new CiliumNetworkPolicy(policies, 'allow-prometheus', {
      endpoints: { matchLabels: { component: 'metrics-api' } },
      egress: [toNamespace('monitoring', [9090], { 'app.kubernetes.io/name': 'prometheus' })],
    });
    new CiliumNetworkPolicy(policies, 'allow-tap', {
      endpoints: { matchLabels: { component: 'tap' } },
      egress: [toMeshedPods('4190')],
    });
    new CiliumNetworkPolicy(policies, 'allow-metrics', {
      ingress: [fromMonitoring(4191, 9994, 9995, 9998)], // proxies; web, metrics-api and tap-injector, tap
    });
  }
}

/** The serving certificate of a Service of viz; the pod rereads it without a restart. */
function servingCertificate(scope: LinkerdViz, name: string, service: string): void {
  new Certificate(scope, `certificate-${name}`, {
    metadata: { name },
    spec: {
      secretName: `${service}-k8s-tls`,
      commonName: `${service}.linkerd-viz.svc`,
      dnsNames: [`${service}.linkerd-viz.svc`],
      duration: '2160h',
      privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8', rotationPolicy: 'Always' },
      usages: ['server auth'],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'cluster-ca' },
    },
  });
}

/** Pods with a proxy, in every namespace: naming the namespace lifts the selector's limit to our own. */
function toMeshedPods(port: string): Egress {
  return {
    toEndpoints: [
      {
        matchLabels: { 'k8s:linkerd.io/control-plane-ns': 'linkerd' },
        matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }],
      },
    ],
    toPorts: [{ ports: [{ port, protocol: 'TCP' }] }],
  };
}
