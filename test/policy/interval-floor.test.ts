import { intervalFloor } from '../../src/policy/rules/interval-floor';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const SLOW = { interval: '5m', timeout: '30m' };

testRule(intervalFloor, {
  allowed: {
    'a minute': clusterCase({ redis: { interval: '1m' } }),
    'three that may wait long': clusterCase({ a: SLOW, b: SLOW, c: SLOW }),
    'four that wait for nothing': clusterCase(Object.fromEntries([...'abcd'].map((name) => [name, { ...SLOW, wait: false }]))),
  },
  refused: {
    'ten seconds': [
      clusterCase({ redis: { interval: '10s' } }),
      `
      clusters/test/infrastructure.yaml: interval-floor (warning)
        what   an interval of 10s
        where  Kustomization flux-system/redis, spec.interval
        why    each run does all its work again, whatever changed: the few workers are busy with nothing new, and others wait
        fix    interval: 5m or more; a new commit is seen by the source, and does not wait for it`,
    ],
    'a release': [
      clusterCase({ ferry: {} }, helmRelease('ferry', 'web', { interval: '30s' })),
      `
      namespaces/ferry/web.yaml: interval-floor (warning)
        what   an interval of 30s
        where  HelmRelease ferry/web, spec.interval
        why    each run does all its work again, whatever changed: the few workers are busy with nothing new, and others wait
        fix    interval: 5m or more; a new commit is seen by the source, and does not wait for it`,
    ],
    'four that may wait long': [
      clusterCase({ a: SLOW, b: SLOW, c: SLOW, d: SLOW }),
      `
      clusters/test/infrastructure.yaml: interval-floor (info)
        what   flux-system/a, flux-system/b, flux-system/c and flux-system/d may each wait more than 4 times their interval
        where  Kustomization flux-system/a, spec.timeout
        why    only 4 Flux Kustomizations are worked on at a time: while 4 of them wait for something sick, nothing else is applied
        fix    lower their timeout, or start kustomize-controller with a higher --concurrent`,
    ],
  },
});
