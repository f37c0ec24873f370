import { Component, type FluxRepo } from '../flux';
import { MeshTLSAuthentication, NetworkAuthentication } from '../manifests';
import { variable } from '../variables';

/** Who may speak to meshed pods, as AuthorizationPolicies of any namespace name them. */
export class LinkerdConfig extends Component<'linkerd-config', 'linkerd'> {
  constructor(repo: FluxRepo) {
    super(repo, 'linkerd-config', { namespace: 'linkerd' });

    new MeshTLSAuthentication(this, 'any-meshed', { spec: { identities: ['*'] } });
    new NetworkAuthentication(this, 'cluster-nodes', {
      spec: {
        // Kubelet and API server of another node arrive from the pod range: in Cilium's tunnel under its router's address.
        networks: [{ cidr: variable('NODE_CIDR') }, { cidr: variable('POD_CIDR') }],
      },
    });
  }
}
