import { watchLabel } from '../../src/policy/rules/watch-label';
import { testRule, yaml } from '../support/rule-tester';

testRule(watchLabel, {
  allowed: {
    'a label on what variables come from': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system, labels: { reconcile.fluxcd.io/watch: Enabled } }
      data: { DOMAIN: example.org }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'a ConfigMap that Flux does not read': yaml`
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { DOMAIN: example.org }`,
  },
  refused: {
    'variables of two Flux Kustomizations': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system, labels: { reconcile.fluxcd.io/watch: enabled } }
      data: { DOMAIN: example.org }
      ---
      kind: Namespace
      metadata: { name: ferry }
      ---
      # namespaces/pier/namespace.yaml
      kind: Namespace
      metadata: { name: pier }`,
      `
      clusters/test/cluster-config.yaml: watch-label (info)
        what   Kustomization flux-system/ferry and 1 more would not notice a change
        where  ConfigMap flux-system/cluster-config, metadata.labels["reconcile.fluxcd.io/watch"]
        why    a change of it reaches the cluster only at the next interval of those who use it
        fix    label it with reconcile.fluxcd.io/watch: Enabled`,
    ],
    'values of a release': [
      yaml`
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry-values, namespace: ferry }
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { valuesFrom: [{ kind: ConfigMap, name: ferry-values }] }`,
      `
      namespaces/ferry/config-map.yaml: watch-label (info)
        what   HelmRelease ferry/ferry would not notice a change
        where  ConfigMap ferry/ferry-values, metadata.labels["reconcile.fluxcd.io/watch"]
        why    a change of it reaches the cluster only at the next interval of those who use it
        fix    label it with reconcile.fluxcd.io/watch: Enabled`,
    ],
  },
});
