import { healthExprExists } from '../../src/policy/rules/health-expr-exists';
import { testRule, yaml } from '../support/rule-tester';

testRule(healthExprExists, {
  allowed: {
    exists: yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            current: has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'all, of a list that is known not to be empty': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            current: >-
              status.conditions.filter(c, c.type == 'Ready').size() > 0 &&
              status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True')
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'inProgress, which an empty list may keep waiting': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            inProgress: status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'Unknown')
            current: status.phase == 'Cluster in healthy state'
      ---
      kind: Namespace
      metadata: { name: ferry }`,
  },
  refused: {
    'a kind with other conditions first': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            current: status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True')
      ---
      kind: Namespace
      metadata: { name: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-expr-exists
        what   current of Cluster is true while there is no condition Ready
        where  Kustomization flux-system/ferry, spec.healthCheckExprs[0].current
        why    all(…) is true of an empty list: while the condition is not there yet, the object counts as failed or as ready at once
        fix    write has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')`,
    ],
    'failed, and a kind of which nobody knows': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthCheckExprs:
          - apiVersion: ferry.example.org/v1
            kind: Harbour
            failed: status.conditions.filter(e, e.type == "Synced").all(e, e.status == "False")
            current: status.phase == 'open'
      ---
      kind: Namespace
      metadata: { name: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-expr-exists (warning)
        what   failed of Harbour is true while there is no condition Synced
        where  Kustomization flux-system/ferry, spec.healthCheckExprs[0].failed
        why    all(…) is true of an empty list: while the condition is not there yet, the object counts as failed or as ready at once
        fix    write has(status.conditions) && status.conditions.exists(c, c.type == 'Synced' && c.status == 'False')`,
    ],
    'of a kind with other conditions first, where nothing is waited for': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: false
        healthCheckExprs:
          - apiVersion: cert-manager.io/v1
            kind: Certificate
            current: status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')
      ---
      kind: Namespace
      metadata: { name: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-expr-exists (warning)
        what   current of Certificate is true while there is no condition Ready
        where  Kustomization flux-system/ferry, spec.healthCheckExprs[0].current
        why    all(…) is true of an empty list: while the condition is not there yet, the object counts as failed or as ready at once
        fix    write has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')`,
    ],
  },
});
