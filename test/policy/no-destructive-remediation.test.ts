import { noDestructiveRemediation } from '../../src/policy/rules/no-destructive-remediation';
import { patched, RELEASE } from '../support/patches';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'a passing failure would take the data, the CRDs or the network of the cluster with it';
const FIX = 'remove it, and put the order of dependencies right; or retry in place: strategy RetryOnFailure, in code onFailure: retry';

testRule(noDestructiveRemediation, {
  allowed: {
    'the retries of the specification': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { remediation: { retries: 3 } }, upgrade: { remediation: { retries: 3 } } }`,
    'retry without uninstall': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { upgrade: { strategy: { name: RetryOnFailure, retryInterval: 2m } } }`,
    'a remediation that nobody asks': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { strategy: { name: RetryOnFailure }, remediation: { retries: -1, remediateLastFailure: true } } }`,
    'switches that are off': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { upgrade: { force: false, cleanupOnFail: false, remediation: { strategy: rollback } } }`,
  },
  refused: {
    'force and one more uninstall': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { remediation: { remediateLastFailure: true } }, upgrade: { force: true } }`,
      `
      namespaces/ferry/0.yaml: no-destructive-remediation (warning)
        what   force: true replaces objects under client-side apply, where immutable fields then fail, and is ignored under server-side apply
        where  HelmRelease ferry/ferry, spec.upgrade.force
        why    ${WHY}
        fix    ${FIX}
      namespaces/ferry/0.yaml: no-destructive-remediation (warning)
        what   remediateLastFailure: true uninstalls the release once more after the last failed install
        where  HelmRelease ferry/ferry, spec.install.remediation.remediateLastFailure
        why    ${WHY}
        fix    ${FIX}`,
    ],
    'clean-up and uninstall': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { upgrade: { cleanupOnFail: true, remediation: { retries: 1, strategy: uninstall } } }`,
      `
      namespaces/ferry/0.yaml: no-destructive-remediation (warning)
        what   cleanupOnFail: true deletes what a failed upgrade has newly made, PersistentVolumeClaims included
        where  HelmRelease ferry/ferry, spec.upgrade.cleanupOnFail
        why    ${WHY}
        fix    ${FIX}
      namespaces/ferry/0.yaml: no-destructive-remediation
        what   strategy: uninstall uninstalls the release after a failed upgrade
        where  HelmRelease ferry/ferry, spec.upgrade.remediation.strategy
        why    ${WHY}
        fix    ${FIX}`,
    ],
    'what one patch brings over two releases: one finding': [
      patched(
        "{ target: { kind: HelmRelease }, patch: '- { op: add, path: /spec/upgrade, value: { cleanupOnFail: true } }' }",
        `${RELEASE}---\n${RELEASE.replace('name: ferry', 'name: barge')}`,
      ),
      `
      clusters/test/infrastructure.yaml: no-destructive-remediation (warning)
        what   cleanupOnFail: true deletes what a failed upgrade has newly made, PersistentVolumeClaims included; the patch sets spec.upgrade.cleanupOnFail of HelmRelease ferry/barge, HelmRelease ferry/ferry
        where  Kustomization flux-system/ferry, spec.patches[0]
        why    ${WHY}
        fix    ${FIX}`,
    ],
    'uninstall that waits for retries': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { upgrade: { remediation: { strategy: uninstall } } }`,
      `
      namespaces/ferry/0.yaml: no-destructive-remediation (warning)
        what   strategy: uninstall uninstalls the release after a failed upgrade, as soon as it has retries
        where  HelmRelease ferry/ferry, spec.upgrade.remediation.strategy
        why    ${WHY}
        fix    ${FIX}`,
    ],
    'installs without end': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { remediation: { retries: -1, remediateLastFailure: true } } }`,
      `
      namespaces/ferry/0.yaml: no-destructive-remediation
        what   retries: -1 uninstalls the release after every failed install, and installs it again, without end
        where  HelmRelease ferry/ferry, spec.install.remediation.retries
        why    ${WHY}
        fix    ${FIX}`,
    ],
  },
});
