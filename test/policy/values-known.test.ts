import { valuesKnown } from '../../src/policy/rules/values-known';
import { testRule, yaml } from '../support/rule-tester';

const IGNORED = 'Helm passes over a key that no template reads: the setting is not made, and nobody is told';

testRule(valuesKnown, {
  allowed: {
    'values that the chart knows': yaml`
      kind: HelmRelease
      metadata: { name: cert-manager, namespace: cert-manager }
      spec:
        chart: { spec: { chart: cert-manager, version: 1.19.x, sourceRef: { kind: HelmRepository, name: jetstack } } }
        values: { replicaCount: 2, webhook: { replicaCount: 2 } }`,
    'another version of the chart': yaml`
      kind: HelmRelease
      metadata: { name: cert-manager, namespace: cert-manager }
      spec:
        chart: { spec: { chart: cert-manager, version: 1.3.x, sourceRef: { kind: HelmRepository, name: jetstack } } }
        values: { any: thing }`,
    'a chart of the same name from elsewhere': yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: cloudpirates, namespace: redis }
      spec: { type: oci, url: oci://registry-1.docker.io/cloudpirates }
      ---
      kind: HelmRelease
      metadata: { name: redis, namespace: redis }
      spec:
        chart: { spec: { chart: redis, version: 22.0.7, sourceRef: { kind: HelmRepository, name: cloudpirates } } }
        values: { any: thing }`,
    'a chart in Git': yaml`
      kind: HelmRelease
      metadata: { name: redis, namespace: redis }
      spec:
        chart: { spec: { chart: charts/redis, sourceRef: { kind: GitRepository, name: flux-system } } }
        values: { any: thing }`,
  },
  refused: {
    'a misspelt key, and a type that Helm refuses': [
      yaml`
      kind: HelmRelease
      metadata: { name: cert-manager, namespace: cert-manager }
      spec:
        chart: { spec: { chart: cert-manager, version: 1.19.x, sourceRef: { kind: HelmRepository, name: jetstack } } }
        values: { replicaCount: "2", webhook: { replicaCuont: 2 } }`,
      `
      namespaces/ferry/0.yaml: values-known
        what   "2" is not a number
        where  HelmRelease cert-manager/cert-manager, spec.values.replicaCount
        why    Helm refuses values that do not fit the schema of the chart: the release fails
        fix    write it without quotes: 2
      namespaces/ferry/0.yaml: values-known
        what   there is no field replicaCuont here
        where  HelmRelease cert-manager/cert-manager, spec.values.webhook.replicaCuont
        why    ${IGNORED}
        fix    write replicaCount`,
    ],
    'a type that is only guessed, in a chart by reference': [
      yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: envoy-gateway, namespace: envoy-gateway-system }
      spec: { interval: 1h, url: oci://docker.io/envoyproxy/gateway-helm, ref: { tag: v1.6.4 } }
      ---
      kind: HelmRelease
      metadata: { name: envoy-gateway, namespace: envoy-gateway-system }
      spec:
        interval: 5m
        chartRef: { kind: OCIRepository, name: envoy-gateway }
        values: { deployment: { replicas: "2" } }`,
      `
      namespaces/ferry/1.yaml: values-known (warning)
        what   "2" is not a number
        where  HelmRelease envoy-gateway-system/envoy-gateway, spec.values.deployment.replicas
        why    the template was written for values like its default, and may make something else of this one
        fix    write it without quotes: 2`,
    ],
  },
});
