import { substitutionInFluxSpec } from '../../src/policy/rules/substitution-in-flux-spec';
import { testRule, yaml } from '../support/rule-tester';

testRule(substitutionInFluxSpec, {
  allowed: {
    'in what goes through the build': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        targetNamespace: \${NAMESPACE}
        patches: [{ target: { kind: ConfigMap }, patch: '[{ op: add, path: /data/host, value: "ferry.\${DOMAIN}" }]' }]
        postBuild: { substitute: { DOMAIN: example.org, NAMESPACE: ferry } }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'a dollar without a brace': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, healthChecks: [{ kind: Deployment, name: $ferry, namespace: ferry }] }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
  },
  refused: {
    'in its path': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: './namespaces/\${COMPONENT}', postBuild: { substitute: { COMPONENT: ferry } } }`,
      `
      clusters/test/infrastructure.yaml: substitution-in-flux-spec (warning)
        what   \${COMPONENT} is left as it is
        where  Kustomization flux-system/ferry, spec.path
        why    its own postBuild does not reach its own fields: Flux looks for a path, a source or an object of that very name
        fix    write the value itself, or give flux-system/flux-system, which applies it, a postBuild`,
    ],
    'in an edge and a health check': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        dependsOn: [{ name: '\${STORE}' }]
        healthChecks: [{ kind: Deployment, name: ferry, namespace: '\${NAMESPACE}' }]
      ---
      kind: Namespace
      metadata: { name: ferry }`,
      `
      clusters/test/infrastructure.yaml: substitution-in-flux-spec (warning)
        what   \${STORE} is left as it is, here and in 1 other place
        where  Kustomization flux-system/ferry, spec.dependsOn[0].name
        why    its own postBuild does not reach its own fields: Flux looks for a path, a source or an object of that very name
        fix    write the value itself, or give flux-system/flux-system, which applies it, a postBuild`,
    ],
  },
});
