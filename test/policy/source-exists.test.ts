import { sourceExists } from '../../src/policy/rules/source-exists';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'the controller looks for it for ever, and nothing that waits for it comes up';

const FLUX = (name: string, more = ''): string => `---
# clusters/test/infrastructure.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ./namespaces/${name}, interval: 5m, prune: false, sourceRef: { kind: GitRepository, name: flux-system }${more} }`;

/** A release in one folder, its repository in another. */
const APART = (ferry: string, harbour: string): string => `
# namespaces/ferry/release.yaml
kind: HelmRelease
metadata: { name: ferry, namespace: ferry }
spec: { chart: { spec: { chart: ferry, sourceRef: { kind: HelmRepository, name: boats, namespace: harbour } } } }
---
# namespaces/harbour/repository.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: boats, namespace: harbour }
spec: { url: https://charts.example.org }
${FLUX('ferry', ferry)}
${FLUX('harbour', harbour)}`;

testRule(sourceExists, {
  allowed: {
    'a repository beside its release': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, sourceRef: { kind: HelmRepository, name: boats } } } }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: boats, namespace: ferry }
      spec: { url: https://charts.example.org }`,
    'the source of the root, which no file makes': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ./charts/ferry, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } } }`,
    'a repository of one that it waits for': APART(', dependsOn: [{ name: harbour }]', ''),
    'a cluster whose objects come out of a template': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chartRef: { kind: OCIRepository, name: ferry } }
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: { name: boats, namespace: ferry }
      spec: {}`,
    'a cluster that somebody else may complete': `# apps/one/flux.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: one, namespace: flux-system }
spec: { path: ./apps/two, interval: 5m, prune: false, sourceRef: { kind: GitRepository, name: flux-system } }
---
# apps/two/flux.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: two, namespace: flux-system }
spec: { path: ./apps/three, interval: 5m, prune: false, sourceRef: { kind: GitRepository, name: flux-system } }
---
# apps/three/release.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ferry, namespace: ferry }
spec: { chartRef: { kind: OCIRepository, name: ferry } }`,
    'what is in a folder that does not build': yaml`
      # namespaces/ferry/release.yaml
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chartRef: { kind: OCIRepository, name: ferry } }
      ---
      # namespaces/harbour/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      resources: [absent.yaml]`,
  },
  refused: {
    'a misspelt name, in two releases: one finding': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, sourceRef: { kind: HelmRepository, name: baots } } } }
      ---
      kind: HelmRelease
      metadata: { name: barge, namespace: ferry }
      spec: { chart: { spec: { chart: barge, sourceRef: { kind: HelmRepository, name: baots } } } }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: boats, namespace: ferry }
      spec: { url: https://charts.example.org }`,
      `
      namespaces/ferry/0.yaml: source-exists
        what   there is no HelmRepository ferry/baots
        where  HelmRelease ferry/ferry, spec.chart.spec.sourceRef.name
        why    ${WHY}
        fix    there is HelmRepository ferry/boats: correct the name, or add the HelmRepository`,
    ],
    'another namespace, and another kind': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, sourceRef: { kind: HelmRepository, name: boats } } } }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: { name: boats, namespace: harbour }
      spec: { url: https://charts.example.org }
      ---
      kind: HelmRelease
      metadata: { name: barge, namespace: ferry }
      spec: { chartRef: { kind: OCIRepository, name: boats, namespace: harbour } }`,
      `
      namespaces/ferry/0.yaml: source-exists
        what   there is no HelmRepository ferry/boats
        where  HelmRelease ferry/ferry, spec.chart.spec.sourceRef.namespace
        why    ${WHY}
        fix    there is HelmRepository harbour/boats: name its namespace
      namespaces/ferry/2.yaml: source-exists
        what   there is no OCIRepository harbour/boats
        where  HelmRelease ferry/barge, spec.chartRef.name
        why    ${WHY}
        fix    add the OCIRepository, or name one that is there`,
    ],
    'a Flux Kustomization of a source that nobody makes': [
      FLUX('ferry').replace('name: flux-system }', 'name: harbour }').replace('---\n', ''),
      `
      clusters/test/infrastructure.yaml: source-exists
        what   there is no GitRepository flux-system/harbour
        where  Kustomization flux-system/ferry, spec.sourceRef.name
        why    ${WHY}
        fix    add the GitRepository, or name one that is there`,
    ],
    'a repository of one that it does not wait for': [
      APART('', ''),
      `
      namespaces/harbour/repository.yaml: source-exists (info)
        what   flux-system/ferry uses it, and does not wait for flux-system/harbour
        where  HelmRepository harbour/boats, metadata.name
        why    at a bootstrap the controller asks for it every half minute until it happens to be there
        fix    add harbour to dependsOn of ferry, or apply the source beside what uses it`,
    ],
    'a repository of one that waits for the release': [
      APART(', wait: true', ', dependsOn: [{ name: ferry }]'),
      `
      namespaces/ferry/release.yaml: source-exists
        what   HelmRepository harbour/boats comes from flux-system/harbour, which waits for flux-system/ferry
        where  HelmRelease ferry/ferry, spec.chart.spec.sourceRef.name
        why    each of the two waits for the other, and neither ever gets ready
        fix    apply it in flux-system/ferry, or in one that it waits for`,
    ],
  },
});
