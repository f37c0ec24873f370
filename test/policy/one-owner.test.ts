import { oneOwner } from '../../src/policy/rules/one-owner';
import { testRule, yaml } from '../support/rule-tester';

testRule(oneOwner, {
  allowed: {
    'one name in two namespaces, and in two groups': yaml`
      # namespaces/ferry/a.yaml
      apiVersion: cilium.io/v2
      kind: CiliumNetworkPolicy
      metadata: { name: allow-dns, namespace: ferry }
      ---
      # namespaces/redis/a.yaml
      apiVersion: cilium.io/v2
      kind: CiliumNetworkPolicy
      metadata: { name: allow-dns, namespace: redis }
      ---
      # namespaces/redis/b.yaml
      apiVersion: v1
      kind: CiliumNetworkPolicy
      metadata: { name: allow-dns, namespace: redis }`,
    'the stub of a Namespace beside its owner': yaml`
      # namespaces/ferry/namespace.yaml
      apiVersion: v1
      kind: Namespace
      metadata: { name: ferry }
      ---
      # namespaces/secrets/namespaces.yaml
      apiVersion: v1
      kind: Namespace
      metadata: { name: ferry, annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent } }`,
  },
  refused: {
    'two owners, in two versions of one group': [
      yaml`
      # namespaces/ferry/namespace.yaml
      apiVersion: cilium.io/v2
      kind: CiliumNetworkPolicy
      metadata: { name: allow-dns, namespace: ferry }
      ---
      # namespaces/harbour/policy.yaml
      apiVersion: cilium.io/v2alpha1
      kind: CiliumNetworkPolicy
      metadata: { name: allow-dns, namespace: ferry }`,
      `
      namespaces/harbour/policy.yaml: one-owner
        what   flux-system/ferry applies the same object, from namespaces/ferry/namespace.yaml
        where  CiliumNetworkPolicy ferry/allow-dns, metadata.name
        why    two Flux Kustomizations would take the object from each other at every interval
        fix    keep one of the two, or give one another name`,
    ],
  },
});
