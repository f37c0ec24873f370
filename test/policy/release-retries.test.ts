import { releaseRetries } from '../../src/policy/rules/release-retries';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'one failure is final: the release stays failed, and what waits for it too, until its spec, chart or values change';

testRule(releaseRetries, {
  allowed: {
    'a strategy': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { strategy: { name: RetryOnFailure } }, upgrade: { strategy: { name: RetryOnFailure } } }`,
    'retries without end for one, three for the other': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { remediation: { retries: -1 } }, upgrade: { remediation: { retries: 3 } } }`,
    'a controller whose default is to retry': yaml`
      # namespaces/ferry/release.yaml
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: {}
      ---
      # namespaces/flux/controller.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: helm-controller, namespace: flux-system }
      spec: { template: { spec: { containers: [{ name: manager, args: [--feature-gates=DefaultToRetryOnFailure=true] }] } } }`,
  },
  refused: {
    neither: [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: {}`,
      `
      namespaces/ferry/0.yaml: release-retries (warning)
        what   no retry after a failed install or upgrade
        where  HelmRelease ferry/ferry, spec.install and spec.upgrade
        why    ${WHY}
        fix    state install.strategy and upgrade.strategy: {name: RetryOnFailure, retryInterval: 2m}; in code onFailure: retry`,
    ],
    'a strategy that remediates, without retries': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { install: { remediation: { retries: 3 } }, upgrade: { strategy: { name: RemediateOnFailure }, remediation: { remediateLastFailure: true } } }`,
      `
      namespaces/ferry/0.yaml: release-retries (warning)
        what   no retry after a failed upgrade
        where  HelmRelease ferry/ferry, spec.upgrade
        why    ${WHY}
        fix    state upgrade.strategy: {name: RetryOnFailure, retryInterval: 2m}; in code onFailure: retry`,
    ],
  },
});
