import { pruneSensitive } from '../../src/policy/rules/prune-sensitive';
import { testRule, yaml } from '../support/rule-tester';

testRule(pruneSensitive, {
  allowed: {
    'nothing is pruned': yaml`
      kind: Namespace
      metadata: { name: ferry }`,
    'a Namespace that is kept, by a label': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, prune: true }
      ---
      kind: Namespace
      metadata: { name: ferry, labels: { kustomize.toolkit.fluxcd.io/prune: Disabled } }`,
    'a release and a StatefulSet, whose claims stay': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, prune: true }
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: ferry, namespace: ferry }`,
  },
  refused: {
    'a claim': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, prune: true }
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry/1.yaml: prune-sensitive (warning)
        what   flux-system/ferry would prune PersistentVolumeClaim ferry/ferry
        where  PersistentVolumeClaim ferry/ferry
        why    a line that goes from a kustomization.yaml deletes it in the cluster: a Namespace with all in it, a volume, every object of a CRD
        fix    annotate it with kustomize.toolkit.fluxcd.io/prune: disabled`,
    ],
    'a Namespace, a database and a CRD, one of them kept': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, prune: true }
      ---
      kind: Namespace
      metadata: { name: ferry }
      ---
      apiVersion: postgresql.cnpg.io/v1
      kind: Cluster
      metadata: { name: ferry, namespace: ferry }
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: harbours.ferry.example.org, annotations: { kustomize.toolkit.fluxcd.io/prune: disabled } }`,
      `
      namespaces/ferry/1.yaml: prune-sensitive (warning)
        what   flux-system/ferry would prune Namespace ferry and Cluster ferry/ferry
        where  Namespace ferry
        why    a line that goes from a kustomization.yaml deletes it in the cluster: a Namespace with all in it, a volume, every object of a CRD
        fix    annotate each of them with kustomize.toolkit.fluxcd.io/prune: disabled`,
    ],
  },
});
