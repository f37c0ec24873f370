import { variableFlipsType } from '../../src/policy/rules/variable-flips-type';
import { testRule, yaml } from '../support/rule-tester';

testRule(variableFlipsType, {
  allowed: {
    'a number where a number belongs': yaml`
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
      data: { REPLICAS: '2' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { replicas: '\${REPLICAS}' }`,
    'something around the variable': yaml`
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
      data: { PORT: '8080' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: 'port \${PORT}', b: '\${PORT}/tcp' }`,
    'quotes in the value': yaml`
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
      data: { PORT: '"8080"' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${PORT}' }`,
    'a value of a Secret, which nobody may see': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: Secret, name: cluster-secrets }] } }
      ---
      # clusters/test/cluster-secrets.yaml
      apiVersion: v1
      kind: Secret
      metadata: { name: cluster-secrets, namespace: flux-system }
      stringData: { PIN: '4711' }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { containers: [{ name: ferry, env: [{ name: PIN, value: '\${PIN}' }] }] } } }`,
    'an address': yaml`
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
      data: { HOST: 192.0.2.1 }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${HOST}' }`,
    'an empty value': yaml`
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
      data: { HOST: '' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '\${HOST}' }`,
  },
  refused: {
    'a number in a ConfigMap': [
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
      data: { PORT: '8080' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { port: '\${PORT}' }`,
      `
      namespaces/ferry/config-map.yaml: variable-flips-type
        what   "\${PORT}" becomes the number 8080
        where  ConfigMap ferry/ferry, data.port
        why    the API server refuses the object, and with it all that the Flux Kustomization applies at that stage
        fix    give PORT a value that YAML reads as text, or one with its quotes in it ('"…"'), or set the field by a patch`,
    ],
    'a boolean in the environment, yes as well': [
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
      data: { DEBUG: 'true', ON: 'yes' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry, labels: { on: '\${ON}' } }
      spec: { template: { spec: { containers: [{ name: ferry, env: [{ name: DEBUG, value: '\${DEBUG}' }], args: ['\${DEBUG}'] }] } } }`,
      `
      namespaces/ferry/3.yaml: variable-flips-type
        what   "\${ON}" becomes the boolean true
        where  Deployment ferry/ferry, metadata.labels.on
        why    the API server refuses the object, and with it all that the Flux Kustomization applies at that stage
        fix    give ON a value that YAML reads as text, or one with its quotes in it ('"…"'), or set the field by a patch
      namespaces/ferry/3.yaml: variable-flips-type
        what   "\${DEBUG}" becomes the boolean true, here and in 1 other place
        where  Deployment ferry/ferry, spec.template.spec.containers[0].env[0].value
        why    the API server refuses the object, and with it all that the Flux Kustomization applies at that stage
        fix    give DEBUG a value that YAML reads as text, or one with its quotes in it ('"…"'), or set the field by a patch`,
    ],
    'nothing in an annotation of pods': [
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
      data: { NOTE: '~' }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: b }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { metadata: { annotations: { note: '\${NOTE}' } }, spec: { containers: [] } } }`,
      `
      namespaces/ferry/3.yaml: variable-flips-type (warning)
        what   "\${NOTE}" becomes null
        where  Deployment ferry/ferry, spec.template.metadata.annotations.note
        why    the text is lost, and the field is empty
        fix    give NOTE a value that YAML reads as text, or one with its quotes in it ('"…"'), or set the field by a patch`,
    ],
  },
});
