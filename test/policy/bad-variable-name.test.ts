import { badVariableName } from '../../src/policy/rules/bad-variable-name';
import { testRule, yaml } from '../support/rule-tester';

testRule(badVariableName, {
  allowed: {
    names: yaml`
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
      data: { DOMAIN: example.org, _domain2: example.net }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
    'a ConfigMap that brings no variables': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substitute: { A: b } } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { config.yaml: x }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }`,
  },
  refused: {
    'a file among the variables': [
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
      data: { DOMAIN: example.org, config.yaml: x }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${DOMAIN}' }`,
      `
      clusters/test/cluster-config.yaml: bad-variable-name
        what   key "config.yaml" is no name of a variable, and flux-system/ferry takes it for one
        where  ConfigMap flux-system/cluster-config, data.config.yaml
        why    one key that is none fails the whole Flux Kustomization, whether anything uses it or not
        fix    give it another name, with letters, digits and _, or keep it in an object that no postBuild names`,
    ],
    'a dash, given in place': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substitute: { ferry-domain: example.org } } }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }`,
      `
      clusters/test/infrastructure.yaml: bad-variable-name
        what   key "ferry-domain" is no name of a variable
        where  Kustomization flux-system/ferry, spec.postBuild.substitute
        why    one key that is none fails the whole Flux Kustomization, whether anything uses it or not
        fix    give it another name, with letters, digits and _`,
    ],
  },
});
