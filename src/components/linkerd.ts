import type { LinkerdControlPlaneValues } from '../../imports/charts/linkerd-control-plane';
import type { LinkerdCrdsValues } from '../../imports/charts/linkerd-crds';
import type { Linkerd2CniValues } from '../../imports/charts/linkerd2-cni';
import { Component, Documents, type FluxRepo } from '../flux';
import {
  Certificate,
  CiliumNetworkPolicy,
  fromAllNamespaces,
  fromKubeApi,
  fromNamespaces,
  fromOwnNamespace,
  HelmRelease,
  HelmRepository,
  Issuer,
  Namespace,
  toDns,
  toKubeApi,
  toOwnNamespace,
} from '../manifests';

/** Of all charts and of linkerd-viz: calendar versions of the edge channel, each of which may break the one before. */
const VERSION = '2025.10.7'; // Linkerd 2.19; `stable` ended in 2024 with Kubernetes 1.28

/** Linkerd encrypts and authorises what the pods of netcorp say to each other: CNI plugin, CRDs and control plane. */
export class Linkerd extends Component<'linkerd', 'cert-manager' | 'cilium' | 'gateway-api-crds'> {
  /** The charts of linkerd-viz come from it too. */
  readonly repository: HelmRepository;
  readonly controlPlane: HelmRelease<LinkerdControlPlaneValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'linkerd', {
      timeout: '15m',
      provides: { groups: ['policy.linkerd.io', 'linkerd.io', 'workload.linkerd.io'] },
      because: { 'gateway-api-crds': 'the policy controller looks for the route kinds once, at start' },
    });

    // The charts make their namespaces only for the CLI, so the labels it would set are ours to set.
    new Namespace(this, 'namespace', {
      podSecurity: 'restricted', // without the CNI plugin every pod would need NET_ADMIN, and the namespace `privileged`
      labels: { 'linkerd.io/is-control-plane': 'true', 'linkerd.io/control-plane-ns': 'linkerd' },
    });
    const cniNamespace = new Namespace(this, 'namespace-cni', {
      name: 'linkerd-cni',
      podSecurity: 'privileged',
      because: 'the plugin installs itself as root into the CNI folders of the node',
      labels: { 'linkerd.io/cni-resource': 'true' },
    });
    this.repository = new HelmRepository(this, 'helm-repository', { name: 'linkerd-edge', url: 'https://helm.linkerd.io/edge' });

    const cni = new HelmRelease<Linkerd2CniValues>(this, 'helm-release-cni', {
      name: 'linkerd-cni',
      namespace: cniNamespace.name,
      chart: { repository: this.repository, name: 'linkerd2-cni', version: VERSION },
      crds: 'Skip', // the chart has none
      timeout: '5m', // with the control plane's 10m it fits into the 15m of the whole
      onFailure: { retry: true, because: 'an uninstall takes the plugin out of the CNI chain, and meshed pods cannot start' },
      values: {
        priorityClassName: 'system-node-critical', // must be on a node before the first meshed pod
        // An agent restart rewrites Cilium's conflist. Pods born before it is patched again never get out of their network
        // validator (linkerd/linkerd2#11073); this deletes them.
        repairController: { enabled: true },
      },
    });
    const crds = new HelmRelease<LinkerdCrdsValues>(this, 'helm-release-crds', {
      name: 'linkerd-crds',
      chart: { repository: this.repository, name: 'linkerd-crds', version: VERSION },
      crds: 'Skip', // they are templates
      timeout: '5m', // as the plugin's
      onFailure: { retry: true, because: 'the CRDs lack resource-policy keep: an uninstall deletes every policy of the mesh' },
      values: { installGatewayAPI: false }, // true, the default before 2.18, lays routes of v1.1.1 over those of gateway-api-crds
    });
    this.controlPlane = new HelmRelease<LinkerdControlPlaneValues>(this, 'helm-release-control-plane', {
      name: 'linkerd-control-plane',
      chart: { repository: this.repository, name: 'linkerd-control-plane', version: VERSION },
      crds: 'Skip', // in linkerd-crds
      dependsOn: [crds, cni],
      onFailure: { retry: true, because: 'an uninstall takes the identity service, and every meshed pod its certificate' },
      // Without a PEM the chart makes an empty trust bundle and identity cannot start. Until cert-manager has signed the
      // issuer, helm-controller waits for this Secret and tries again.
      valuesFrom: [{ kind: 'Secret', name: 'linkerd-identity-issuer', valuesKey: 'ca.crt', targetPath: 'identityTrustAnchorsPEM' }],
      values: {
        controllerReplicas: 2,
        cniEnabled: true, // no init container with NET_ADMIN: that is what lets meshed pods be `restricted`
        identity: { issuer: { scheme: 'kubernetes.io/tls' } }, // Secret linkerd-identity-issuer, as cert-manager writes it
        proxy: {
          nativeSidecar: true, // Jobs end, and init containers reach the network in spite of the CNI plugin (linkerd/linkerd2#4788)
          // Since 2.18 meshed traffic goes to 4143 whatever its port (linkerd/linkerd2#15246): Cilium's rules by port would
          // cut it, or say nothing once 4143 is open.
          outboundTransportMode: 'transparent',
          resources: { cpu: { request: '10m' }, memory: { request: '32Mi', limit: '250Mi' } },
        },
        // Otherwise the chart signs new certificates at every upgrade; each name is that of its Certificate.
        proxyInjector: { externalSecret: true, injectCaFrom: 'linkerd/linkerd-proxy-injector' },
        profileValidator: { externalSecret: true, injectCaFrom: 'linkerd/linkerd-sp-validator' },
        policyValidator: { externalSecret: true, injectCaFrom: 'linkerd/linkerd-policy-validator' },
        webhookFailurePolicy: 'Ignore', // a missing injector must not stop pods where nobody watches
        podMonitor: { enabled: false }, // in linkerd-monitoring
        disableHeartBeat: true, // a CronJob that calls home
        // The chart requests nothing; limits are those of its values-ha.yaml.
        destinationResources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } },
        spValidatorResources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } },
        policyController: { resources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } } },
        identityResources: { cpu: { request: '10m' }, memory: { request: '10Mi', limit: '250Mi' } },
        proxyInjectorResources: { cpu: { request: '10m' }, memory: { request: '50Mi', limit: '250Mi' } },
      },
    });

    const certificates = new Documents(this, 'certificates');
    new Issuer(certificates, 'linkerd-self-signed', { spec: { selfSigned: {} } });
    root(certificates, 'linkerd-trust-anchor', 'root.linkerd.cluster.local');
    new Certificate(certificates, 'linkerd-identity-issuer', {
      spec: {
        secretName: 'linkerd-identity-issuer',
        isCA: true,
        commonName: 'identity.linkerd.cluster.local',
        dnsNames: ['identity.linkerd.cluster.local'],
        duration: '720h', // upstream's 48h does not outlive a weekend with the cluster switched off
        renewBefore: '240h',
        privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
        usages: ['cert sign', 'crl sign', 'server auth', 'client auth'],
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'linkerd-trust-anchor' },
      },
    });
    root(certificates, 'linkerd-webhook-ca', 'webhook.linkerd.cluster.local'); // the API server need not trust the mesh's root
    webhookCertificate(certificates, 'linkerd-proxy-injector');
    webhookCertificate(certificates, 'linkerd-sp-validator');
    webhookCertificate(certificates, 'linkerd-policy-validator');

    new CiliumNetworkPolicy(this, 'network-policy-allow-control-plane', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()],
      ingress: [
        fromOwnNamespace(),
        fromKubeApi(8443, 9443), // injector and sp-validator; policy-validator
        fromAllNamespaces(8080, 8086, 8090, 4143), // identity, destination, policy, and the proxies in front of them
        fromNamespaces(['monitoring', 'linkerd-viz'], 4191, 9990, 9995, 9996, 9997), // proxies; policy and identity, injector, destination, sp-validator
      ],
    });
  }
}

/** A root of its own, and the Issuer that signs with it. */
function root(certificates: Documents, name: string, commonName: string): void {
  new Certificate(certificates, `certificate-${name}`, {
    metadata: { name },
    spec: {
      secretName: name,
      isCA: true,
      commonName,
      duration: '87600h', // ten years: replacing it means a bundle of both, and a restart of every meshed pod
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' }, // a new key at renewal would disown all it has signed
      usages: ['cert sign', 'crl sign'],
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'linkerd-self-signed' },
    },
  });
  new Issuer(certificates, `issuer-${name}`, { metadata: { name }, spec: { ca: { secretName: name } } });
}

/** The serving certificate of a webhook, named after its Service; the pod rereads it without a restart. */
function webhookCertificate(certificates: Documents, service: string): void {
  new Certificate(certificates, service, {
    spec: {
      secretName: `${service}-k8s-tls`,
      commonName: `${service}.linkerd.svc`,
      dnsNames: [`${service}.linkerd.svc`],
      duration: '2160h',
      privateKey: { algorithm: 'ECDSA', encoding: 'PKCS8', rotationPolicy: 'Always' },
      usages: ['server auth'],
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'linkerd-webhook-ca' },
    },
  });
}
