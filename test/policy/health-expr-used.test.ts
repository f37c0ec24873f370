import { healthExprUsed } from '../../src/policy/rules/health-expr-used';
import { testRule, yaml } from '../support/rule-tester';

testRule(healthExprUsed, {
  allowed: {
    'asked by wait': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs: [{ apiVersion: ferry.example.org/v1beta1, kind: Harbour, current: status.phase == 'open' }]
      ---
      apiVersion: ferry.example.org/v1
      kind: Harbour
      metadata: { name: harbour, namespace: ferry }`,
    'asked by a health check, for the whole group': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        healthChecks: [{ apiVersion: ferry.example.org/v1, kind: Harbour, name: harbour, namespace: ferry }]
        healthCheckExprs: [{ apiVersion: ferry.example.org/v1, current: status.phase == 'open' }]
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'one for a kind and one for its group': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - { apiVersion: ferry.example.org/v1, current: status.phase == 'open' }
          - { apiVersion: ferry.example.org/v1, kind: Harbour, current: status.phase == 'open' }
      ---
      apiVersion: ferry.example.org/v1
      kind: Harbour
      metadata: { name: harbour, namespace: ferry }`,
  },
  refused: {
    'nobody waits': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        healthCheckExprs: [{ apiVersion: ferry.example.org/v1, kind: Harbour, current: status.phase == 'open' }]
      ---
      apiVersion: ferry.example.org/v1
      kind: Harbour
      metadata: { name: harbour, namespace: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-expr-used (warning)
        what   a health expression, and neither wait nor healthChecks
        where  Kustomization flux-system/ferry, spec.healthCheckExprs
        why    Flux waits for nothing of that kind, or for what it takes for ready without it
        fix    set wait: true, or remove healthCheckExprs`,
    ],
    'two for one kind, in two versions': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - { apiVersion: ferry.example.org/v1, kind: Harbour, current: status.phase == 'open' }
          - { apiVersion: ferry.example.org/v2, kind: Harbour, current: status.phase == 'open' }
      ---
      apiVersion: ferry.example.org/v1
      kind: Harbour
      metadata: { name: harbour, namespace: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-expr-used
        what   a second entry for Harbour of ferry.example.org, after spec.healthCheckExprs[0]
        where  Kustomization flux-system/ferry, spec.healthCheckExprs[1]
        why    the Flux Kustomization stalls before it applies anything, until somebody changes it
        fix    keep one of the two`,
    ],
    'no CEL': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs: [{ apiVersion: ferry.example.org/v1, kind: Harbour, current: "has(status.phase" }]
      ---
      apiVersion: ferry.example.org/v1
      kind: Harbour
      metadata: { name: harbour, namespace: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-expr-used
        what   no CEL: expected RPAREN, got EOF
        where  Kustomization flux-system/ferry, spec.healthCheckExprs[0].current
        why    the Flux Kustomization stalls before it applies anything, until somebody changes it
        fix    correct the expression`,
    ],
    'a kind that the cluster does not have, and one that it has elsewhere': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - { apiVersion: ferry.example.org/v1, kind: Harbor, current: status.phase == 'open' }
          - { apiVersion: ferry.example.org/v1, kind: Harbour, current: status.phase == 'open' }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier }
      ---
      kind: Namespace
      metadata: { name: ferry }
      ---
      # namespaces/pier/harbour.yaml
      apiVersion: ferry.example.org/v1
      kind: Harbour
      metadata: { name: harbour, namespace: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-expr-used (warning)
        what   an expression for Harbor of ferry.example.org, and no such object is applied here
        where  Kustomization flux-system/ferry, spec.healthCheckExprs[0]
        why    whoever reads it believes that readiness is checked: of these objects there are none
        fix    remove it, or correct apiVersion and kind
      clusters/test/infrastructure.yaml: health-expr-used (info)
        what   an expression for Harbour of ferry.example.org, and no such object is applied here
        where  Kustomization flux-system/ferry, spec.healthCheckExprs[1]
        why    whoever reads it believes that readiness is checked: of these objects there are none
        fix    remove it, or correct apiVersion and kind`,
    ],
  },
});
