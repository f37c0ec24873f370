import type { NetworkPolicy as NetworkPolicyObject, NetworkPolicyPeer, NetworkPolicySpec } from '../../imports/k8s';
import { type AnyComponent, type Directory, Manifest } from '../flux';

/** A peer by its labels, not by its address: the sentence is what the compiler says to whoever tries. */
export type Peer = Omit<NetworkPolicyPeer, 'ipBlock'> & {
  readonly ipBlock?: 'behind Cilium an ipBlock matches neither pods nor nodes: use a CiliumNetworkPolicy';
};

type Rule<Direction extends 'from' | 'to', T> = Omit<T, Direction> & { readonly [D in Direction]?: readonly Peer[] };

export interface NetworkPolicyProps extends Omit<NetworkPolicySpec, 'ingress' | 'egress'> {
  readonly ingress?: readonly Rule<'from', NonNullable<NetworkPolicySpec['ingress']>[number]>[];
  readonly egress?: readonly Rule<'to', NonNullable<NetworkPolicySpec['egress']>[number]>[];
}

type NarrowedPolicy = Omit<NetworkPolicyObject, 'spec'> & { readonly spec: NetworkPolicyProps };

/** networking.k8s.io/v1 NetworkPolicy, for what a CiliumNetworkPolicy cannot say. Flux's own need none of ours. */
export class NetworkPolicy extends Manifest<NarrowedPolicy> {
  constructor(scope: AnyComponent | Directory, id: string, spec: NetworkPolicyProps) {
    super(scope, id, { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', scope: 'Namespaced' }, { spec });
  }
}
