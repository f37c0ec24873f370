import {
  NAMESPACE_NAME,
  pluralOf,
  scalarText,
  scalarTexts,
  scopeOf,
  selectorFrom,
  selects,
  type Webhook,
  type WebhookRule,
  WRITES,
} from '../charts';
import { type EffectiveCluster, type EffectiveObject, ofKind } from '../effective';
import { isBuiltIn } from '../flux/built-in-groups';
import { at, groupOf, isMap, mapAt, textAt } from './rule';

const known = new WeakMap<EffectiveCluster, ReadonlyMap<string, Readonly<Record<string, string>>>>();

/** Labels that the namespaces of a cluster have by manifest, and the one that each has of itself. */
export function namespaceLabels(cluster: EffectiveCluster, namespace: string): Readonly<Record<string, string>> {
  const made = known.get(cluster) ?? gathered(cluster);
  known.set(cluster, made);
  return made.get(namespace) ?? { [NAMESPACE_NAME]: namespace };
}

function gathered(cluster: EffectiveCluster): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const labels = new Map<string, Readonly<Record<string, string>>>();
  for (const { object } of ofKind(cluster, 'Namespace', '')) {
    const name = textAt(object.metadata, 'name') ?? '';
    labels.set(name, { ...labels.get(name), ...labelsOf(object), [NAMESPACE_NAME]: name });
  }
  return labels;
}

function labelsOf(object: { readonly metadata?: object }): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(mapAt(object, 'metadata', 'labels')).map(([key, value]) => [key, scalarText(value)]));
}

/** Whether the API server asks a webhook when Flux applies an object: at every interval it dry-runs an UPDATE, whatever has changed. */
export function isAsked(webhook: Webhook, { object }: EffectiveObject, cluster: EffectiveCluster): boolean {
  const group = groupOf(object);
  if (!webhook.rules.some((rule) => covers(rule, object, group))) return false;
  if (!selects(webhook.objectSelector, labelsOf(object))) return false;
  if (object.kind === 'Namespace' && group === '') {
    return selects(webhook.namespaceSelector, namespaceLabels(cluster, textAt(object.metadata, 'name') ?? ''));
  }
  // a namespace selector never spares what lives in no namespace
  const namespace = textAt(object.metadata, 'namespace');
  if (namespace === undefined || scopeOf(object.kind, group, isBuiltIn(group)) === 'Cluster') return true;
  return selects(webhook.namespaceSelector, namespaceLabels(cluster, namespace));
}

function covers(
  { groups, versions, resources, operations, scope }: WebhookRule,
  object: EffectiveObject['object'],
  group: string,
): boolean {
  if (!operations.some((operation) => operation === 'CREATE' || operation === 'UPDATE')) return false;
  if (!groups.includes('*') && !groups.includes(group)) return false;
  const version = object.apiVersion.slice(object.apiVersion.indexOf('/') + 1);
  // an equivalent version is converted and asked about too, so the version alone spares nothing but in the core
  if (!versions.includes('*') && !versions.includes(version) && isBuiltIn(group)) return false;
  if (scope !== undefined && scopeOf(object.kind, group, isBuiltIn(group)) !== scope) return false;
  const plural = pluralOf(object.kind, group);
  return resources.some((resource) => resource === '*' || resource === '*/*' || resource === plural || resource === `${plural}/*`);
}

const MARKED = ['annotations', 'labels'] as const;

/** Whether Flux leaves an object alone once it is there, before it would ask anybody. */
export function isLeftAlone({ object }: Pick<EffectiveObject, 'object'>): boolean {
  return MARKED.some((field) => {
    const marks = at(object.metadata, field);
    if (!isMap(marks)) return false;
    const apply = marks['kustomize.toolkit.fluxcd.io/ssa'];
    const reconcile = marks['kustomize.toolkit.fluxcd.io/reconcile'];
    return /^(ifnotpresent|ignore)$/i.test(scalarText(apply)) || /^disabled$/i.test(scalarText(reconcile));
  });
}

/** The webhooks of configurations that a repository holds as manifests. */
export function webhooksIn(configuration: EffectiveObject['object']): readonly Webhook[] {
  const type = configuration.kind === 'MutatingWebhookConfiguration' ? 'mutating' : 'validating';
  const webhooks: unknown = Reflect.get(configuration, 'webhooks');
  return (Array.isArray(webhooks) ? webhooks : []).filter(isMap).map((webhook) => webhookFrom(webhook, type));
}

function webhookFrom(webhook: Readonly<Record<string, unknown>>, type: Webhook['type']): Webhook {
  const rules = (Array.isArray(webhook['rules']) ? webhook['rules'] : []).map(ruleFrom);
  return {
    name: textAt(webhook, 'name') ?? '',
    type,
    failurePolicy: webhook['failurePolicy'] === 'Ignore' ? 'Ignore' : 'Fail',
    sideEffects: 'Unknown',
    namespaceSelector: selectorFrom(webhook['namespaceSelector']),
    objectSelector: selectorFrom(webhook['objectSelector']),
    conditional: Array.isArray(webhook['matchConditions']) && webhook['matchConditions'].length > 0,
    rules,
    service: textAt(webhook, 'clientConfig', 'service', 'name') ?? '',
    podPort: 0,
    pods: {},
    registered: 'helm',
  };
}

function ruleFrom(rule: unknown): WebhookRule {
  const operations = texts(rule, 'operations');
  const scope = textAt(rule, 'scope');
  return {
    groups: texts(rule, 'apiGroups'),
    versions: texts(rule, 'apiVersions'),
    resources: texts(rule, 'resources'),
    operations: WRITES.filter((one) => operations.includes('*') || operations.includes(one)),
    ...((scope === 'Namespaced' || scope === 'Cluster') && { scope }),
  };
}

function texts(node: unknown, key: string): readonly string[] {
  const list = isMap(node) ? node[key] : undefined;
  return scalarTexts(list);
}
