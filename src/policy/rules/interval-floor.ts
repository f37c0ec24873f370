import { type EffectiveObject, type FluxKustomization, ofKind } from '../../effective';
import { secondsOf } from '../duration';
import { listed } from '../phrase';
import { defineRule, textAt } from '../rule';

/** Seconds. Source: kustomize-controller's documentation of spec.interval: at least 60s. */
const FLOOR = 60;

/** Flux Kustomizations that are worked on at a time. Source: kustomize-controller, --concurrent. */
const WORKERS = 4;

/** A timeout this many times the interval is out of proportion; the specification's own are 10m and 5m. */
const PROPORTION = 4;

/** Source: kustomize-controller: a run keeps one of its workers until its health check ends. */
export const intervalFloor = defineRule({
  name: 'interval-floor',
  ids: ['F12'],
  claim: 'nothing is reconciled more often than once a minute',
  because: 'each run does all its work again, whatever changed: the few workers are busy with nothing new, and others wait',
  evidence: 'kustomize-controller, documentation of spec.interval, and --concurrent: 4 by default',
  severity: 'warning',
  fix: 'raise the interval: new commits are seen by the source, whatever it is',

  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const on of [...cluster.kustomizations, ...ofKind(cluster, 'HelmRelease')]) {
        const seconds = secondsOf(intervalOf(on));
        if (seconds === undefined || seconds >= FLOOR) continue;
        yield {
          on,
          at: 'spec.interval',
          found: `an interval of ${intervalOf(on)}`,
          fix: 'interval: 5m or more; a new commit is seen by the source, and does not wait for it',
        };
      }
      const slow = cluster.kustomizations.filter(occupies);
      const [on] = slow;
      if (!on || slow.length < WORKERS) continue;
      yield {
        on,
        at: 'spec.timeout',
        found: `${listed(slow.map(({ id }) => id))} may each wait more than ${PROPORTION} times their interval`,
        because: `only ${WORKERS} Flux Kustomizations are worked on at a time: while ${WORKERS} of them wait for something sick, nothing else is applied`,
        fix: 'lower their timeout, or start kustomize-controller with a higher --concurrent',
        severity: 'info',
      };
    }
  },
});

function intervalOf(on: EffectiveObject | FluxKustomization): string | undefined {
  return 'spec' in on ? textAt(on.spec, 'interval') : textAt(on.object, 'spec', 'interval');
}

function occupies({ spec }: FluxKustomization): boolean {
  const interval = secondsOf(spec['interval']);
  const timeout = secondsOf(spec['timeout']);
  if (interval === undefined || timeout === undefined || interval === 0) return false;
  return spec['wait'] === true && timeout > PROPORTION * interval;
}
