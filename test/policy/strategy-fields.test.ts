import { strategyFields } from '../../src/policy/rules/strategy-fields';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'nobody reads it: whoever counts on a roll-back, or on an end of the attempts, waits in vain';

testRule(strategyFields, {
  allowed: {
    'a strategy alone': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { strategy: { name: RetryOnFailure } }, upgrade: { strategy: { name: RetryOnFailure } } }`,
    'a remediation of the strategy that reads it': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { strategy: { name: RemediateOnFailure }, remediation: { retries: 3 } } }`,
    'how failed tests count': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { strategy: { name: RetryOnFailure }, remediation: { ignoreTestFailures: true } } }`,
  },
  refused: {
    'retries of two kinds': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { strategy: { name: RetryOnFailure }, remediation: { retries: 3 } } }`,
      `
      namespaces/ferry/0.yaml: strategy-fields (info)
        what   retries: 3 beside strategy RetryOnFailure
        where  HelmRelease ferry/ferry, spec.install.remediation
        why    ${WHY}
        fix    remove the remediation, or the strategy`,
    ],
    'a roll-back that never comes': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { upgrade: { strategy: { name: RetryOnFailure }, remediation: { strategy: rollback, remediateLastFailure: true } } }`,
      `
      namespaces/ferry/0.yaml: strategy-fields (info)
        what   strategy: rollback, remediateLastFailure: true beside strategy RetryOnFailure
        where  HelmRelease ferry/ferry, spec.upgrade.remediation
        why    ${WHY}
        fix    remove the remediation, or the strategy`,
    ],
  },
});
