import { ofKind } from '../../effective';
import { at, defineRule, mapAt, textAt } from '../rule';

/** Of a remediation, what only a strategy that remediates reads. */
const READ_BY_REMEDIATION = ['retries', 'strategy', 'remediateLastFailure'] as const;

/**
 * That `retryInterval` goes with RetryOnFailure only, and that a release has one chart, the schema says itself.
 *
 * Source: helm-controller 1.6, internal/reconcile/atomic_release.go: a failed release with a retry is upgraded, its remediation not asked.
 */
export const strategyFields = defineRule({
  name: 'strategy-fields',
  ids: ['F22'],
  claim: 'a release that is retried in place has no remediation beside it',
  because: 'nobody reads it: whoever counts on a roll-back, or on an end of the attempts, waits in vain',
  evidence: 'helm-controller 1.6, internal/reconcile/atomic_release.go',
  severity: 'info',
  fix: 'keep one of the two: strategy RetryOnFailure, or remediation',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
      for (const action of ['install', 'upgrade']) {
        if (textAt(on.object, 'spec', action, 'strategy', 'name') !== 'RetryOnFailure') continue;
        const remediation = mapAt(on.object, 'spec', action, 'remediation');
        const ignored = READ_BY_REMEDIATION.filter((key) => remediation[key] !== undefined);
        if (ignored.length === 0) continue;
        yield {
          on,
          at: `spec.${action}.remediation`,
          found: `${ignored.map((key) => `${key}: ${String(at(remediation, key))}`).join(', ')} beside strategy RetryOnFailure`,
          fix: 'remove the remediation, or the strategy',
        };
      }
    }
  },
});
