import { substitutionInactive } from '../../src/policy/rules/substitution-inactive';
import { testRule, yaml } from '../support/rule-tester';

testRule(substitutionInactive, {
  allowed: {
    'a name that only a shell knows': yaml`
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry }
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { script: 'echo \${HOME:-/root} \${1} $DOMAIN' }`,
    'left alone, and said so': yaml`
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry }
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry, annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled } }
      data: { host: 'ferry.\${DOMAIN}' }`,
    'a patch for another build': yaml`
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        patches: [{ target: { kind: ConfigMap }, patch: '[{ op: add, path: /data/host, value: "ferry.\${DOMAIN}" }]' }]
        postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
  },
  refused: {
    'no postBuild': [
      yaml`
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry }
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { host: 'ferry.\${DOMAIN}', mail: 'ferry@\${DOMAIN}' }`,
      `
      namespaces/ferry/2.yaml: substitution-inactive (warning)
        what   \${DOMAIN} reaches the cluster as it is, here and in 1 other place
        where  ConfigMap ferry/ferry, data.host
        why    without variables Flux leaves every text as it is: \${NAME} itself reaches the cluster
        fix    add postBuild to the Flux Kustomization flux-system/ferry, or write the value itself`,
    ],
    'a default, in a Flux Kustomization that has no variables': [
      yaml`
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: {} }
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { host: '\${DOMAIN:=example.net}' } }`,
      `
      namespaces/ferry/2.yaml: substitution-inactive (warning)
        what   \${DOMAIN:=example.net} reaches the cluster as it is
        where  HelmRelease ferry/ferry, spec.values.host
        why    without variables Flux leaves every text as it is: \${NAME} itself reaches the cluster
        fix    add postBuild to the Flux Kustomization flux-system/ferry, or write the value itself`,
    ],
  },
});
