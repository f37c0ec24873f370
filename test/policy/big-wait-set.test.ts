import { bigWaitSet } from '../../src/policy/rules/big-wait-set';
import { testRule, yaml } from '../support/rule-tester';

testRule(bigWaitSet, {
  allowed: {
    'three that belong together': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier, dependsOn: [{ name: ferry }] }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-0, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-1, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-2, namespace: ferry }
      ---
      # namespaces/pier/namespace.yaml
      kind: Namespace
      metadata: { name: pier }`,
    'many, and nobody depends on them': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-0, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-1, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-2, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-3, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-4, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-5, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-6, namespace: ferry }
      ---
      # namespaces/pier/namespace.yaml
      kind: Namespace
      metadata: { name: pier }`,
  },
  refused: {
    seven: [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier, dependsOn: [{ name: ferry }] }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-0, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-1, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-2, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-3, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-4, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-5, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-6, namespace: ferry }
      ---
      # namespaces/pier/namespace.yaml
      kind: Namespace
      metadata: { name: pier }`,
      `
      clusters/test/infrastructure.yaml: big-wait-set (info)
        what   it waits for 7 releases and workloads, and 1 Flux Kustomization depends on all of them
        where  Kustomization flux-system/ferry, spec.wait
        why    one that is sick keeps it from getting ready, and with it everything that depends on it, whatever the rest does
        fix    give the releases that others need a Flux Kustomization of their own`,
    ],
    twelve: [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier, dependsOn: [{ name: ferry }] }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-0, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-1, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-2, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-3, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-4, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-5, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-6, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-7, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-8, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-9, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-10, namespace: ferry }
      ---
      # namespaces/ferry/releases.yaml
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry-11, namespace: ferry }
      ---
      # namespaces/pier/namespace.yaml
      kind: Namespace
      metadata: { name: pier }`,
      `
      clusters/test/infrastructure.yaml: big-wait-set (warning)
        what   it waits for 12 releases and workloads, and 1 Flux Kustomization depends on all of them
        where  Kustomization flux-system/ferry, spec.wait
        why    one that is sick keeps it from getting ready, and with it everything that depends on it, whatever the rest does
        fix    give the releases that others need a Flux Kustomization of their own`,
    ],
  },
});
