import { Component, type FluxRepo } from '../flux';
import { CiliumNetworkPolicy, fromKubeApi, fromMonitoring, fromOwnNamespace, toDns, toKubeApi, toOwnNamespace } from '../manifests';

/** The policies of namespace cert-manager, apart from it: cert-manager starts in parallel with Cilium, which brings their CRD. */
export class CertManagerNetworkPolicies extends Component<'cert-manager-network-policies', 'cilium' | 'cert-manager'> {
  readonly acmeEgress: CiliumNetworkPolicy;

  constructor(repo: FluxRepo) {
    super(repo, 'cert-manager-network-policies', {
      directory: 'namespaces/cert-manager/cilium-network-policies',
      namespace: 'cert-manager',
    });

    new CiliumNetworkPolicy(this, 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()],
    });
    new CiliumNetworkPolicy(this, 'allow-webhook-ingress', {
      endpoints: { matchLabels: { 'app.kubernetes.io/name': 'webhook' } },
      ingress: [fromKubeApi(10250)], // its Service's port is 443
    });
    new CiliumNetworkPolicy(this, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(this, 'allow-metrics', { ingress: [fromMonitoring(9402)] });
    this.acmeEgress = new CiliumNetworkPolicy(this, 'allow-acme-egress', {
      endpoints: { matchLabels: { 'app.kubernetes.io/name': 'cert-manager' } },
      egress: [
        {
          toEntities: ['world'],
          toPorts: [
            {
              ports: [
                { port: '443', protocol: 'TCP' }, // the ACME server and the DNS provider
                { port: '53', protocol: 'UDP' }, // before it asks for validation it asks the zone's own name servers
                { port: '53', protocol: 'TCP' },
              ],
            },
          ],
        },
      ],
    });
  }
}
