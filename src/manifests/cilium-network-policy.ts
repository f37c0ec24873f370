import type { CiliumClusterwideNetworkPolicy as ClusterwideObject, CiliumNetworkPolicy as PolicyObject } from '../../imports/cilium.io';
import { type AnyComponent, type Directory, Manifest } from '../flux';
import type { Egress, EndpointSelector, Ingress } from './cilium-peers';

export interface CiliumNetworkPolicyProps {
  /** Namespace of the policy and of the pods it selects. @default the component's */
  readonly namespace?: string;
  /** The pods it is about. @default all pods of the namespace, also later ones: hook Jobs, ACME solvers, proxies */
  readonly endpoints?: EndpointSelector;
  /** What they may connect to. Any entry denies all else that leaves. @default nothing is said, so nothing is denied */
  readonly egress?: readonly [Egress, ...Egress[]];
  /** Who may connect to them, by pod port. Any entry denies all else that arrives. @default nothing is said, so nothing is denied */
  readonly ingress?: readonly [Ingress, ...Ingress[]];
}

/** cilium.io/v2 CiliumNetworkPolicy. Ports are pod ports, never a Service's; policies add up. */
export class CiliumNetworkPolicy extends Manifest<PolicyObject> {
  constructor(scope: AnyComponent | Directory, id: string, props: CiliumNetworkPolicyProps) {
    super(
      scope,
      id,
      { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', scope: 'Namespaced' },
      {
        metadata: { ...(props.namespace !== undefined && { namespace: props.namespace }) },
        spec: rules(props),
      },
    );
  }
}

export interface CiliumClusterwideNetworkPolicyProps extends Omit<CiliumNetworkPolicyProps, 'namespace' | 'endpoints'> {
  /** The pods it is about, in all namespaces. Required: an empty selector would take in coredns and the health endpoints. */
  readonly endpoints: EndpointSelector;
}

/** cilium.io/v2 CiliumClusterwideNetworkPolicy that adds rights and never denies: one that denies cuts the whole cluster. */
export class CiliumClusterwideNetworkPolicy extends Manifest<ClusterwideObject> {
  constructor(scope: AnyComponent, id: string, props: CiliumClusterwideNetworkPolicyProps) {
    super(
      scope,
      id,
      { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', scope: 'Cluster' },
      {
        spec: { enableDefaultDeny: { ingress: false, egress: false }, ...rules(props) },
      },
    );
  }
}

function rules({ endpoints, egress, ingress }: Omit<CiliumNetworkPolicyProps, 'namespace'>) {
  return { endpointSelector: endpoints ?? {}, ...(egress && { egress }), ...(ingress && { ingress }) };
}
