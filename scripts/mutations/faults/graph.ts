import { add, all, type Fault, replace, replaceIn, withEdge, withField, withoutEdge } from '../fault';

const FLUX = (name: string, path: string, more = ''): string => `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 5m
  retryInterval: 1m
  path: ${path}
  prune: false
  sourceRef:
    kind: GitRepository
    name: flux-system
  wait: true
  timeout: 10m
${more}`;

const append = (cluster: string, text: string) => (tree: Map<string, string>) => {
  const path = `clusters/${cluster}/infrastructure.yaml`;
  tree.set(path, `${tree.get(path)}${text}`);
};

/** Who waits for whom. */
export const graph: readonly Fault[] = [
  {
    rule: 'crd-from-ancestor',
    mistake: 'the edge that brings a CRD is gone',
    plant: withoutEdge('production', 'kyverno-config', 'kyverno'),
  },
  {
    rule: 'crd-from-ancestor',
    mistake: 'policies no longer wait for Cilium',
    plant: withoutEdge('staging', 'kyverno-network-policies', 'cilium'),
  },
  {
    rule: 'crd-from-ancestor',
    mistake: 'monitors no longer wait for monitoring',
    plant: withoutEdge('production', 'linkerd-monitoring', 'monitoring'),
  },
  {
    rule: 'crd-from-ancestor',
    mistake: 'what brings a CRD no longer waits until it is there',
    plant: replaceIn('production', 'kyverno', '  wait: true\n', '  wait: false\n'),
  },
  {
    rule: 'crd-from-ancestor',
    mistake: 'Issuers before cert-manager',
    plant: withoutEdge('local-kube', 'linkerd', 'cert-manager'),
  },
  {
    rule: 'crd-beside-its-release',
    mistake: 'a ClusterPolicy beside the chart that brings its CRD',
    plant: all(
      replace('namespaces/kyverno/kustomization.yaml', 'resources:\n', 'resources:\n  - ../kyverno-config/require-pod-resources.yaml\n'),
      replace('namespaces/kyverno-config/kustomization.yaml', '  - require-pod-resources.yaml\n', ''),
    ),
  },
  {
    rule: 'monitors-apart',
    mistake: 'a ServiceMonitor beside what it watches',
    plant: replace('namespaces/redis/kustomization.yaml', 'resources:\n', 'resources:\n  - ../kyverno-monitoring/service-monitor.yaml\n'),
  },
  {
    rule: 'namespace-from-ancestor',
    mistake: 'a Namespace is listed no longer',
    plant: replace('namespaces/envoy-gateway/kustomization.yaml', '  - namespace.yaml\n', ''),
  },
  {
    rule: 'namespace-from-ancestor',
    mistake: 'Secrets before their Namespaces',
    plant: all(
      replace('clusters/production/secrets/kustomization.yaml', '  - namespaces.yaml\n', '  - redis.sops.yaml\n'),
      add(
        'clusters/production/secrets/redis.sops.yaml',
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: stub\n  namespace: redis\n',
        false,
      ),
    ),
  },
  {
    rule: 'depends-on-known',
    mistake: 'a misspelt dependency',
    plant: replaceIn('production', 'redis', '- name: longhorn-system', '- name: longhorn'),
  },
  {
    rule: 'depends-on-known',
    mistake: 'a dependency in a namespace that holds none',
    plant: replaceIn('production', 'redis', '- name: cilium  #', '- name: cilium\n      namespace: kube-system  #'),
  },
  { rule: 'no-cycle', mistake: 'a cycle of two', plant: withEdge('production', 'longhorn-system', 'redis') },
  { rule: 'no-cycle', mistake: 'a Flux Kustomization that waits for itself', plant: withEdge('staging', 'redis', 'redis') },
  {
    rule: 'no-cycle',
    mistake: 'a cycle over six',
    plant: all(withField('production', 'cilium', '  dependsOn:\n    - name: netcorp-monitoring')),
  },
  {
    rule: 'parent-does-not-wait-for-child',
    mistake: 'the root waits for children that wait for it',
    plant: all(
      replace('clusters/production/flux-system/gotk-sync.yaml', '  retryInterval: 1m\n', '  retryInterval: 1m\n  wait: true\n'),
      withEdge('production', 'redis', 'flux-system'),
    ),
  },
  { rule: 'retry-interval', mistake: 'no retryInterval', plant: replaceIn('staging', 'cilium', '  retryInterval: 1m\n', '') },
  {
    rule: 'timeout-budget',
    mistake: 'a timeout shorter than its release',
    plant: replaceIn('production', 'longhorn-system', 'timeout: 20m', 'timeout: 5m'),
  },
  {
    rule: 'interval-floor',
    mistake: 'an interval of ten seconds',
    plant: replaceIn('production', 'redis', '  interval: 5m\n', '  interval: 10s\n'),
  },
  { rule: 'wait-and-timeout', mistake: 'no wait', plant: replaceIn('production', 'reloader', '  wait: true\n', '') },
  {
    rule: 'path-once',
    mistake: 'one folder in two Flux Kustomizations',
    plant: append('staging', FLUX('redis-again', './namespaces/redis')),
  },
  {
    rule: 'path-exists',
    mistake: 'a path that is not there',
    plant: replaceIn('production', 'redis', 'path: ./namespaces/redis', 'path: ./namespaces/radis'),
  },
  {
    rule: 'dead-folder',
    mistake: 'a component that no cluster deploys',
    plant: add(
      'namespaces/ferry/kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n',
      false,
    ),
  },
  {
    rule: 'ready-expr',
    mistake: 'a readyExpr that forgets readiness',
    plant: replaceIn('production', 'redis', '- name: cilium  #', "- name: cilium\n      readyExpr: dep.metadata.name == 'cilium'  #"),
  },
  { rule: 'suspended-dependency', mistake: 'a suspended dependency', plant: withField('production', 'cilium', '  suspend: true') },
  {
    rule: 'one-owner',
    mistake: 'one object in two components',
    plant: add(
      'namespaces/redis/service-account.yaml',
      'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: mongodb-kubernetes-appdb\n  namespace: mongodb\n',
    ),
  },
  {
    rule: 'engines-not-awaited',
    mistake: 'infrastructure that waits for Kyverno',
    plant: withEdge('production', 'redis', 'kyverno'),
  },
  {
    rule: 'linkerd-after-cilium',
    mistake: 'Linkerd without Cilium',
    plant: all(
      withoutEdge('production', 'linkerd', 'cilium'),
      replace('namespaces/linkerd/kustomization.yaml', '  - network-policy-allow-control-plane.yaml\n', ''),
    ),
  },
];
