/** Groups that every API server serves by itself, but for those without a dot: `apps`, `batch`, `autoscaling`, `policy`. */
const BUILT_IN: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Whether every API server, or Flux itself, serves a group. Every other group comes from a CRD, or from an aggregated API. */
export function isBuiltIn(group: string): boolean {
  return !group.includes('.') || BUILT_IN.has(group) || group.endsWith('.toolkit.fluxcd.io');
}
