import type { KyvernoValues } from '../../imports/charts/kyverno';
import type { KubernetesObject } from '../flux';
import type { Release } from './brings';
import { pluralOf } from './plural';
import { scalarText } from './scalar';
import { isOn, policyOr, portOr } from './switch';
import { notIn, type Selector, selectorFrom, type Webhook, type WebhookRule, WRITES } from './webhook';

/** Controllers of pods to which Kyverno carries a policy for Pods over, pkg/autogen. */
const CONTROLLERS = ['daemonsets', 'deployments', 'replicasets', 'replicationcontrollers', 'statefulsets', 'jobs', 'cronjobs'] as const;

const OPERATIONS = ['CREATE', 'UPDATE', 'DELETE'] as const;

/**
 * The webhooks that Kyverno registers for policies, one for each: v1.16.3, pkg/controllers/webhook. Until there is a policy there are none.
 *
 * @param policies any objects; those that are no policies are passed over
 * @param values those of Kyverno's own release
 */
export function policyWebhooks(policies: readonly KubernetesObject[], values: unknown, release: Release): readonly Webhook[] {
  const given: KyvernoValues = isMap(values) ? values : {};
  const namespaceSelector = excluding(given, release.namespace);
  const forced = isOn(given.features?.forceFailurePolicyIgnore?.enabled, false);
  return policies.flatMap((policy) => {
    const rules = rulesOf(policy);
    if (rules.length === 0) return [];
    const spec = under(policy, 'spec');
    const own = under(spec, 'webhookConfiguration');
    const stated = policyOr(under(own, 'failurePolicy') ?? under(spec, 'failurePolicy'), 'Fail');
    return [
      {
        name: `${policy.kind} ${scalarText(under(policy.metadata, 'name'))}`,
        type: 'validating' as const,
        failurePolicy: forced ? ('Ignore' as const) : stated,
        sideEffects: 'NoneOnDryRun' as const,
        namespaceSelector: policy.kind === 'Policy' ? only(namespaceSelector, under(policy.metadata, 'namespace')) : namespaceSelector,
        conditional:
          [own, spec].some((at) => listOf(under(at, 'matchConditions')).length > 0) || isOn(given.config?.matchConditions, false),
        rules,
        service: 'kyverno-svc',
        podPort: portOr(given.admissionController?.webhookServer?.port, 9443),
        pods: { 'app.kubernetes.io/component': 'admission-controller', 'app.kubernetes.io/instance': release.name },
        hostNetwork: isOn(given.admissionController?.hostNetwork, false),
        registered: 'run time' as const,
      },
    ];
  });
}

function rulesOf(policy: KubernetesObject): readonly WebhookRule[] {
  const spec = under(policy, 'spec');
  if (policy.apiVersion.startsWith('kyverno.io/') && (policy.kind === 'ClusterPolicy' || policy.kind === 'Policy')) {
    if (under(spec, 'admission') === false) return [];
    const autogen = under(under(policy.metadata, 'annotations'), 'pod-policies.kyverno.io/autogen-controllers') !== 'none';
    return listOf(under(spec, 'rules'))
      .filter((rule) => ['validate', 'mutate', 'verifyImages'].some((key) => under(rule, key) !== undefined))
      .flatMap((rule) => filtersOf(under(rule, 'match')).flatMap((filter) => ruleFrom(under(filter, 'resources'), autogen)));
  }
  if (!policy.apiVersion.startsWith('policies.kyverno.io/') || under(under(under(spec, 'evaluation'), 'admission'), 'enabled') === false)
    return [];
  return listOf(under(under(spec, 'matchConstraints'), 'resourceRules')).map((rule) => ({
    groups: textsOf(under(rule, 'apiGroups')),
    versions: textsOf(under(rule, 'apiVersions')),
    resources: textsOf(under(rule, 'resources')),
    operations: operationsOf(under(rule, 'operations')),
  }));
}

/** A match of one form or another: any, all, or resources alone, as in old policies. */
function filtersOf(match: unknown): readonly unknown[] {
  const filters = [...listOf(under(match, 'any')), ...listOf(under(match, 'all'))];
  return filters.length > 0 ? filters : [match];
}

function ruleFrom(resources: unknown, autogen: boolean): readonly WebhookRule[] {
  const operations = operationsOf(under(resources, 'operations'));
  const kinds = textsOf(under(resources, 'kinds'));
  const rules = kinds.map((kind) => ({ ...resourceOf(kind), versions: ['*'], operations }));
  const carried = autogen && kinds.length > 0 && kinds.every((kind) => /^((v1|\*)\/)?Pod$/.test(kind));
  return carried ? [...rules, { groups: ['', 'apps', 'batch'], versions: ['*'], resources: CONTROLLERS, operations }] : rules;
}

/** `Pod`, `apps/v1/Deployment`, `v1/Pod`, `Pod/exec`, `*`. */
function resourceOf(kind: string): { readonly groups: readonly string[]; readonly resources: readonly string[] } {
  const parts = kind.split('/');
  const at = parts.findIndex((part) => /^[A-Z]/.test(part) || (part === '*' && parts.length === 1));
  if (at < 0) return { groups: ['*'], resources: ['*'] };
  const name = parts[at] ?? '*';
  const subresource = parts[at + 1];
  const plural = name === '*' ? '*' : pluralOf(name);
  const groups = at === 2 ? [parts[0] ?? '*'] : at === 1 && parts[0] === 'v1' ? [''] : ['*'];
  return { groups, resources: [subresource === undefined ? plural : `${plural}/${subresource}`] };
}

function excluding({ config }: KyvernoValues, own: string): Selector {
  const given = selectorFrom(config?.webhooks?.namespaceSelector) ?? notIn('kube-system');
  const itself = isOn(config?.excludeKyvernoNamespace, true) ? (notIn(own).matchExpressions ?? []) : [];
  return { ...given, matchExpressions: [...(given.matchExpressions ?? []), ...itself] };
}

function only(selector: Selector, namespace: unknown): Selector {
  const here = { key: 'kubernetes.io/metadata.name', operator: 'In' as const, values: [scalarText(namespace)] };
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), here] };
}

function operationsOf(value: unknown): WebhookRule['operations'] {
  const texts = textsOf(value);
  const stated = OPERATIONS.filter((operation) => texts.includes(operation));
  return stated.length > 0 ? stated : WRITES;
}

function under(node: unknown, key: string): unknown {
  return isMap(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
