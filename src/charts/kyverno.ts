import type { KyvernoValues } from '../../imports/charts/kyverno';
import { brings, type Crds } from './brings';
import { isOn, monitor, portOr } from './switch';
import { selectorFrom, type Webhook, type WebhookRule, WRITES } from './webhook';

/** By the groups that `crds.groups` switches, kind by kind; the key is the plural. */
const CRDS = {
  kyverno: {
    group: 'kyverno.io',
    kinds: {
      cleanuppolicies: 'CleanupPolicy',
      clustercleanuppolicies: 'ClusterCleanupPolicy',
      clusterpolicies: 'ClusterPolicy',
      globalcontextentries: 'GlobalContextEntry',
      policies: 'Policy',
      policyexceptions: 'PolicyException',
      updaterequests: 'UpdateRequest',
    },
  },
  policies: {
    group: 'policies.kyverno.io',
    kinds: {
      deletingpolicies: 'DeletingPolicy',
      generatingpolicies: 'GeneratingPolicy',
      imagevalidatingpolicies: 'ImageValidatingPolicy',
      mutatingpolicies: 'MutatingPolicy',
      namespaceddeletingpolicies: 'NamespacedDeletingPolicy',
      namespacedimagevalidatingpolicies: 'NamespacedImageValidatingPolicy',
      namespacedvalidatingpolicies: 'NamespacedValidatingPolicy',
      policyexceptions: 'PolicyException',
      validatingpolicies: 'ValidatingPolicy',
    },
  },
  reports: {
    group: 'reports.kyverno.io',
    kinds: { clusterephemeralreports: 'ClusterEphemeralReport', ephemeralreports: 'EphemeralReport' },
  },
  wgpolicyk8s: {
    group: 'wgpolicyk8s.io',
    kinds: { clusterpolicyreports: 'ClusterPolicyReport', policyreports: 'PolicyReport' },
  },
} as const;

const OWN_PLURALS = Object.keys(CRDS.policies.kinds).filter((plural) => plural !== 'policyexceptions');

/**
 * Chart 3.6.3: charts/crds/templates; the webhooks are those that the leader registers, v1.16.3, pkg/controllers/webhook. What policies
 * make it register besides is in kyverno-policies.ts.
 */
export const kyverno = brings<KyvernoValues>({
  chart: 'kyverno',
  repositories: ['https://kyverno.github.io/kyverno', 'oci://ghcr.io/kyverno/charts'],
  version: '3.6.3',
  role: 'admission engine',
  crds: 'templates',
  brings: (values, release) => ({
    crds: isOn(values.crds?.install, true) ? crdsOf(values) : [],
    webhooks: ownWebhooks(values, release.name),
    metrics: ['admission', 'background', 'cleanup', 'reports'].map((name) => ({
      port: 8000,
      pods: { 'app.kubernetes.io/instance': release.name, 'app.kubernetes.io/component': `${name}-controller` },
    })),
    owns: [
      { kind: 'ConfigMap', name: 'kyverno', namespace: release.namespace },
      { kind: 'ConfigMap', name: 'kyverno-metrics', namespace: release.namespace },
      { kind: 'Service', name: 'kyverno-svc', namespace: release.namespace },
      { kind: 'Service', name: 'kyverno-cleanup-controller', namespace: release.namespace },
      ...['admission', 'background', 'cleanup', 'reports'].map((name) => ({
        kind: 'ServiceAccount',
        name: `kyverno-${name}-controller`,
        namespace: release.namespace,
      })),
    ],
    monitors: [
      ...monitor('ServiceMonitor', 'admissionController.serviceMonitor.enabled', values.admissionController?.serviceMonitor?.enabled),
      ...monitor('ServiceMonitor', 'backgroundController.serviceMonitor.enabled', values.backgroundController?.serviceMonitor?.enabled),
      ...monitor('ServiceMonitor', 'cleanupController.serviceMonitor.enabled', values.cleanupController?.serviceMonitor?.enabled),
      ...monitor('ServiceMonitor', 'reportsController.serviceMonitor.enabled', values.reportsController?.serviceMonitor?.enabled),
    ],
  }),
});

function crdsOf({ crds }: KyvernoValues): readonly Crds[] {
  const from = keeps(crds?.annotations) ? 'templates, kept' : 'templates';
  const switches: unknown = crds?.groups;
  return Object.entries(CRDS).map(([name, { group, kinds }]) => ({
    group,
    kinds: Object.entries<string>(kinds)
      .filter(([plural]) => isOn(under(under(switches, name), plural), true))
      .map(([, kind]) => kind),
    from,
    keptBy: 'crds.annotations: {helm.sh/resource-policy: keep}',
  }));
}

/** Those that are there whatever policies say: they judge Kyverno's own kinds, and fail closed. */
function ownWebhooks(values: KyvernoValues, instance: string): readonly Webhook[] {
  const webhook = {
    failurePolicy: 'Fail',
    sideEffects: 'NoneOnDryRun',
    service: 'kyverno-svc',
    podPort: portOr(values.admissionController?.webhookServer?.port, 9443),
    pods: { 'app.kubernetes.io/component': 'admission-controller', 'app.kubernetes.io/instance': instance },
    hostNetwork: isOn(values.admissionController?.hostNetwork, false),
    registered: 'run time',
  } as const;
  const cleanup = { service: 'kyverno-cleanup-controller', pods: { ...webhook.pods, 'app.kubernetes.io/component': 'cleanup-controller' } };
  const on = (group: string, ...resources: readonly string[]): WebhookRule => ({
    groups: [group],
    versions: ['*'],
    resources,
    operations: WRITES,
  });
  const policies = [on('kyverno.io', 'clusterpolicies', 'policies'), on('policies.kyverno.io', ...OWN_PLURALS)];
  return [
    { ...webhook, name: 'validate-policy.kyverno.svc', type: 'validating', rules: policies },
    { ...webhook, name: 'mutate-policy.kyverno.svc', type: 'mutating', rules: policies },
    { ...webhook, name: 'kyverno-svc.kyverno.svc', type: 'validating', rules: [on('kyverno.io', 'policyexceptions')] },
    { ...webhook, name: 'kyverno-cel-exception.kyverno.svc', type: 'validating', rules: [on('policies.kyverno.io', 'policyexceptions')] },
    { ...webhook, name: 'kyverno-global-context.kyverno.svc', type: 'validating', rules: [on('kyverno.io', 'globalcontextentries')] },
    {
      ...webhook,
      ...cleanup,
      name: 'kyverno-cleanup-controller.kyverno.svc',
      type: 'validating',
      rules: [on('kyverno.io', 'cleanuppolicies', 'clustercleanuppolicies')],
    },
    {
      ...webhook,
      ...cleanup,
      name: 'kyverno-ttl.kyverno.svc',
      type: 'validating',
      failurePolicy: 'Ignore',
      objectSelector: selectorFrom({ matchExpressions: [{ key: 'cleanup.kyverno.io/ttl', operator: 'Exists' }] }),
      rules: [on('*', '*')],
    },
    {
      ...webhook,
      name: 'monitor-webhooks.kyverno.svc',
      type: 'mutating',
      failurePolicy: 'Ignore',
      objectSelector: { matchLabels: { 'app.kubernetes.io/name': 'kyverno' } },
      rules: [{ groups: ['coordination.k8s.io'], versions: ['v1'], resources: ['leases'], operations: ['UPDATE'] }],
    },
  ];
}

function keeps(annotations: unknown): boolean {
  return under(annotations, 'helm.sh/resource-policy') === 'keep';
}

function under(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? Reflect.get(node, key) : undefined;
}
