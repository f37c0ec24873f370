import { ofKind } from '../../effective';
import { defineRule, listAt, textAt } from '../rule';

const KINDS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Source: Flux dry-runs every object first; the API server refuses a dry run that a webhook with side effects would see. */
export const webhookDryRun = defineRule({
  name: 'webhook-dry-run',
  ids: ['F97'],
  claim: 'every webhook can be asked in a dry run',
  because: 'Flux dry-runs whatever it applies, and the API server fails the dry run of every object that the webhook matches',
  evidence: 'fluxcd/flux2#4073',
  severity: 'warning',
  fix: 'state sideEffects: None, or NoneOnDryRun',
  local: true,

  *check(repository) {
    for (const on of KINDS.flatMap((kind) => ofKind(repository, kind, 'admissionregistration.k8s.io'))) {
      for (const [index, webhook] of listAt(on.object, 'webhooks').entries()) {
        const effects = textAt(webhook, 'sideEffects');
        // The API server refuses one that says nothing.
        if (effects === undefined || effects === 'None' || effects === 'NoneOnDryRun') continue;
        yield {
          on,
          at: `webhooks[${index}].sideEffects`,
          found: `webhook ${textAt(webhook, 'name')} has sideEffects: ${effects}`,
          fix: 'state sideEffects: None, or NoneOnDryRun where it looks at dryRun',
        };
      }
    }
  },
});
