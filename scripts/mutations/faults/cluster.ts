import { add, all, type Fault, replace, replaceIn, withField } from '../fault';

const API = 'namespaces/netcorp/deployment-netcorp-api.yaml';
const CERT_MANAGER = 'namespaces/cert-manager/cilium-network-policies';
const REDIS = 'namespaces/redis/cilium-network-policies';

/** What the API server, the network and the health checks would say. */
export const cluster: readonly Fault[] = [
  {
    rule: 'schema-valid',
    mistake: 'a field that a Deployment does not have',
    plant: replace(API, '  revisionHistoryLimit: 3\n', '  revisionHistoryLimits: 3\n'),
  },
  { rule: 'schema-valid', mistake: 'a text for a number', plant: replace(API, 'revisionHistoryLimit: 3', 'revisionHistoryLimit: three') },
  {
    rule: 'schema-valid',
    mistake: 'a word that is none of the allowed',
    plant: replace('namespaces/redis/helm-release.yaml', 'crds: Skip', 'crds: Skipp'),
  },
  {
    rule: 'schema-valid',
    mistake: 'a required field is gone',
    plant: replace('namespaces/netcorp/http-route-netcorp-api.yaml', '    - name: public\n      namespace', '    - namespace'),
  },
  {
    rule: 'schema-valid',
    mistake: 'a field of a custom resource is misspelt',
    plant: replace('namespaces/postgre/cluster.yaml', '  instances: 2\n', '  instance: 2\n'),
  },
  {
    rule: 'schema-valid',
    mistake: 'a duration that is none',
    plant: replaceIn('production', 'redis', 'timeout: 10m', 'timeout: 10 minutes'),
  },
  {
    rule: 'schema-valid',
    mistake: 'a rule of the schema is broken: two sources of a chart',
    plant: replace(
      'namespaces/redis/helm-release.yaml',
      'spec:\n  interval',
      'spec:\n  chartRef:\n    kind: HelmChart\n    name: redis\n  interval',
    ),
  },
  {
    rule: 'served-version',
    mistake: 'a version that Flux no longer serves',
    plant: replace('namespaces/redis/helm-release.yaml', 'helm.toolkit.fluxcd.io/v2\n', 'helm.toolkit.fluxcd.io/v2beta2\n'),
  },
  {
    rule: 'namespace-pod-security',
    mistake: 'a Namespace without a level',
    plant: replace('namespaces/redis/namespace.yaml', / {4}pod-security.kubernetes.io\/enforce: .*\n/, ''),
  },
  {
    rule: 'no-ip-block',
    mistake: 'a NetworkPolicy with ipBlock',
    plant: add(
      'namespaces/redis/network-policy.yaml',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: office\n  namespace: redis\nspec:\n  podSelector: {}\n  ingress:\n    - from:\n        - ipBlock:\n            cidr: 192.0.2.0/24\n',
    ),
  },
  {
    rule: 'webhook-port-open',
    mistake: 'a Service port for a pod port',
    plant: replace(`${CERT_MANAGER}/allow-webhook-ingress.yaml`, '"10250"', '"443"'),
  },
  {
    rule: 'webhook-port-open',
    mistake: 'the API server of another node is kept out',
    plant: replace(`${CERT_MANAGER}/allow-webhook-ingress.yaml`, '        - remote-node\n', ''),
  },
  {
    rule: 'policy-dns',
    mistake: 'pods that may not ask the DNS',
    plant: all(
      replace('namespaces/cilium-config/kustomization.yaml', '  - allow-dns.yaml\n', ''),
      replace(`${REDIS}/allow-same-namespace.yaml`, / {4}- toEndpoints:\n {8}- matchLabels:[\s\S]*?(?= {4}- toEndpoints:\n {8}- \{\})/, ''),
    ),
  },
  {
    rule: 'policy-own-namespace',
    mistake: 'pods of one namespace that may not talk',
    plant: replace(`${REDIS}/allow-same-namespace.yaml`, / {2}ingress:\n {4}- fromEndpoints:\n {8}- \{\}\n/, ''),
  },
  {
    rule: 'policy-empty-lists',
    mistake: 'a rule without peers, open to the world',
    plant: replace(`${REDIS}/allow-metrics.yaml`, / {4}- fromEndpoints:[\s\S]*? {6}toPorts/, '    - toPorts'),
  },
  {
    rule: 'policy-empty-lists',
    mistake: 'an empty list of peers, which lets nobody in',
    plant: replace(
      `${REDIS}/allow-same-namespace.yaml`,
      / {2}ingress:\n {4}- fromEndpoints:\n {8}- \{\}\n/,
      '  ingress:\n    - fromEndpoints: []\n',
    ),
  },
  {
    rule: 'policy-empty-lists',
    mistake: 'a policy over every pod of the cluster that denies the rest',
    plant: replace('namespaces/cilium-config/allow-dns.yaml', / {2}enableDefaultDeny:\n( {4}.*\n)+/, ''),
  },
  {
    rule: 'mesh-policy',
    mistake: 'a mesh that Cilium does not let through',
    plant: replace('namespaces/cilium-config/kustomization.yaml', '  - allow-linkerd-mesh.yaml\n', ''),
  },
  {
    rule: 'webhook-spares-ancestors',
    mistake: 'a webhook that can lock out its own repair',
    plant: replace('namespaces/gatekeeper-system/helm-release.yaml', '    validatingWebhookCheckIgnoreFailurePolicy: Ignore\n', ''),
  },
  {
    rule: 'webhook-spares-ancestors',
    mistake: 'an engine that closes on failure and looks at the network it runs on',
    plant: all(
      replace('namespaces/gatekeeper-system/helm-release.yaml', '        - kube-system\n', ''),
      replace('namespaces/gatekeeper-system/helm-release.yaml', '  values:\n', '  values:\n    validatingWebhookFailurePolicy: Fail\n'),
    ),
  },
  {
    rule: 'health-expr-exists',
    mistake: 'a health check that is true of an empty list',
    plant: replaceIn(
      'production',
      'postgre',
      "status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')",
      "status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True')",
    ),
  },
  {
    rule: 'health-expr-used',
    mistake: 'a health check that nobody asks',
    plant: replaceIn('production', 'postgre', '  wait: true\n', '  wait: false\n'),
  },
  {
    rule: 'health-expr-used',
    mistake: 'two health checks of one kind',
    plant: replaceIn(
      'production',
      'postgre',
      '  healthCheckExprs:\n',
      '  healthCheckExprs:\n    - apiVersion: postgresql.cnpg.io/v1\n      kind: Cluster\n      current: has(status.conditions)\n',
    ),
  },
  {
    rule: 'health-expr-used',
    mistake: 'an expression that is none',
    plant: replaceIn('production', 'postgre', 'current: has(status.conditions)', 'current: has(status.conditions'),
  },
  {
    rule: 'status-blind',
    mistake: 'a database counts as ready at once',
    plant: replaceIn('production', 'postgre', / {2}healthCheckExprs:\n( {4}.*\n)+/, ''),
  },
  {
    rule: 'health-checks-ignored',
    mistake: 'health checks beside wait',
    plant: withField(
      'production',
      'redis',
      '  healthChecks:\n    - apiVersion: apps/v1\n      kind: StatefulSet\n      name: redis\n      namespace: redis',
    ),
  },
  {
    rule: 'health-check-known',
    mistake: 'a health check of what nobody makes',
    plant: all(
      replaceIn('production', 'netcorp-app', '  wait: true\n', '  wait: false\n'),
      withField(
        'production',
        'netcorp-app',
        '  healthChecks:\n    - apiVersion: apps/v1\n      kind: Deployment\n      name: netcorp-apy\n      namespace: netcorp',
      ),
    ),
  },
  { rule: 'force-wide', mistake: 'force over a database', plant: withField('production', 'postgre', '  force: true') },
  {
    rule: 'ssa-duplicate-keys',
    mistake: 'one variable twice in the environment',
    plant: replace(
      API,
      '          envFrom:\n',
      '          env:\n            - name: MODE\n              value: a\n            - name: MODE\n              value: b\n          envFrom:\n',
    ),
  },
  {
    rule: 'hpa-replicas',
    mistake: 'replicas beside an autoscaler',
    plant: replace(API, 'spec:\n  revisionHistoryLimit', 'spec:\n  replicas: 2\n  revisionHistoryLimit'),
  },
  { rule: 'prune-sensitive', mistake: 'prune over a namespace', plant: replaceIn('production', 'redis', 'prune: false', 'prune: true') },
  {
    rule: 'reconcile-disabled',
    mistake: 'an object that Flux is told to leave alone',
    plant: replace(
      'namespaces/netcorp/config-map.yaml',
      'metadata:\n',
      'metadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/reconcile: disabled\n',
    ),
  },
  {
    rule: 'webhook-dry-run',
    mistake: 'a webhook without dry run',
    plant: add(
      'namespaces/redis/webhook.yaml',
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata:\n  name: redis\nwebhooks:\n  - name: a.example.org\n    admissionReviewVersions: [v1]\n    sideEffects: Some\n    failurePolicy: Ignore\n    clientConfig:\n      service:\n        name: redis\n        namespace: redis\n',
    ),
  },
  {
    rule: 'name-63',
    mistake: 'a Flux Kustomization whose name is no label',
    plant: replaceIn('production', 'netcorp-monitoring', 'name: netcorp-monitoring\n', `name: netcorp-${'m'.repeat(60)}\n`),
  },
];
