import { foreignDollarBrace } from '../../src/policy/rules/foreign-dollar-brace';
import { testRule, yaml } from '../support/rule-tester';

testRule(foreignDollarBrace, {
  allowed: {
    'escaped, or without a brace': yaml`
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
      data: { a: '$\${log.level} $(NAME) $NAME ^$' }`,
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
      data: { a: '\${log.level}' }`,
    'functions that Flux knows': yaml`
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
      data: { a: '\${DOMAIN:0:3} \${DOMAIN/a/b} \${DOMAIN^^} \${#DOMAIN} \${DOMAIN%.org}' }`,
  },
  refused: {
    'an expression of another language': [
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
      data: { a: '\${log.level}', b: '\${{ matrix.os }}' }`,
      `
      namespaces/ferry/config-map.yaml: foreign-dollar-brace
        what   "\${log.level}" is no expression of Flux, and 1 more in this object
        where  ConfigMap ferry/ferry, data.a
        why    Flux cannot read it, fails the whole Flux Kustomization, and applies nothing of it
        fix    write $\${ for the text \${, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled`,
    ],
    'a default of a shell': [
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
      data: { a: '\${PORT-80}' }`,
      `
      namespaces/ferry/config-map.yaml: foreign-dollar-brace
        what   "\${PORT-80}" is no expression of Flux
        where  ConfigMap ferry/ferry, data.a
        why    Flux cannot read it, fails the whole Flux Kustomization, and applies nothing of it
        fix    write \${PORT:-80} for a default, or $\${PORT-80} for the text itself`,
    ],
    'a brace that never closes': [
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
      data: { a: '\${DOMAIN' }`,
      `
      namespaces/ferry/config-map.yaml: foreign-dollar-brace
        what   "\${DOMAIN" is no expression of Flux
        where  ConfigMap ferry/ferry, data.a
        why    Flux cannot read it, fails the whole Flux Kustomization, and applies nothing of it
        fix    write $\${ for the text \${, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled`,
    ],
  },
});
