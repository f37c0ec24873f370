import { releaseVersion } from '../../src/policy/rules/release-version';
import { testRule, yaml } from '../support/rule-tester';

testRule(releaseVersion, {
  allowed: {
    'a constraint': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: v1.19.x } } }`,
    'a chart of its own source': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chartRef: { kind: OCIRepository, name: ferry } }`,
  },
  refused: {
    'no version': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry } } }`,
      `
      namespaces/ferry/0.yaml: release-version
        what   no version
        where  HelmRelease ferry/ferry, spec.chart.spec.version
        why    the next version that somebody publishes would be rolled out to every cluster within the hour
        fix    state a constraint that begins with a number: 1.19.x`,
    ],
    'any version behind a number': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: '1.x || >=0' } } }`,
      `
      namespaces/ferry/0.yaml: release-version
        what   "1.x || >=0" accepts any version
        where  HelmRelease ferry/ferry, spec.chart.spec.version
        why    the next version that somebody publishes would be rolled out to every cluster within the hour
        fix    state a constraint that begins with a number: 1.19.x`,
    ],
    'a range over everything': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: '0.0.0 - 9999' } } }`,
      `
      namespaces/ferry/0.yaml: release-version
        what   "0.0.0 - 9999" accepts any version
        where  HelmRelease ferry/ferry, spec.chart.spec.version
        why    the next version that somebody publishes would be rolled out to every cluster within the hour
        fix    state a constraint that begins with a number: 1.19.x`,
    ],
    'any version': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { chart: { spec: { chart: ferry, version: '>=0.0.0' } } }`,
      `
      namespaces/ferry/0.yaml: release-version
        what   ">=0.0.0" accepts any version
        where  HelmRelease ferry/ferry, spec.chart.spec.version
        why    the next version that somebody publishes would be rolled out to every cluster within the hour
        fix    state a constraint that begins with a number: 1.19.x`,
    ],
  },
});
