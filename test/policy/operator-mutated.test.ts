import { operatorMutated } from '../../src/policy/rules/operator-mutated';
import { testRule, yaml } from '../support/rule-tester';

testRule(operatorMutated, {
  allowed: {
    'a caBundle that is left to cert-manager': yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: { name: ferry, annotations: { cert-manager.io/inject-ca-from: ferry/ferry } }
      webhooks: [{ name: a.ferry.example.org, clientConfig: { service: { name: ferry, namespace: ferry } } }]`,
    'a caBundle that nobody else writes': yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: { name: ferry }
      webhooks: [{ name: a.ferry.example.org, clientConfig: { caBundle: Zm9v } }]`,
    'an ExternalSecret that adds to a Secret': yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      ---
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: { name: ferry, namespace: ferry }
      spec: { target: { creationPolicy: Merge } }`,
    'a Secret that is made once': yaml`
      kind: Secret
      metadata: { name: ferry-tls, namespace: ferry, annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent } }
      ---
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: { name: ferry, namespace: ferry }
      spec: { secretName: ferry-tls }`,
  },
  refused: {
    'a caBundle beside its injector': [
      yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: { name: ferry, annotations: { cert-manager.io/inject-ca-from: ferry/ferry } }
      webhooks: [{ name: a.ferry.example.org, clientConfig: { caBundle: Zm9v } }]`,
      `
      namespaces/ferry/0.yaml: operator-mutated (info)
        what   a caBundle, and cert-manager.io/inject-ca-from, by which cert-manager writes it
        where  ValidatingWebhookConfiguration ferry, webhooks[0].clientConfig.caBundle
        why    at every interval Flux sets it back, and the controller writes it again: in between it is wrong
        fix    leave caBundle out`,
    ],
    'the Secret of a Certificate': [
      yaml`
      kind: Secret
      metadata: { name: ferry-tls, namespace: ferry }
      ---
      apiVersion: cert-manager.io/v1
      kind: Certificate
      metadata: { name: ferry, namespace: ferry }
      spec: { secretName: ferry-tls }`,
      `
      namespaces/ferry/0.yaml: operator-mutated (info)
        what   Certificate ferry/ferry writes the same Secret
        where  Secret ferry/ferry-tls, metadata.name
        why    at every interval Flux sets it back, and the controller writes it again: in between it is wrong
        fix    remove the manifest, or give one of the two another name`,
    ],
  },
});
