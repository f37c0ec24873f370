/**
 * Namespaces that the platform itself runs in: the API server never asks an admission engine about them. An engine that is
 * down, or denies by mistake, could otherwise stop the CNI, the storage, Flux or the other engine, and with them its own
 * repair. The applications, the data services and the backups are left out on purpose: they are what the policies are for.
 */
export const INFRASTRUCTURE_NAMESPACES = [
  'kube-system',
  'kube-public',
  'kube-node-lease', // every kubelet renews its lease here, an UPDATE every ten seconds: each would wait for an engine that is down
  'flux-system',
  'cert-manager',
  'database-operators',
  'envoy-gateway-system',
  'gatekeeper-system',
  'kyverno',
  'linkerd',
  'linkerd-cni',
  'linkerd-viz',
  'longhorn-system',
  'monitoring',
  'nfs-provisioner',
  'reloader',
  'trivy-system',
  'velero',
] as const;

/** The same without an engine's own namespace, which its chart excludes by itself. */
export function infrastructureNamespacesExcept(own: (typeof INFRASTRUCTURE_NAMESPACES)[number]): readonly string[] {
  return INFRASTRUCTURE_NAMESPACES.filter((name) => name !== own);
}
