import { forceWide } from '../../src/policy/rules/force-wide';
import { testRule, yaml } from '../support/rule-tester';

testRule(forceWide, {
  allowed: {
    'no force': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, force: false }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'force on a single Job': yaml`
      apiVersion: batch/v1
      kind: Job
      metadata: { name: ferry, namespace: ferry, annotations: { kustomize.toolkit.fluxcd.io/force: enabled } }`,
    'force turned off on a claim': yaml`
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: ferry, namespace: ferry, annotations: { kustomize.toolkit.fluxcd.io/force: disabled } }`,
  },
  refused: {
    'over a database and its Namespace': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, force: true }
      ---
      kind: Namespace
      metadata: { name: ferry }
      ---
      apiVersion: postgresql.cnpg.io/v1
      kind: Cluster
      metadata: { name: ferry, namespace: ferry }`,
      `
      clusters/test/infrastructure.yaml: force-wide
        what   force: true over Namespace ferry and Cluster ferry
        where  Kustomization flux-system/ferry, spec.force
        why    whatever the API server calls invalid, a mistyped field included, is deleted first and then made anew, or not at all
        fix    remove it, and annotate the single object that needs it with kustomize.toolkit.fluxcd.io/force: enabled`,
    ],
    'over what can be made anew': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, force: true }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }`,
      `
      clusters/test/infrastructure.yaml: force-wide (warning)
        what   force: true
        where  Kustomization flux-system/ferry, spec.force
        why    whatever the API server calls invalid, a mistyped field included, is deleted first and then made anew, or not at all
        fix    remove it, and annotate the single object that needs it with kustomize.toolkit.fluxcd.io/force: enabled`,
    ],
    'on a claim': [
      yaml`
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: ferry, namespace: ferry, annotations: { kustomize.toolkit.fluxcd.io/force: Enabled } }`,
      `
      namespaces/ferry/0.yaml: force-wide
        what   force: enabled on a PersistentVolumeClaim
        where  PersistentVolumeClaim ferry/ferry, metadata.annotations["kustomize.toolkit.fluxcd.io/force"]
        why    whatever the API server calls invalid, a mistyped field included, is deleted first and then made anew, or not at all
        fix    remove the annotation, and change such an object by hand`,
    ],
  },
});
