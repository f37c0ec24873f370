import { healthCheckKnown } from '../../src/policy/rules/health-check-known';
import { testRule, yaml } from '../support/rule-tester';

testRule(healthCheckKnown, {
  allowed: {
    'a release of the same Flux Kustomization': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        healthChecks: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: ferry, namespace: ferry }]
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry } } }`,
    'a Deployment that the chart may make': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, healthChecks: [{ kind: Deployment, name: ferry, namespace: ferry }] }
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry } } }`,
    'what an operator may make of a custom resource': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, healthChecks: [{ kind: StatefulSet, name: harbour, namespace: ferry }] }
      ---
      apiVersion: ferry.example.org/v1
      kind: Harbour
      metadata: { name: harbour, namespace: ferry }`,
    'ignored beside wait': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        wait: true
        healthChecks: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: fairy, namespace: ferry }]
      ---
      kind: Namespace
      metadata: { name: ferry }`,
    'a part of the cluster is unknown': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        healthChecks: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: ferry, namespace: ferry }]
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier }
      ---
      kind: Namespace
      metadata: { name: ferry }`,
  },
  refused: {
    'a misspelt release': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        healthChecks: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: fery, namespace: ferry }]
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry } } }`,
      `
      clusters/test/infrastructure.yaml: health-check-known
        what   nothing in test makes HelmRelease ferry/fery
        where  Kustomization flux-system/ferry, spec.healthChecks[0]
        why    Flux waits for it until the timeout, each time: the Flux Kustomization never gets ready, nor does what depends on it
        fix    write name: ferry`,
    ],
    'a release of another namespace': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec:
        path: ./namespaces/ferry
        healthChecks: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: ferry }]
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry } } }`,
      `
      clusters/test/infrastructure.yaml: health-check-known
        what   nothing in test makes HelmRelease flux-system/ferry
        where  Kustomization flux-system/ferry, spec.healthChecks[0]
        why    Flux waits for it until the timeout, each time: the Flux Kustomization never gets ready, nor does what depends on it
        fix    write namespace: ferry`,
    ],
    'a Deployment where nothing but manifests makes any': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, healthChecks: [{ kind: Deployment, name: harbour, namespace: ferry }] }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }`,
      `
      clusters/test/infrastructure.yaml: health-check-known
        what   nothing in test makes Deployment ferry/harbour
        where  Kustomization flux-system/ferry, spec.healthChecks[0]
        why    Flux waits for it until the timeout, each time: the Flux Kustomization never gets ready, nor does what depends on it
        fix    correct the health check, or add Deployment ferry/harbour to the cluster`,
    ],
  },
});
