import { helmDependsOn } from '../../src/policy/rules/helm-depends-on';
import { testRule, yaml } from '../support/rule-tester';

testRule(helmDependsOn, {
  allowed: {
    'a release of the same namespace, and one of another': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { dependsOn: [{ name: pier }, { name: harbour, namespace: harbour }] }
      ---
      kind: HelmRelease
      metadata: { name: pier, namespace: ferry }
      ---
      # namespaces/harbour/release.yaml
      kind: HelmRelease
      metadata: { name: harbour, namespace: harbour }`,
    'nobody knows what a folder that does not build would bring': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: harbour, namespace: flux-system }
      spec: { path: ./namespaces/harbour }
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { dependsOn: [{ name: harbour-master }] }`,
  },
  refused: {
    'a misspelt name': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { dependsOn: [{ name: peir }] }
      ---
      kind: HelmRelease
      metadata: { name: pier, namespace: ferry }`,
      `
      namespaces/ferry/0.yaml: helm-depends-on
        what   there is no HelmRelease ferry/peir
        where  HelmRelease ferry/ferry, spec.dependsOn[0]
        why    helm-controller waits for it for ever, and says no more than that it is not found
        fix    write name: pier`,
    ],
    'a release of another namespace': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { dependsOn: [{ name: harbour-master }] }
      ---
      # namespaces/harbour/release.yaml
      kind: HelmRelease
      metadata: { name: harbour-master, namespace: harbour }`,
      `
      namespaces/ferry/0.yaml: helm-depends-on
        what   there is no HelmRelease ferry/harbour-master
        where  HelmRelease ferry/ferry, spec.dependsOn[0]
        why    helm-controller waits for it for ever, and says no more than that it is not found
        fix    write namespace: harbour`,
    ],
    'a Flux Kustomization': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { dependsOn: [{ name: harbour }] }
      ---
      # namespaces/harbour/namespace.yaml
      kind: Namespace
      metadata: { name: harbour }`,
      `
      namespaces/ferry/0.yaml: helm-depends-on
        what   there is no HelmRelease ferry/harbour
        where  HelmRelease ferry/ferry, spec.dependsOn[0]
        why    helm-controller waits for it for ever, and says no more than that it is not found
        fix    let flux-system/ferry depend on flux-system/harbour instead: kinds cannot be mixed`,
    ],
  },
});
