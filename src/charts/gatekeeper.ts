import type { GatekeeperValues } from '../../imports/charts/gatekeeper';
import { brings } from './brings';
import { scalarTexts } from './scalar';
import { isOn, policyOr, portOr, textOr } from './switch';
import { notIn, type Selector, selectorFrom, type Webhook, type WebhookRule, WRITES } from './webhook';

const CRDS = [
  { group: 'templates.gatekeeper.sh', kinds: ['ConstraintTemplate'] },
  { group: 'config.gatekeeper.sh', kinds: ['Config'] },
  { group: 'syncset.gatekeeper.sh', kinds: ['SyncSet'] },
  { group: 'mutations.gatekeeper.sh', kinds: ['Assign', 'AssignImage', 'AssignMetadata', 'ModifySet'] },
  { group: 'expansion.gatekeeper.sh', kinds: ['ExpansionTemplate'] },
  { group: 'externaldata.gatekeeper.sh', kinds: ['Provider'] },
  { group: 'connection.gatekeeper.sh', kinds: ['Connection'] },
  {
    group: 'status.gatekeeper.sh',
    kinds: [
      'ConfigPodStatus',
      'ConnectionPodStatus',
      'ConstraintPodStatus',
      'ConstraintTemplatePodStatus',
      'ExpansionTemplatePodStatus',
      'MutatorPodStatus',
      'ProviderPodStatus',
    ],
  },
] as const;

const LABELLED = { key: 'admission.gatekeeper.sh/ignore', operator: 'DoesNotExist' } as const;

/** Chart 3.21.1: crds/, templates/gatekeeper-*-webhook-configuration-*.yaml, gatekeeper-controller-manager-deployment.yaml. */
export const gatekeeper = brings<GatekeeperValues>({
  chart: 'gatekeeper',
  repositories: ['https://open-policy-agent.github.io/gatekeeper/charts'],
  version: '3.21.1',
  role: 'admission engine',
  crds: 'folder',
  brings: (values, release) => {
    const { namespace } = release;
    const webhook = {
      sideEffects: 'None',
      service: 'gatekeeper-webhook-service',
      podPort: portOr(values.controllerManager?.port, 8443),
      pods: { 'gatekeeper.sh/system': 'yes', 'control-plane': 'controller-manager' },
      hostNetwork: isOn(values.controllerManager?.hostNetwork, false),
      registered: 'helm',
    } as const;
    const validating: readonly Webhook[] = [
      {
        ...webhook,
        name: 'validation.gatekeeper.sh',
        type: 'validating',
        failurePolicy: policyOr(values.validatingWebhookFailurePolicy, 'Ignore'),
        namespaceSelector: exempting(namespace, values.validatingWebhookExemptNamespacesLabels),
        objectSelector: selectorFrom(values.validatingWebhookObjectSelector),
        conditional: isOn(values.validatingWebhookMatchConditions, false),
        rules: rulesFrom(values.validatingWebhookCustomRules, values.validatingWebhookScope),
      },
      {
        ...webhook,
        name: 'check-ignore-label.gatekeeper.sh',
        type: 'validating',
        failurePolicy: policyOr(values.validatingWebhookCheckIgnoreFailurePolicy, 'Fail'),
        namespaceSelector: notIn(namespace),
        rules: [{ groups: [''], versions: ['*'], resources: ['namespaces'], operations: WRITES }],
      },
    ];
    const mutating: readonly Webhook[] = [
      {
        ...webhook,
        name: 'mutation.gatekeeper.sh',
        type: 'mutating',
        failurePolicy: policyOr(values.mutatingWebhookFailurePolicy, 'Ignore'),
        namespaceSelector: exempting(namespace, values.mutatingWebhookExemptNamespacesLabels),
        objectSelector: selectorFrom(values.mutatingWebhookObjectSelector),
        conditional: isOn(values.mutatingWebhookMatchConditions, false),
        rules: rulesFrom(values.mutatingWebhookCustomRules, values.mutatingWebhookScope),
      },
    ];
    return {
      crds: CRDS.map((crds) => ({ ...crds, from: 'crds folder' })),
      webhooks: [
        ...(isOn(values.disableValidatingWebhook, false) ? [] : validating),
        ...(isOn(values.disableMutation, false) ? [] : mutating),
      ],
      metrics: [{ port: portOr(values.controllerManager?.metricsPort, 8888), pods: { 'gatekeeper.sh/system': 'yes' } }],
      owns: [
        { kind: 'ServiceAccount', name: 'gatekeeper-admin', namespace },
        { kind: 'Service', name: 'gatekeeper-webhook-service', namespace },
        { kind: 'Secret', name: 'gatekeeper-webhook-server-cert', namespace },
        {
          kind: 'ValidatingWebhookConfiguration',
          name: textOr(values.validatingWebhookName, 'gatekeeper-validating-webhook-configuration'),
        },
      ],
    };
  },
});

/** Every namespace but the engine's own, those labelled, and those exempt by values: labels with the values that are exempt. */
function exempting(own: string, labels: unknown): Selector {
  const exempt = typeof labels === 'object' && labels !== null ? Object.entries(labels) : [];
  return {
    matchExpressions: [
      LABELLED,
      ...(notIn(own).matchExpressions ?? []),
      ...exempt.map(([key, values]) => ({ key, operator: 'NotIn' as const, values: scalarTexts(values) })),
    ],
  };
}

/** Everything that is created or updated; rules of one's own replace that. */
function rulesFrom(custom: unknown, scope: unknown): readonly WebhookRule[] {
  const everything: WebhookRule = {
    groups: ['*'],
    versions: ['*'],
    resources: ['*'],
    operations: WRITES,
    ...((scope === 'Namespaced' || scope === 'Cluster') && { scope }),
  };
  if (!Array.isArray(custom) || custom.length === 0) return [everything];
  return custom.map((rule: unknown) => ({
    ...everything,
    groups: textsOf(rule, 'apiGroups'),
    versions: textsOf(rule, 'apiVersions'),
    resources: textsOf(rule, 'resources'),
    operations: textsOf(rule, 'operations').flatMap((text) =>
      text === 'CREATE' || text === 'UPDATE' || text === 'DELETE' ? [text] : WRITES,
    ),
  }));
}

function textsOf(rule: unknown, key: string): readonly string[] {
  const list: unknown = typeof rule === 'object' && rule !== null && Object.hasOwn(rule, key) ? Reflect.get(rule, key) : undefined;
  return scalarTexts(list);
}
