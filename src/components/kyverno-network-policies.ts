import { Component, type FluxRepo } from '../flux';
import { CiliumNetworkPolicy, fromKubeApi, fromMonitoring, fromOwnNamespace, toDns, toKubeApi, toOwnNamespace } from '../manifests';

/** Kyverno's network policies: apart from it, since it starts beside Cilium and must not wait for Cilium's CRDs. */
export class KyvernoNetworkPolicies extends Component<'kyverno-network-policies', 'cilium' | 'kyverno'> {
  constructor(repo: FluxRepo) {
    super(repo, 'kyverno-network-policies', { directory: 'namespaces/kyverno/cilium-network-policies', namespace: 'kyverno' });

    new CiliumNetworkPolicy(this, 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()],
      ingress: [fromKubeApi(9443)], // admission and cleanup controller alike; their Services' 443 is never seen here
    });
    new CiliumNetworkPolicy(this, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(this, 'allow-metrics', { ingress: [fromMonitoring(8000)] });
  }
}
