import { substituteFromExists } from '../../src/policy/rules/substitute-from-exists';
import { testRule, yaml } from '../support/rule-tester';

testRule(substituteFromExists, {
  allowed: {
    'made by the root': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
    optional: yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: local-config, optional: true }] } }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }`,
    'made by what it depends on': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: config, namespace: flux-system }
      spec: { path: ./namespaces/config }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, dependsOn: [{ name: config }], postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # namespaces/config/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
    'a Secret that a controller makes': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: Secret, name: cluster-secrets }] } }
      ---
      # clusters/test/external-secret.yaml
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: { name: cluster, namespace: flux-system }
      spec: { target: { name: cluster-secrets } }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }`,
  },
  refused: {
    'a misspelt name': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-confg }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
      `
      clusters/test/infrastructure.yaml: substitute-from-exists
        what   nothing in test makes ConfigMap flux-system/cluster-confg
        where  Kustomization flux-system/ferry, spec.postBuild.substituteFrom[0].name
        why    Flux fails the whole Flux Kustomization as long as it is absent
        fix    write cluster-config, or make ConfigMap flux-system/cluster-confg`,
    ],
    'in another namespace': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: ferry }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
      `
      clusters/test/infrastructure.yaml: substitute-from-exists
        what   nothing in test makes ConfigMap flux-system/cluster-config
        where  Kustomization flux-system/ferry, spec.postBuild.substituteFrom[0].name
        why    Flux fails the whole Flux Kustomization as long as it is absent
        fix    move ConfigMap cluster-config from ferry to flux-system, the namespace of flux-system/ferry`,
    ],
    'made by itself': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # namespaces/ferry/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
      `
      clusters/test/infrastructure.yaml: substitute-from-exists
        what   flux-system/ferry makes ConfigMap flux-system/cluster-config itself, after it has read it
        where  Kustomization flux-system/ferry, spec.postBuild.substituteFrom[0].name
        why    on an empty cluster it is not there, so the build fails, so it is never made
        fix    apply ConfigMap cluster-config from flux-system/flux-system`,
    ],
    'made by one that several do not wait for': [
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
      metadata: { name: barge, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: config, namespace: flux-system }
      spec: { path: ./namespaces/config }
      ---
      # namespaces/config/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
      `
      clusters/test/infrastructure.yaml: substitute-from-exists (warning)
        what   ConfigMap flux-system/cluster-config is made by flux-system/config, for which flux-system/ferry does not wait, nor does 1 other
        where  Kustomization flux-system/ferry, spec.postBuild.substituteFrom[0].name
        why    on an empty cluster the two race: the build fails until a retry happens to come later
        fix    add config to dependsOn, or apply ConfigMap cluster-config from the root`,
    ],
    'made by one that it does not wait for': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: config, namespace: flux-system }
      spec: { path: ./namespaces/config }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # namespaces/config/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
      `
      clusters/test/infrastructure.yaml: substitute-from-exists (warning)
        what   ConfigMap flux-system/cluster-config is made by flux-system/config, for which flux-system/ferry does not wait
        where  Kustomization flux-system/ferry, spec.postBuild.substituteFrom[0].name
        why    on an empty cluster the two race: the build fails until a retry happens to come later
        fix    add config to dependsOn, or apply ConfigMap cluster-config from the root`,
    ],
    'a Secret that nobody makes': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: Secret, name: cluster-secrets }] } }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }`,
      `
      clusters/test/infrastructure.yaml: substitute-from-exists (warning)
        what   nothing in test makes Secret flux-system/cluster-secrets
        where  Kustomization flux-system/ferry, spec.postBuild.substituteFrom[0].name
        why    Flux fails the whole Flux Kustomization as long as it is absent
        fix    make Secret flux-system/cluster-secrets, correct the name, or mark the entry optional`,
    ],
  },
});
