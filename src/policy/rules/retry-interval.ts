import { durationOf, secondsOf } from '../duration';
import { defineRule } from '../rule';

/** Seconds of an interval that is short enough to be the time of a retry too. Source: Flux, recommended settings. */
const SHORT = 120;

/** Source: kustomize-controller, GetRetryInterval: the interval, where there is none; no failure is retried sooner. */
export const retryInterval = defineRule({
  name: 'retry-interval',
  ids: ['F10', 'S10'],
  claim: 'a Flux Kustomization says when a failed attempt is tried again',
  because: 'a failed attempt waits for the whole interval, and at the bootstrap the first ones do fail',
  evidence: 'Flux, recommended settings for Kustomizations: retryInterval 2m',
  severity: 'warning',
  fix: 'retryInterval: 1m',

  *check({ clusters }) {
    for (const { kustomizations, root } of clusters) {
      for (const on of kustomizations) {
        const interval = secondsOf(on.spec['interval']);
        if (interval === undefined || interval <= SHORT || on.spec['retryInterval'] !== undefined) continue;
        yield {
          on,
          at: 'spec.retryInterval',
          found: `no retryInterval, and an interval of ${durationOf(interval)}`,
          fix: 'retryInterval: 1m',
          ...(on === root && { severity: 'info' }), // that is how `flux bootstrap` writes it
        };
      }
    }
  },
});
