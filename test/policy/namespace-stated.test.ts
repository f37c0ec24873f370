import { namespaceStated } from '../../src/policy/rules/namespace-stated';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'the dry run fails with "namespace not specified", and with it all that the Flux Kustomization applies at that stage';
const FIX =
  'state metadata.namespace; or for all that flux-system/ferry applies spec.targetNamespace, or namespace in its kustomization.yaml';

testRule(namespaceStated, {
  allowed: {
    'kinds that live in none': yaml`
      kind: Namespace
      metadata: { name: ferry }
      ---
      apiVersion: cert-manager.io/v1
      kind: ClusterIssuer
      metadata: { name: ferry }
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: { name: ferry }`,
    'a kind of which nobody knows': yaml`
      apiVersion: ferry.example.org/v1
      kind: Pier
      metadata: { name: ferry }`,
    'a kind whose CRD says that it lives in none': yaml`
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: piers.ferry.example.org }
      spec: { group: ferry.example.org, scope: Cluster, names: { kind: Pier } }
      ---
      apiVersion: ferry.example.org/v1
      kind: Pier
      metadata: { name: ferry }`,
  },
  refused: {
    'a built-in kind': [
      yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry }`,
      `
      namespaces/ferry/0.yaml: namespace-stated
        what   no namespace
        where  ConfigMap ferry, metadata.namespace
        why    ${WHY}
        fix    ${FIX}`,
    ],
    'kinds of which types, or a CRD of the tree, are known: one finding': [
      yaml`
      apiVersion: cert-manager.io/v1
      kind: Issuer
      metadata: { name: ferry }
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: piers.ferry.example.org }
      spec: { group: ferry.example.org, scope: Namespaced, names: { kind: Pier } }
      ---
      apiVersion: ferry.example.org/v1
      kind: Pier
      metadata: { name: north }`,
      `
      namespaces/ferry/0.yaml: namespace-stated
        what   no namespace, here and in Pier north
        where  Issuer ferry, metadata.namespace
        why    ${WHY}
        fix    ${FIX}`,
    ],
  },
});
