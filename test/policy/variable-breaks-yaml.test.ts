import { variableBreaksYaml } from '../../src/policy/rules/variable-breaks-yaml';
import { testRule, yaml } from '../support/rule-tester';

testRule(variableBreaksYaml, {
  allowed: {
    'an address with its port': yaml`
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
      data: { HOST: 'ferry.example.org:8443', URL: 'https://example.org/#top' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: 'https://\${HOST}/x', b: '\${URL}' }`,
    'quotes of its own': yaml`
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
      data: { TEXT: '"a: b"' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${TEXT}' }`,
    'a value that nothing uses': yaml`
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
      data: { HOST: example.org, TEXT: 'a: b' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${HOST}' }`,
  },
  refused: {
    'a colon and a space': [
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
      data: { TEXT: 'a: b' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: 'x \${TEXT}' }`,
      `
      namespaces/ferry/config-map.yaml: variable-breaks-yaml
        what   with its values put in it is no YAML: mapping values are not allowed in this context; it holds \${TEXT}
        where  ConfigMap ferry/ferry, data.a
        why    the quotes of the file are gone by then: the build fails, or a part of the value is taken for YAML or for a comment
        fix    give the variable a value without ": ", " #" and leading punctuation, or one with its quotes in it`,
    ],
    'a colon that makes a map': [
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
      data: { TEXT: '{a: b}' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${TEXT}' }`,
      `
      namespaces/ferry/config-map.yaml: variable-breaks-yaml
        what   the value of TEXT turns the text into more than one field
        where  ConfigMap ferry/ferry, data.a
        why    the quotes of the file are gone by then: the build fails, or a part of the value is taken for YAML or for a comment
        fix    give the variable a value without ": ", " #" and leading punctuation, or one with its quotes in it`,
    ],
    'a comment': [
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
      data: { TEXT: 'a #b' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${TEXT} end' }`,
      `
      namespaces/ferry/config-map.yaml: variable-breaks-yaml
        what   of the value of TEXT the cluster gets another text than was given: "a" for "a #b end"
        where  ConfigMap ferry/ferry, data.a
        why    the quotes of the file are gone by then: the build fails, or a part of the value is taken for YAML or for a comment
        fix    give the variable a value without ": ", " #" and leading punctuation, or one with its quotes in it`,
    ],
    'a leading star': [
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
      data: { TEXT: '*.example.org' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${TEXT}' }`,
      `
      namespaces/ferry/config-map.yaml: variable-breaks-yaml
        what   with its values put in it is no YAML: did not find expected alphabetic or numeric character; it holds \${TEXT}
        where  ConfigMap ferry/ferry, data.a
        why    the quotes of the file are gone by then: the build fails, or a part of the value is taken for YAML or for a comment
        fix    give the variable a value without ": ", " #" and leading punctuation, or one with its quotes in it`,
    ],
  },
});
