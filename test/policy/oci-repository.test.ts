import { ociRepository } from '../../src/policy/rules/oci-repository';
import { testRule, yaml } from '../support/rule-tester';

testRule(ociRepository, {
  allowed: {
    'an address of the web': yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { url: https://charts.example.org, suspend: true }`,
    'an OCIRepository': yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { url: oci://example.org/ferry, suspend: true }`,
  },
  refused: {
    'a registry without its type': [
      yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { url: oci://example.org/charts }`,
      `
      namespaces/ferry/0.yaml: oci-repository
        what   the address oci://example.org/charts without type: oci
        where  HelmRepository ferry/ferry, spec.url
        why    the controller refuses the address for good, and no chart comes out of the repository
        fix    state type: oci; or make it an OCIRepository, with chartRef in the release`,
    ],
    'the type without a registry': [
      yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { type: oci, url: 'https://user:hunter2@example.org/charts' }`,
      `
      namespaces/ferry/0.yaml: oci-repository
        what   type: oci with the address https://…@example.org/charts
        where  HelmRepository ferry/ferry, spec.type
        why    every chart of it fails with "invalid OCI registry URL"
        fix    remove the type, or give the address of a registry: oci://…`,
    ],
    'suspended from the start': [
      yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { type: oci, url: oci://example.org/charts, suspend: true }`,
      `
      namespaces/ferry/0.yaml: oci-repository (info)
        what   a HelmRepository of type oci: oci://example.org/charts
        where  HelmRepository ferry/ferry, spec.type
        why    a HelmRepository of type oci is looked at by nobody: a wrong address shows only at each chart, and upstream merely maintains it
        fix    make it an OCIRepository with the address of the chart, and name it by chartRef in the release
      namespaces/ferry/0.yaml: oci-repository
        what   suspended from the start, and flux-system/ferry waits for it
        where  HelmRepository ferry/ferry, spec.suspend
        why    the controller never looks at it, so its status stays unobserved, and the Flux Kustomization waits until its timeout, for ever
        fix    remove suspend: a HelmRepository of type oci does nothing by itself`,
    ],
  },
});
