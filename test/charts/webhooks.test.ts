import { charts, policyWebhooks, selectorFrom, selects, type Webhook } from '../../src/charts';

const RELEASE = { name: 'ferry', namespace: 'harbour' };

function webhooks(chart: string, values: unknown = {}): readonly Webhook[] {
  return charts.find((facts) => facts.chart === chart)?.brings(values, RELEASE).webhooks ?? [];
}

test.each([
  [
    'gatekeeper',
    'check-ignore-label.gatekeeper.sh Fail 8443',
    'mutation.gatekeeper.sh Ignore 8443',
    'validation.gatekeeper.sh Ignore 8443',
  ],
  ['linkerd-viz', 'tap-injector.linkerd.io Ignore 8443'],
  ['longhorn', 'mutator.longhorn.io Fail 9502', 'validator.longhorn.io Fail 9502'],
  ['gateway-helm', 'topology.webhook.gateway.envoyproxy.io Ignore 9443'],
  ['velero'],
])('%s has these webhooks, with these policies and ports of pods', (chart, ...expected) => {
  expect(
    webhooks(chart)
      .map(({ name, failurePolicy, podPort }) => `${name} ${failurePolicy} ${podPort}`)
      .sort(),
  ).toEqual(expected);
});

test.each([
  ['cloudnative-pg', 9],
  ['rabbitmq-cluster-operator', 13],
  ['kube-prometheus-stack', 3],
  ['linkerd-control-plane', 3],
])('%s registers %d', (chart, count) => {
  expect(webhooks(chart)).toHaveLength(count);
});

test('values change what a webhook does', () => {
  const gatekeeper = webhooks('gatekeeper', {
    disableMutation: true,
    validatingWebhookCheckIgnoreFailurePolicy: 'Ignore',
    validatingWebhookExemptNamespacesLabels: { 'kubernetes.io/metadata.name': ['kube-system'] },
  });
  expect(gatekeeper.map(({ failurePolicy }) => failurePolicy)).toEqual(['Ignore', 'Ignore']);
  const asked = (name: string) => selects(gatekeeper[0]?.namespaceSelector, { 'kubernetes.io/metadata.name': name });
  expect([asked('kube-system'), asked('harbour'), asked('redis')]).toEqual([false, false, true]);
  expect(webhooks('linkerd-control-plane', { webhookFailurePolicy: 'Fail' }).every(({ failurePolicy }) => failurePolicy === 'Fail')).toBe(
    true,
  );
  expect(webhooks('mongodb-kubernetes', { operator: { webhook: { installClusterRole: false } } })).toEqual([]);
});

test.each([
  [{ matchLabels: { a: 'b' } }, { a: 'b', c: 'd' }, true],
  [{ matchLabels: { a: 'b' } }, {}, false],
  [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] }, {}, true],
  [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }, {}, false],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, { a: '' }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, { a: '' }, false],
  [{}, {}, true],
])('%j of %j: %s', (selector, labels, expected) => {
  expect(selects(selectorFrom(selector), labels)).toBe(expected);
});

const policy = (spec: object, kind = 'ClusterPolicy') => ({
  apiVersion: 'kyverno.io/v1',
  kind,
  metadata: { name: 'labels', namespace: 'ferry' },
  ...{ spec },
});
const validate = (...kinds: readonly string[]) => ({ match: { any: [{ resources: { kinds } }] }, validate: { pattern: {} } });

test('a policy of Kyverno fails closed unless it says otherwise, or Kyverno does for all', () => {
  const of = (spec: object, values: object = {}) => policyWebhooks([policy({ rules: [validate('Pod')], ...spec })], values, RELEASE)[0];
  expect(of({})?.failurePolicy).toBe('Fail');
  expect(of({ webhookConfiguration: { failurePolicy: 'Ignore' } })?.failurePolicy).toBe('Ignore');
  expect(of({ failurePolicy: 'Ignore' })?.failurePolicy).toBe('Ignore');
  expect(of({}, { features: { forceFailurePolicyIgnore: { enabled: true } } })?.failurePolicy).toBe('Ignore');
  expect(of({ webhookConfiguration: { matchConditions: [{ name: 'a', expression: 'true' }] } })?.conditional).toBe(true);
});

test('a policy for Pods is one for their controllers too', () => {
  const resources = (spec: object) => policyWebhooks([policy(spec)], {}, RELEASE)[0]?.rules.flatMap((rule) => rule.resources);
  expect(resources({ rules: [validate('Pod')] })).toContain('deployments');
  expect(resources({ rules: [validate('Namespace')] })).toEqual(['namespaces']);
  expect(resources({ rules: [validate('apps/v1/Deployment', 'v1/Pod/exec', '*')] })).toEqual(['deployments', 'pods/exec', '*']);
  expect(policyWebhooks([policy({ rules: [{ ...validate('Pod'), validate: undefined, generate: {} }] })], {}, RELEASE)).toEqual([]);
});

test('namespaces that Kyverno leaves alone are left alone by its policies, its own among them', () => {
  const [webhook] = policyWebhooks([policy({ rules: [validate('Pod')] })], {}, RELEASE);
  const asked = (name: string) => selects(webhook?.namespaceSelector, { 'kubernetes.io/metadata.name': name });
  expect([asked('kube-system'), asked('harbour'), asked('ferry')]).toEqual([false, false, true]);
  const [own] = policyWebhooks([policy({ rules: [validate('Pod')] }, 'Policy')], {}, RELEASE);
  expect(selects(own?.namespaceSelector, { 'kubernetes.io/metadata.name': 'redis' })).toBe(false);
});
