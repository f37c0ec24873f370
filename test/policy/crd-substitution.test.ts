import { crdSubstitution } from '../../src/policy/rules/crd-substitution';
import { testRule, yaml } from '../support/rule-tester';

testRule(crdSubstitution, {
  allowed: {
    'nothing is substituted': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry }
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: harbours.ferry.example.org }
      spec: { group: ferry.example.org, names: { kind: Harbour }, versions: [{ name: v1, schema: { openAPIV3Schema: { description: 'like \${HOME}' } } }] }`,
    'left alone': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substitute: { A: b } } }
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: harbours.ferry.example.org, annotations: { kustomize.toolkit.fluxcd.io/substitute: disabled } }
      spec: { group: ferry.example.org, names: { kind: Harbour }, versions: [{ name: v1, schema: { openAPIV3Schema: { description: 'like \${HOME}' } } }] }`,
  },
  refused: {
    'one of two quotes a shell': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substitute: { A: b } } }
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: harbours.ferry.example.org }
      spec: { group: ferry.example.org, names: { kind: Harbour }, versions: [{ name: v1, schema: { openAPIV3Schema: { description: a harbour } } }] }
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: piers.ferry.example.org }
      spec: { group: ferry.example.org, names: { kind: Harbour }, versions: [{ name: v1, schema: { openAPIV3Schema: { description: 'the process, $$' } } }] }`,
      `
      namespaces/ferry/2.yaml: crd-substitution (warning)
        what   2 CRDs of flux-system/ferry go through substitution, and 1 of them has $$ or \${ in it
        where  CustomResourceDefinition piers.ferry.example.org
        why    its descriptions are upstream's: the first that quotes \${…} fails the Flux Kustomization, and a $$ is changed without a word
        fix    annotate them with kustomize.toolkit.fluxcd.io/substitute: disabled, by a patch with target kind: CustomResourceDefinition`,
    ],
    'plain so far': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substitute: { A: b } } }
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: harbours.ferry.example.org }
      spec: { group: ferry.example.org, names: { kind: Harbour }, versions: [{ name: v1, schema: { openAPIV3Schema: { description: a harbour } } }] }`,
      `
      namespaces/ferry/1.yaml: crd-substitution (info)
        what   1 CRD of flux-system/ferry goes through substitution
        where  CustomResourceDefinition harbours.ferry.example.org
        why    its descriptions are upstream's: the first that quotes \${…} fails the Flux Kustomization, and a $$ is changed without a word
        fix    annotate them with kustomize.toolkit.fluxcd.io/substitute: disabled, by a patch with target kind: CustomResourceDefinition`,
    ],
  },
});
