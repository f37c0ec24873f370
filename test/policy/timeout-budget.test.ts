import { timeoutBudget } from '../../src/policy/rules/timeout-budget';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

testRule(timeoutBudget, {
  allowed: {
    'as long as its release': clusterCase({ ferry: {} }, helmRelease('ferry', 'web', { timeout: '10m' })),
    'releases side by side': clusterCase(
      { ferry: { timeout: '10m' } },
      helmRelease('ferry', 'web', { timeout: '10m' }),
      helmRelease('ferry', 'db', { timeout: '8m' }),
    ),
    'one that waits for nothing': clusterCase({ ferry: { wait: false } }, helmRelease('ferry', 'web', { timeout: '1h' })),
    'a release that is suspended, and one that Helm does not wait for': clusterCase(
      { ferry: {} },
      helmRelease('ferry', 'web', { timeout: '1h', suspend: true }),
      helmRelease('ferry', 'db', { timeout: '1h', install: { disableWait: true }, upgrade: { disableWait: true } }),
    ),
    'a health check on another release': clusterCase(
      {
        ferry: {
          wait: false,
          healthChecks: [{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'db', namespace: 'ferry' }],
        },
      },
      helmRelease('ferry', 'web', { timeout: '1h' }),
      helmRelease('ferry', 'db', { timeout: '5m' }),
    ),
  },
  refused: {
    'a release that may take longer': [
      clusterCase({ ferry: {} }, helmRelease('ferry', 'web', { timeout: '15m' })),
      `
      clusters/test/infrastructure.yaml: timeout-budget (warning)
        what   timeout 10m, while HelmRelease ferry/web may take 15m
        where  Kustomization flux-system/ferry, spec.timeout
        why    it is marked failed while Helm is still at work, and what depends on it waits for one more retry
        fix    timeout: 15m, or lower those of the releases`,
    ],
    'releases one after the other, by the default timeout': [
      clusterCase(
        { ferry: {} },
        helmRelease('ferry', 'web', { dependsOn: [{ name: 'db' }] }),
        helmRelease('ferry', 'db', { dependsOn: [{ name: 'operator' }] }),
        helmRelease('ferry', 'operator'),
      ),
      `
      clusters/test/infrastructure.yaml: timeout-budget (warning)
        what   timeout 10m, while HelmReleases ferry/operator, then ferry/db, then ferry/web may take 15m
        where  Kustomization flux-system/ferry, spec.timeout
        why    it is marked failed while Helm is still at work, and what depends on it waits for one more retry
        fix    timeout: 15m, or lower those of the releases`,
    ],
    'no timeout, and a short interval': [
      clusterCase({ ferry: { timeout: undefined, interval: '5m' } }, helmRelease('ferry', 'web', { upgrade: { timeout: '20m' } })),
      `
      clusters/test/infrastructure.yaml: timeout-budget (warning)
        what   no timeout, so 4m30s (its interval less 30s), while HelmRelease ferry/web may take 20m
        where  Kustomization flux-system/ferry, spec.timeout
        why    it is marked failed while Helm is still at work, and what depends on it waits for one more retry
        fix    timeout: 20m, or lower those of the releases`,
    ],
    'all attempts': [
      clusterCase({ ferry: {} }, helmRelease('ferry', 'web', { timeout: '10m', install: { remediation: { retries: 3 } } })),
      `
      clusters/test/infrastructure.yaml: timeout-budget (info)
        what   timeout 10m, while HelmRelease ferry/web may take 40m with all attempts
        where  Kustomization flux-system/ferry, spec.timeout
        why    it is marked failed while Helm still has attempts left; the next check sees what became of them
        fix    leave it where a retry of the check does no harm; else raise the timeout, or lower the number of retries`,
    ],
  },
});
