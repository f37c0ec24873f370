import { noDestructiveRemediation } from '../../src/policy/rules/no-destructive-remediation';
import { testRule, yaml } from '../support/rule-tester';

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
  },
  refused: {
    'force and a loop of installs': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { remediation: { remediateLastFailure: true } }, upgrade: { force: true } }`,
      `
      namespaces/ferry/0.yaml: no-destructive-remediation
        what   force: true replaces every object of the release on upgrade
        where  HelmRelease ferry/ferry, spec.upgrade.force
        why    a passing failure would take the data, the CRDs or the network of the cluster with it
        fix    remove it; fix the order of dependencies, or use onFailure: retry
      namespaces/ferry/0.yaml: no-destructive-remediation
        what   remediateLastFailure: true uninstalls and installs for ever
        where  HelmRelease ferry/ferry, spec.install.remediation.remediateLastFailure
        why    a passing failure would take the data, the CRDs or the network of the cluster with it
        fix    remove it; fix the order of dependencies, or use onFailure: retry`,
    ],
    'clean-up and uninstall': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { upgrade: { cleanupOnFail: true, remediation: { strategy: uninstall } } }`,
      `
      namespaces/ferry/0.yaml: no-destructive-remediation
        what   cleanupOnFail: true deletes what a failed upgrade has made
        where  HelmRelease ferry/ferry, spec.upgrade.cleanupOnFail
        why    a passing failure would take the data, the CRDs or the network of the cluster with it
        fix    remove it; fix the order of dependencies, or use onFailure: retry
      namespaces/ferry/0.yaml: no-destructive-remediation
        what   strategy: uninstall uninstalls the release after a failed upgrade
        where  HelmRelease ferry/ferry, spec.upgrade.remediation.strategy
        why    a passing failure would take the data, the CRDs or the network of the cluster with it
        fix    remove it; fix the order of dependencies, or use onFailure: retry`,
    ],
  },
});
