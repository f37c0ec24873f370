import { shellSemantics } from '../../src/policy/rules/shell-semantics';
import { testRule, yaml } from '../support/rule-tester';

testRule(shellSemantics, {
  allowed: {
    defaults: yaml`
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
      data: { a: '\${DOMAIN:-x} \${DOMAIN:=x} $\${HOME:+x}' }`,
    'nothing is substituted': yaml`
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
      data: { a: '\${HOME:+x}' }`,
  },
  refused: {
    'an alternative': [
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
      data: { a: '\${DOMAIN:+https}' }`,
      `
      namespaces/ferry/config-map.yaml: shell-semantics (warning)
        what   \${DOMAIN:+https} is not what a shell reads
        where  ConfigMap ferry/ferry, data.a
        why    Flux takes both for a default: \${NAME:+text} is text when NAME is unset, and \${NAME:?message} is the message
        fix    write $\${DOMAIN:+https} where a shell shall read it, \${DOMAIN:=…} for a default, \${DOMAIN} for what must be set`,
    ],
    'a message, in two places': [
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
      data: { a: '\${DOMAIN:?no domain}', b: '\${DOMAIN:?none}' }`,
      `
      namespaces/ferry/config-map.yaml: shell-semantics (warning)
        what   \${DOMAIN:?no domain} is not what a shell reads, here and in 1 other place
        where  ConfigMap ferry/ferry, data.a
        why    Flux takes both for a default: \${NAME:+text} is text when NAME is unset, and \${NAME:?message} is the message
        fix    write $\${DOMAIN:?no domain} where a shell shall read it, \${DOMAIN:=…} for a default, \${DOMAIN} for what must be set`,
    ],
  },
});
