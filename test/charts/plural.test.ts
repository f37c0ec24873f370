import { pluralOf, scopeOf } from '../../src/charts';

test.each([
  ['NetworkPolicy', 'networking.k8s.io', 'networkpolicies'],
  ['Ingress', 'networking.k8s.io', 'ingresses'],
  ['Gateway', 'gateway.networking.k8s.io', 'gateways'],
  ['Endpoints', '', 'endpoints'],
  ['Assign', 'mutations.gatekeeper.sh', 'assign'],
  ['K8sRequiredLabels', 'constraints.gatekeeper.sh', 'k8srequiredlabels'],
  ['Proxy', 'ferry.example.org', 'proxies'],
])('%s of %s: %s', (kind, group, plural) => {
  expect(pluralOf(kind, group)).toBe(plural);
});

test.each([
  ['Namespace', '', true, 'Cluster'],
  ['Deployment', 'apps', true, 'Namespaced'],
  ['ClusterIssuer', 'cert-manager.io', false, 'Cluster'],
  ['Certificate', 'cert-manager.io', false, 'Namespaced'],
  ['Ferry', 'ferry.example.org', false, undefined],
])('%s of %s lives where it lives', (kind, group, builtIn, scope) => {
  expect(scopeOf(kind, group, builtIn)).toBe(scope);
});
