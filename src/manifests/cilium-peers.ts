import type { CiliumNetworkPolicySpec } from '../../imports/cilium.io';
import type { AnyComponent } from '../flux';

/** Tells the two directions apart: their rules have so much in common that the compiler would mix them. */
declare const direction: unique symbol;

/** Who may connect to a pod, and on which of its ports. */
export type Ingress = NonNullable<CiliumNetworkPolicySpec['ingress']>[number] & { readonly [direction]?: 'ingress' };

/** What a pod may connect to, and on which port of the peer's pod. */
export type Egress = NonNullable<CiliumNetworkPolicySpec['egress']>[number] & { readonly [direction]?: 'egress' };

/** Pods by their labels; `{}` is every pod of the policy's namespace. */
export type EndpointSelector = NonNullable<CiliumNetworkPolicySpec['endpointSelector']>;

type Labels = Readonly<Record<string, string>>;
type Entity = NonNullable<Ingress['fromEntities']>[number];
type Ports = readonly [number, ...number[]];

/** Namespace label under which Cilium knows a pod. Naming it lifts a selector's limit to the policy's own namespace. */
const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';

/** The API server. Policy is judged after service translation, so 6443 is what counts; 443 is its Service's port. */
export function toKubeApi(): Egress {
  return { toEntities: ['kube-apiserver'], toPorts: tcp([443, 6443]) };
}

/** Cluster DNS: every pod whose egress is limited needs it. */
export function toDns(): Egress {
  const ports = [
    { port: '53', protocol: 'UDP' },
    { port: '53', protocol: 'TCP' },
  ] as const;
  return { toEndpoints: [{ matchLabels: { [NAMESPACE]: 'kube-system', 'k8s:k8s-app': 'kube-dns' } }], toPorts: [{ ports }] };
}

/** Every pod of the policy's own namespace. */
export function toOwnNamespace(): Egress {
  return { toEndpoints: [{}] };
}

/** Pods of another namespace on their own ports; `labels` narrows them. */
export function toNamespace(namespace: string, ports: Ports, labels: Labels = {}): Egress {
  return { toEndpoints: [{ matchLabels: { [NAMESPACE]: namespace, ...labels } }], toPorts: tcp(ports) };
}

/** Pods of another component on their own ports. */
export function toComponent(component: AnyComponent, ...ports: Ports): Egress {
  return toNamespace(component.namespace, ports);
}

/** Cilium's own groups: `world`, `host`, `remote-node`, `cluster` …; without ports, all of them. */
export function toEntities(entities: readonly Entity[], ...ports: readonly number[]): Egress {
  return { toEntities: entities, ...(isSome(ports) && { toPorts: tcp(ports) }) };
}

/**
 * The API server calling a webhook on its pod port. In tunnel mode the call arrives under the identity of the node it left,
 * so `kube-apiserver` alone matches only on the control-plane node (cilium/cilium#35401).
 */
export function fromKubeApi(...ports: Ports): Ingress {
  return { fromEntities: ['kube-apiserver', 'host', 'remote-node'], toPorts: tcp(ports) };
}

/** Every pod of the policy's own namespace; the peer's egress rule alone does not open it. */
export function fromOwnNamespace(): Ingress {
  return { fromEndpoints: [{}] };
}

/** Pods of another namespace on our pod ports; `labels` narrows them. */
export function fromNamespace(namespace: string, ports: Ports, labels: Labels = {}): Ingress {
  return { fromEndpoints: [{ matchLabels: { [NAMESPACE]: namespace, ...labels } }], toPorts: tcp(ports) };
}

/** Pods of any of these namespaces on our pod ports. */
export function fromNamespaces(namespaces: readonly string[], ...ports: Ports): Ingress {
  return { fromEndpoints: namespaces.map((name) => ({ matchLabels: { [NAMESPACE]: name } })), toPorts: tcp(ports) };
}

/** Pods of another component on our pod ports. */
export function fromComponent(component: AnyComponent, ...ports: Ports): Ingress {
  return fromNamespace(component.namespace, ports);
}

/** Prometheus scraping our pod ports. */
export function fromMonitoring(...ports: Ports): Ingress {
  return fromNamespace('monitoring', ports);
}

/** Every pod of the cluster on our pod ports. */
export function fromAllNamespaces(...ports: Ports): Ingress {
  return { fromEndpoints: [{ matchExpressions: [{ key: NAMESPACE, operator: 'Exists' }] }], toPorts: tcp(ports) };
}

/** Pods with these labels on our pod ports: of the policy's own namespace or, in a cluster-wide policy, of any. */
export function fromPods(labels: Labels, ...ports: Ports): Ingress {
  return { fromEndpoints: [{ matchLabels: labels }], toPorts: tcp(ports) };
}

/** Pods with these labels on their own ports: of the policy's own namespace or, in a cluster-wide policy, of any. */
export function toPods(labels: Labels, ...ports: Ports): Egress {
  return { toEndpoints: [{ matchLabels: labels }], toPorts: tcp(ports) };
}

/** Cilium's own groups on our pod ports. */
export function fromEntities(entities: readonly Entity[], ...ports: Ports): Ingress {
  return { fromEntities: entities, toPorts: tcp(ports) };
}

function isSome(ports: readonly number[]): ports is Ports {
  return ports.length > 0;
}

function tcp(ports: Ports) {
  return [{ ports: ports.map((port) => ({ port: String(port), protocol: 'TCP' as const })) }];
}
