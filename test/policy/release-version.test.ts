import { releaseVersion } from '../../src/policy/rules/release-version';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'the next version that somebody publishes would be rolled out to every cluster within the hour';

testRule(releaseVersion, {
  allowed: {
    'a constraint': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: v1.19.x } } }`,
    'a range with two ends': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: '>=1.2 <2' } } }`,
    'a chart that lies in Git, where the field is ignored': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ./charts/ferry, sourceRef: { kind: GitRepository, name: flux-system } } } }`,
    'a chart of a source with a tag': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chartRef: { kind: OCIRepository, name: ferry } }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { url: oci://example.org/ferry, ref: { tag: 1.2.3 } }`,
    'a moving tag of manifests': yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { url: oci://example.org/ferry, ref: { tag: latest } }`,
  },
  refused: {
    'no version': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry } } }`,
      `
      namespaces/ferry/0.yaml: release-version (warning)
        what   no version
        where  HelmRelease ferry/ferry, spec.chart.spec.version
        why    ${WHY}
        fix    state an exact version, or a constraint that ends: 1.19.x`,
    ],
    'any version behind a number': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: '1.x || >=0' } } }`,
      `
      namespaces/ferry/0.yaml: release-version (warning)
        what   "1.x || >=0" has no upper end
        where  HelmRelease ferry/ferry, spec.chart.spec.version
        why    ${WHY}
        fix    state an exact version, or a constraint that ends: 1.19.x`,
    ],
    'a range over everything': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: '0.0.0 - 9999' } } }`,
      `
      namespaces/ferry/0.yaml: release-version (warning)
        what   "0.0.0 - 9999" has no upper end
        where  HelmRelease ferry/ferry, spec.chart.spec.version
        why    ${WHY}
        fix    state an exact version, or a constraint that ends: 1.19.x`,
    ],
    'an OCIRepository without ref': [
      yaml`
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { url: oci://example.org/ferry }`,
      `
      namespaces/ferry/0.yaml: release-version (warning)
        what   no ref, which means the tag latest
        where  OCIRepository ferry/ferry, spec.ref
        why    ${WHY}
        fix    state ref.digest, ref.tag of one version, or ref.semver with an upper end: 1.19.x`,
    ],
    'a chart by a tag that moves': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chartRef: { kind: OCIRepository, name: ferry } }
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: OCIRepository
      metadata: { name: ferry, namespace: ferry }
      spec: { url: oci://example.org/ferry, ref: { tag: latest } }`,
      `
      namespaces/ferry/1.yaml: release-version (warning)
        what   the tag latest
        where  OCIRepository ferry/ferry, spec.ref.tag
        why    ${WHY}
        fix    state ref.digest, ref.tag of one version, or ref.semver with an upper end: 1.19.x`,
    ],
  },
});
