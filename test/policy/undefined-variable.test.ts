import { undefinedVariable } from '../../src/policy/rules/undefined-variable';
import { testRule, yaml } from '../support/rule-tester';

testRule(undefinedVariable, {
  allowed: {
    'a webhook that gives every Flux Kustomization its variables': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substitute: { APP: ferry } } }
      ---
      # clusters/test/webhook.yaml
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingWebhookConfiguration
      metadata: { name: variables }
      webhooks: [{ name: a.example.org, rules: [{ apiGroups: [kustomize.toolkit.fluxcd.io], apiVersions: ['*'], operations: [CREATE], resources: [kustomizations] }] }]
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
    'a value, a default, and a text that is none': yaml`
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
      data: { a: '\${DOMAIN}', b: '\${PORT:=80} \${HOST:-\${DOMAIN}}', c: '$\${HOME} $PATH' }`,
    'an object that is left alone': yaml`
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
      metadata: { name: ferry, namespace: ferry, annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled } }
      data: { a: '\${HOME}' }`,
    'no variable at all, so that nothing is substituted': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${HOME}' }`,
    'keys of an encrypted Secret': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: Secret, name: cluster-secrets }] } }
      ---
      # clusters/test/cluster-secrets.yaml
      kind: Secret
      metadata: { name: cluster-secrets, namespace: flux-system }
      stringData: { DOMAIN: 'ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]' }
      sops: { mac: 'ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
    'variables from what is not in the repository': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: Secret, name: cluster-secrets, optional: true }], substitute: { A: b } } }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
  },
  refused: {
    'a misspelt name, in two places': [
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
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: 'www.\${DOMIAN}', b: '\${DOMIAN}' }`,
      `
      namespaces/ferry/config-map.yaml: undefined-variable
        what   DOMIAN has no value and no default, here and in 1 other place
        where  ConfigMap ferry/ferry, data.a
        why    Flux fails the whole Flux Kustomization: nothing in it is applied, and all that depends on it waits
        fix    write \${DOMAIN}, or give DOMIAN a value; where the text itself is meant, write $\${DOMIAN}`,
    ],
    'a name within a default': [
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
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN:=\${FALLBACK}}' }`,
      `
      namespaces/ferry/config-map.yaml: undefined-variable
        what   FALLBACK has no value and no default
        where  ConfigMap ferry/ferry, data.a
        why    Flux fails the whole Flux Kustomization: nothing in it is applied, and all that depends on it waits
        fix    give FALLBACK a value in ConfigMap cluster-config, or a default, \${FALLBACK:=value}; where the text itself is meant, write $\${FALLBACK}`,
    ],
    'two names in one object': [
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
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${SHELL_PATH}/x', b: '\${TERMINAL^^}' }`,
      `
      namespaces/ferry/config-map.yaml: undefined-variable
        what   SHELL_PATH has no value and no default, here and in 1 other place
        where  ConfigMap ferry/ferry, data.a
        why    Flux fails the whole Flux Kustomization: nothing in it is applied, and all that depends on it waits
        fix    give SHELL_PATH a value in ConfigMap cluster-config, or a default, \${SHELL_PATH:=value}; where the text itself is meant, write $\${SHELL_PATH}
      namespaces/ferry/config-map.yaml: undefined-variable
        what   TERMINAL has no value and no default, here and in 1 other place
        where  ConfigMap ferry/ferry, data.b
        why    Flux fails the whole Flux Kustomization: nothing in it is applied, and all that depends on it waits
        fix    give TERMINAL a value in ConfigMap cluster-config, or a default, \${TERMINAL:=value}; where the text itself is meant, write $\${TERMINAL}`,
    ],
  },
});
