import { variablesAgree } from '../../src/policy/rules/variables-agree';
import { testRule, yaml } from '../support/rule-tester';

testRule(variablesAgree, {
  allowed: {
    'the same in both, all of them used': yaml`
      # clusters/north/flux-system/gotk-sync.yaml
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 1m, ref: { branch: main }, url: 'ssh://git@example.org/infra.git' }
      ---
      # clusters/north/flux-system/gotk-sync.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 10m, path: ./clusters/north, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      # clusters/north/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [all.yaml]
      ---
      # clusters/north/all.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/north/all.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: north.example.org }
      ---
      # clusters/test/flux-system/gotk-sync.yaml
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 1m, ref: { branch: main }, url: 'ssh://git@example.org/infra.git' }
      ---
      # clusters/test/flux-system/gotk-sync.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 10m, path: ./clusters/test, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      # clusters/test/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [all.yaml]
      ---
      # clusters/test/all.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/all.yaml
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
    'used as a default of another': yaml`
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
      data: { DOMAIN: example.org, HOST: a }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${HOST:=\${DOMAIN}}' }`,
  },
  refused: {
    'missing in one of two': [
      yaml`
      # clusters/north/flux-system/gotk-sync.yaml
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 1m, ref: { branch: main }, url: 'ssh://git@example.org/infra.git' }
      ---
      # clusters/north/flux-system/gotk-sync.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 10m, path: ./clusters/north, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      # clusters/north/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [all.yaml]
      ---
      # clusters/north/all.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/north/all.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: north.example.org, PORT: "80", TIER: a }
      ---
      # clusters/test/flux-system/gotk-sync.yaml
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 1m, ref: { branch: main }, url: 'ssh://git@example.org/infra.git' }
      ---
      # clusters/test/flux-system/gotk-sync.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 10m, path: ./clusters/test, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      # clusters/test/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [all.yaml]
      ---
      # clusters/test/all.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/all.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN} \${PORT:=80} \${TIER:=b}' }`,
      `
      clusters/test/all.yaml: variables-agree (warning)
        what   PORT and TIER are missing, and north has them
        where  ConfigMap flux-system/cluster-config, data.PORT
        why    a manifest of this cluster names it: its default is taken without a word, or the build fails
        fix    define them here too, or remove them there`,
    ],
    'missing in one of two, which asks for none of them': [
      yaml`
      # clusters/north/flux-system/gotk-sync.yaml
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 1m, ref: { branch: main }, url: 'ssh://git@example.org/infra.git' }
      ---
      # clusters/north/flux-system/gotk-sync.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 10m, path: ./clusters/north, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      # clusters/north/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [all.yaml]
      ---
      # clusters/north/all.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/north/all.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: north.example.org, PORT: "80", TIER: a }
      ---
      # clusters/test/flux-system/gotk-sync.yaml
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 1m, ref: { branch: main }, url: 'ssh://git@example.org/infra.git' }
      ---
      # clusters/test/flux-system/gotk-sync.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: flux-system, namespace: flux-system }
      spec: { interval: 10m, path: ./clusters/test, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
      ---
      # clusters/test/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [all.yaml]
      ---
      # clusters/test/all.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/all.yaml
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
      clusters/test/all.yaml: variables-agree (info)
        what   PORT and TIER are missing, and north has them
        where  ConfigMap flux-system/cluster-config, data.PORT
        why    the first shared manifest that uses it fails in the cluster that lacks it
        fix    define them here too, or remove them there
      clusters/north/all.yaml: variables-agree (info)
        what   nothing uses PORT and TIER
        where  ConfigMap flux-system/cluster-config, data.PORT
        why    whoever changes its value expects a change in the cluster, and gets none
        fix    remove them, or use them`,
    ],
    'used by nobody': [
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
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org, PORT: a }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
      `
      clusters/test/cluster-config.yaml: variables-agree (info)
        what   nothing uses PORT
        where  ConfigMap flux-system/cluster-config, data.PORT
        why    whoever changes its value expects a change in the cluster, and gets none
        fix    remove it, or use it`,
    ],
  },
});
