import type { EffectiveCluster, EffectiveObject, FluxKustomization } from '../../effective';
import { readinessOf } from '../readiness';
import { defineRule, nameOf, type Violation } from '../rule';
import { isAsked, isLeftAlone } from '../webhook-match';
import { type RegisteredWebhook, webhooksOf } from '../webhooks-of';

/** Source: the API server refuses a write while a webhook that fails closed does not answer; Flux dry-runs every object at every interval. */
export const webhookSparesAncestors = defineRule({
  name: 'webhook-spares-ancestors',
  ids: ['S05'],
  claim: 'no webhook that fails closed is asked about what has to be applied before its own pods',
  because:
    'while its pods are down the objects are refused, so what comes before them is never Ready again, and a repair in Git cannot arrive',
  evidence: 'fluxcd/flux2#3335, open-policy-agent/gatekeeper#1887, open-policy-agent/gatekeeper#2423, kyverno/kyverno#16177',
  severity: 'error',
  fix: 'let the webhook fail open, or leave those namespaces out of its selector',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const registered of webhooksOf(cluster)) {
        const { webhook, provider, release } = registered;
        // what lies elsewhere may say otherwise, but no value changes what is registered at run time
        if (webhook.failurePolicy !== 'Fail' || webhook.conditional === true) continue;
        if (release?.known?.openValues === true && webhook.registered === 'helm') continue;
        const { owner } = provider;
        const before = [owner, ...readinessOf(cluster).ancestorsOf(owner)];
        const asked = before.flatMap((one) => askedAbout(registered, one, cluster));
        if (asked.length > 0) yield violation(registered, asked, owner);
      }
    }
  },
});

function askedAbout(
  { webhook, on }: RegisteredWebhook,
  { objects }: FluxKustomization,
  cluster: EffectiveCluster,
): readonly EffectiveObject[] {
  return objects.filter((one) => one !== on && isAsked(webhook, one, cluster) && !isLeftAlone(one));
}

function violation(
  { webhook, on, by, release }: RegisteredWebhook,
  asked: readonly EffectiveObject[],
  owner: FluxKustomization,
): Violation {
  const [first] = asked;
  const example = first ? `${nameOf(first.object)} of ${first.owner.id}` : '';
  const rest = asked.length > 1 ? ` and ${asked.length - 1} more` : '';
  const what = on.object.kind === 'HelmRelease' || on.object.kind.endsWith('Configuration') ? webhook.name : `for ${webhook.name}`;
  const which = first?.owner === owner ? 'beside its own pods' : `for which ${owner.id} waits`;
  return {
    on,
    at: on.object.kind === 'HelmRelease' ? 'spec.values' : on.object.kind.endsWith('Configuration') ? 'webhooks' : 'spec',
    found: `webhook ${what} of ${by} fails closed and is asked about ${example}${rest}, ${which}`,
    fix: FIXES.get(webhook.name) ?? 'let it fail open (failurePolicy: Ignore), or leave these namespaces out of its namespaceSelector',
    ...(release && !release.known?.exactVersion && { severity: 'warning' as const }),
  };
}

const FIXES: ReadonlyMap<string, string> = new Map([
  ['validator.longhorn.io', 'apply them after it: no value changes what this webhook is asked about'],
  ['check-ignore-label.gatekeeper.sh', 'set the value validatingWebhookCheckIgnoreFailurePolicy: Ignore'],
  [
    'validation.gatekeeper.sh',
    'set the value validatingWebhookFailurePolicy: Ignore, or name the namespaces in validatingWebhookExemptNamespacesLabels',
  ],
  ['mutation.gatekeeper.sh', 'set the value mutatingWebhookFailurePolicy: Ignore, or disableMutation: true'],
  [
    'linkerd-proxy-injector.linkerd.io',
    'label the namespaces config.linkerd.io/admission-webhooks: disabled, or set the value webhookFailurePolicy: Ignore',
  ],
  [
    'linkerd-policy-validator.linkerd.io',
    'label the namespaces config.linkerd.io/admission-webhooks: disabled, or set the value webhookFailurePolicy: Ignore',
  ],
]);
