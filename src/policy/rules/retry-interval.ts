import type { FluxKustomization } from '../../effective';
import { durationOf, secondsOf } from '../duration';
import { listed } from '../phrase';
import { defineRule } from '../rule';

/** Seconds of an interval that is short enough to be the time of a retry too. Source: Flux, recommended settings. */
const SHORT = 120;

/** So many of one parent are said at once: the cause is one. */
const MANY = 5;

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
      const without = kustomizations.filter(lacksOne);
      const byParent = new Map<FluxKustomization | undefined, FluxKustomization[]>();
      for (const one of without) {
        const siblings = byParent.get(one.parent);
        if (siblings) siblings.push(one);
        else byParent.set(one.parent, [one]);
      }
      for (const [parent, those] of byParent) {
        if (parent && those.length >= MANY) {
          yield {
            on: parent,
            at: '',
            found: `${those.length} Flux Kustomizations that it applies have no retryInterval: ${listed(those.map(({ name }) => name))}`,
            fix: 'retryInterval: 1m in each, or in all by a patch of this one (target: { kind: Kustomization })',
          };
          continue;
        }
        for (const on of those) {
          yield {
            on,
            at: 'spec.retryInterval',
            found: `no retryInterval, and an interval of ${durationOf(secondsOf(on.spec['interval']) ?? 0)}`,
            fix: 'retryInterval: 1m',
            ...(on === root && { severity: 'info' }), // that is how `flux bootstrap` writes it
          };
        }
      }
    }
  },
});

function lacksOne({ spec }: FluxKustomization): boolean {
  return spec['retryInterval'] === undefined && (secondsOf(spec['interval']) ?? 0) > SHORT;
}
