import type { NetworkPolicy as NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicySpec } from '../../imports/k8s';
import { type AnyComponent, type Directory, Manifest } from '../flux';

/** A peer by its labels. `ipBlock` does not exist here: behind Cilium it never matches pods or nodes, and cuts the API server. */
export type Peer = Omit<NetworkPolicyPeer, 'ipBlock'> & { readonly ipBlock?: never };

type Rule<Direction extends 'from' | 'to', T> = Omit<T, Direction> & { readonly [D in Direction]?: readonly Peer[] };

export interface NetworkPolicyProps extends Omit<NetworkPolicySpec, 'ingress' | 'egress'> {
  readonly ingress?: readonly Rule<'from', NonNullable<NetworkPolicySpec['ingress']>[number]>[];
  readonly egress?: readonly Rule<'to', NonNullable<NetworkPolicySpec['egress']>[number]>[];
}

/** networking.k8s.io/v1 NetworkPolicy, for what a CiliumNetworkPolicy cannot say. Flux's own need none of ours. */
export class NetworkPolicy extends Manifest<NetworkPolicyObject> {
  constructor(scope: AnyComponent | Directory, id: string, spec: NetworkPolicyProps) {
    super(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', scope: 'Namespaced' }, { spec });
  }
}
