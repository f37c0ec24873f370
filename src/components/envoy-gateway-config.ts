import { Component, type FluxRepo } from '../flux';
import { Certificate, ClientTrafficPolicy, EnvoyProxy, Gateway, GatewayClass, HTTPRoute } from '../manifests';
import { variable } from '../variables';

/** The cluster's public entrance: one Gateway with a wildcard certificate, for the routes of namespaces that are let in. */
export class EnvoyGatewayConfig extends Component<
  'envoy-gateway-config',
  'envoy-gateway' | 'cert-manager-config' | 'cilium-config' | 'gateway-api-crds' | 'cert-manager'
> {
  readonly proxy: EnvoyProxy;
  /** What HTTPRoutes name as their parent, with section `https`. */
  readonly gateway: Gateway;

  constructor(repo: FluxRepo) {
    super(repo, 'envoy-gateway-config', {
      namespace: 'envoy-gateway-system',
      because: {
        'cert-manager-config': "the issuer of the Gateway's certificate",
        'cilium-config': "the address of the Gateway's Service",
      },
    });

    this.proxy = new EnvoyProxy(this, 'envoy-proxy', {
      metadata: { name: 'default' },
      spec: {
        provider: {
          type: 'Kubernetes',
          kubernetes: {
            envoyDeployment: {
              replicas: 2,
              container: { resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } } },
            },
            envoyPDB: { minAvailable: 1 },
            envoyService: {
              type: 'LoadBalancer',
              // The default, Local, loses all traffic when Cilium announces the address from a node without a proxy (cilium/cilium#27800).
              externalTrafficPolicy: 'Cluster',
              allocateLoadBalancerNodePorts: false, // nobody uses them: Cilium delivers to the address itself
              annotations: { 'lbipam.cilium.io/ips': variable('GATEWAY_IP') },
            },
          },
        },
        routingType: 'Endpoint', // Envoy picks the pod; the proxies are not meshed
        telemetry: { metrics: { prometheus: {} } },
        logging: { level: { default: 'warn' } },
      },
    });
    const gatewayClass = new GatewayClass(this, 'gateway-class', {
      metadata: { name: 'envoy' },
      spec: {
        controllerName: 'gateway.envoyproxy.io/gatewayclass-controller',
        parametersRef: {
          group: 'gateway.envoyproxy.io',
          kind: 'EnvoyProxy',
          name: this.proxy.name,
          namespace: this.namespace,
        },
      },
    });
    const certificate = new Certificate(this, 'certificate', {
      metadata: { name: 'wildcard-tls' },
      spec: {
        secretName: 'wildcard-tls',
        dnsNames: [`*.${variable('DOMAIN')}`, variable('DOMAIN')],
        issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: variable('CLUSTER_ISSUER') },
      },
    });
    this.gateway = new Gateway(this, 'gateway', {
      metadata: { name: 'public' },
      spec: {
        gatewayClassName: gatewayClass.name,
        listeners: [
          {
            name: 'http', // for the redirect below and ACME challenges only
            port: 80,
            protocol: 'HTTP',
            allowedRoutes: { namespaces: { from: 'All' } },
          },
          {
            name: 'https',
            port: 443,
            protocol: 'HTTPS',
            hostname: `*.${variable('DOMAIN')}`, // does not take in the domain itself
            tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: certificate.name }] },
            allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { 'gateway-access': 'true' } } } },
          },
        ],
      },
    });
    new HTTPRoute(this, 'http-route', {
      metadata: { name: 'https-redirect' },
      spec: {
        parentRefs: [{ name: this.gateway.name, sectionName: 'http' }],
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      },
    });
    new ClientTrafficPolicy(this, 'client-traffic-policy', {
      metadata: { name: 'defaults' },
      spec: {
        targetRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: this.gateway.name }],
        tls: { minVersion: '1.2', alpnProtocols: ['h2', 'http/1.1'] },
        timeout: {
          http: {
            requestReceivedTimeout: '5m', // Envoy's default is none; leaves time for an upload of 200 MB at 6 Mbit/s
            idleTimeout: '5m', // Envoy's default is an hour
          },
        },
      },
    });
  }
}
