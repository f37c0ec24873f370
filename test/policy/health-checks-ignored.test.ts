import { healthChecksIgnored } from '../../src/policy/rules/health-checks-ignored';
import { testRule, yaml } from '../support/rule-tester';

testRule(healthChecksIgnored, {
  allowed: {
    'wait alone': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true, healthChecks: [] }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'health checks alone': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: false, healthChecks: [{ kind: Deployment, name: ferry, namespace: ferry }] }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
  },
  refused: {
    'one beside wait': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true, healthChecks: [{ kind: Deployment, name: ferry, namespace: ferry }] }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-checks-ignored (warning)
        what   a health check beside wait: true
        where  Kustomization flux-system/ferry, spec.healthChecks
        why    Flux does not look at them: what they name is not waited for, and dependents start too early
        fix    remove it, or set wait: false to wait for exactly what healthChecks name`,
    ],
    'two beside wait': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthChecks:
          - { kind: Deployment, name: ferry, namespace: ferry }
          - { kind: Deployment, name: pier, namespace: ferry }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-checks-ignored (warning)
        what   2 health checks beside wait: true
        where  Kustomization flux-system/ferry, spec.healthChecks
        why    Flux does not look at them: what they name is not waited for, and dependents start too early
        fix    remove them, or set wait: false to wait for exactly what healthChecks name`,
    ],
  },
});
