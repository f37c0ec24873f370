import { add, all, type Fault, remove, replace, replaceIn } from '../fault';

/** What kustomize and the sweep make of folders. */
export const builds: readonly Fault[] = [
  { rule: 'build-fails', mistake: 'a listed file is gone', plant: remove('namespaces/redis/helm-release.yaml') },
  {
    rule: 'build-fails',
    mistake: 'a key that is there twice',
    plant: replace('namespaces/redis/namespace.yaml', 'metadata:\n', 'metadata:\n  name: redis\n'),
  },
  {
    rule: 'build-fails',
    mistake: 'a tab in the indentation',
    plant: replace('namespaces/redis/namespace.yaml', '  name: redis\n', '\tname: redis\n'),
  },
  {
    rule: 'build-fails',
    mistake: 'one object in two files of a build',
    plant: add('namespaces/redis/again.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: redis\n'),
  },
  {
    rule: 'build-fails',
    mistake: 'a misspelt key in a folder below',
    plant: replace('namespaces/redis/cilium-network-policies/kustomization.yaml', 'resources:', 'resource:'),
  },
  {
    rule: 'kustomization-typo',
    mistake: 'a misspelt key in the list of a component',
    plant: replace('namespaces/redis/kustomization.yaml', 'resources:', 'resource:'),
  },
  {
    rule: 'empty-build',
    mistake: 'a list that lists nothing',
    plant: replace('namespaces/reloader/kustomization.yaml', /resources:[\s\S]*/, 'resources: []\n'),
  },
  {
    rule: 'unlisted-file',
    mistake: 'a file that no list names',
    plant: replace('namespaces/redis/kustomization.yaml', / {2}- recurring-job-redis-backup.yaml\n/, ''),
  },
  {
    rule: 'flux-crd-in-kustomization-yaml',
    mistake: 'a Flux Kustomization in a kustomization.yaml',
    plant: replace('namespaces/redis/kustomization.yaml', 'kustomize.config.k8s.io/v1beta1', 'kustomize.toolkit.fluxcd.io/v1'),
  },
  {
    rule: 'root-sweep',
    mistake: 'the list of a cluster is gone, so that the root sweeps all',
    plant: remove('clusters/local-kube/kustomization.yaml'),
  },
  {
    rule: 'root-lists-flux-system',
    mistake: 'the root no longer lists flux-system',
    plant: replace('clusters/production/kustomization.yaml', '  - flux-system\n', ''),
  },
  {
    rule: 'deprecated-kustomize',
    mistake: 'commonLabels',
    plant: replace('namespaces/redis/kustomization.yaml', 'resources:', 'commonLabels:\n  tier: data\nresources:'),
  },
  {
    rule: 'remote-base',
    mistake: 'a base from the network',
    plant: replace('namespaces/redis/kustomization.yaml', 'resources:\n', 'resources:\n  - https://github.com/example/base?ref=main\n'),
  },
  {
    rule: 'namespace-transformer',
    mistake: 'targetNamespace over a build with a Namespace',
    plant: replaceIn('production', 'redis', '  prune: false\n', '  prune: false\n  targetNamespace: redis-two\n'),
  },
  {
    rule: 'patch-hits',
    mistake: 'a patch of a release that is not there',
    plant: replaceIn('production', 'kyverno', '        name: kyverno\n', '        name: kyvreno\n'),
  },
  {
    rule: 'patch-hits',
    mistake: 'a patch that says what stands there',
    plant: replaceIn(
      'staging',
      'reloader',
      '  timeout: 10m\n',
      '  timeout: 10m\n  patches:\n    - target:\n        kind: HelmRelease\n        name: reloader\n      patch: |\n        - op: replace\n          path: /spec/interval\n          value: 1h\n',
    ),
  },
  {
    rule: 'patch-selector-literal',
    mistake: 'a dot in the name that a patch selects',
    plant: all(
      replace('namespaces/kyverno-config/require-pod-resources.yaml', 'name: require-pod-resources', 'name: require.pod.resources'),
      replaceIn('production', 'kyverno-config', /name: require-pod-resources/g, 'name: require.pod.resources'),
      replaceIn('local-kube', 'kyverno-config', /name: require-pod-resources/g, 'name: require.pod.resources'),
    ),
  },
  {
    rule: 'patch-replaces-list',
    mistake: 'a merge that replaces a list of a custom resource',
    plant: replaceIn(
      'production',
      'cilium',
      '          values:\n',
      '          values:\n            ipam:\n              operator:\n                clusterPoolIPv4PodCIDRList:\n                  - 10.1.0.0/16\n',
    ),
  },
  {
    rule: 'patch-by-index',
    mistake: 'a patch by the place in a list',
    plant: replaceIn(
      'staging',
      'rabbitmq',
      '  timeout: ',
      '  patches:\n    - target:\n        kind: CiliumNetworkPolicy\n        name: allow-same-namespace\n      patch: |\n        - op: remove\n          path: /spec/ingress/0/fromEndpoints/0\n  timeout: ',
    ),
  },
  {
    rule: 'patch-adds-by-replace',
    mistake: 'a replace of what is not there',
    plant: replaceIn(
      'staging',
      'reloader',
      '  timeout: 10m\n',
      '  timeout: 10m\n  patches:\n    - target:\n        kind: HelmRelease\n        name: reloader\n      patch: |\n        - op: replace\n          path: /spec/maxHistory\n          value: 2\n',
    ),
  },
  {
    rule: 'yaml-traps',
    mistake: 'a number where a ConfigMap takes text',
    plant: replace('namespaces/netcorp/config-map.yaml', 'LOG_LEVEL: info', 'LOG_LEVEL: 0755'),
  },
  {
    rule: 'namespace-stated',
    mistake: 'an object without its namespace',
    plant: replace('namespaces/redis/cilium-network-policies/allow-metrics.yaml', '  namespace: redis\n', ''),
  },
];
