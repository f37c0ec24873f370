import { webhookDryRun } from '../../src/policy/rules/webhook-dry-run';
import { testRule, yaml } from '../support/rule-tester';

testRule(webhookDryRun, {
  allowed: {
    'no side effects': yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: { name: ferry }
      webhooks: [{ name: a.ferry.example.org, sideEffects: None }, { name: b.ferry.example.org, sideEffects: NoneOnDryRun }]`,
    'a field of that name elsewhere': yaml`
      apiVersion: ferry.example.org/v1
      kind: ValidatingWebhookConfiguration
      metadata: { name: ferry }
      webhooks: [{ name: a.ferry.example.org, sideEffects: Some }]`,
  },
  refused: {
    'side effects': [
      yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: { name: ferry }
      webhooks: [{ name: a.ferry.example.org, sideEffects: Some }]`,
      `
      namespaces/ferry/0.yaml: webhook-dry-run (warning)
        what   webhook a.ferry.example.org has sideEffects: Some
        where  ValidatingWebhookConfiguration ferry, webhooks[0].sideEffects
        why    Flux dry-runs whatever it applies, and the API server fails the dry run of every object that the webhook matches
        fix    state sideEffects: None, or NoneOnDryRun where it looks at dryRun`,
    ],
    'side effects that nobody knows, in the second': [
      yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: { name: ferry }
      webhooks: [{ name: a.ferry.example.org, sideEffects: None }, { name: b.ferry.example.org, sideEffects: Unknown }]`,
      `
      namespaces/ferry/0.yaml: webhook-dry-run (warning)
        what   webhook b.ferry.example.org has sideEffects: Unknown
        where  MutatingWebhookConfiguration ferry, webhooks[1].sideEffects
        why    Flux dry-runs whatever it applies, and the API server fails the dry run of every object that the webhook matches
        fix    state sideEffects: None, or NoneOnDryRun where it looks at dryRun`,
    ],
  },
});
