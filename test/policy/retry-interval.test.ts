import { retryInterval } from '../../src/policy/rules/retry-interval';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const ROOT = (spec: object) => `# clusters/test/flux-system/gotk-sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: ${JSON.stringify({ path: './clusters/test', prune: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' }, ...spec })}`;

testRule(retryInterval, {
  allowed: {
    stated: clusterCase({ redis: { interval: '1h', retryInterval: '2m' } }, ROOT({ interval: '10m', retryInterval: '1m' })),
    'an interval short enough for both': clusterCase({ redis: { interval: '2m', retryInterval: undefined } }, ROOT({ interval: '2m' })),
  },
  refused: {
    'an hour': [
      clusterCase({ redis: { interval: '1h', retryInterval: undefined } }, ROOT({ interval: '1m' })),
      `
      clusters/test/infrastructure.yaml: retry-interval (warning)
        what   no retryInterval, and an interval of 1h
        where  Kustomization flux-system/redis, spec.retryInterval
        why    a failed attempt waits for the whole interval, and at the bootstrap the first ones do fail
        fix    retryInterval: 1m`,
    ],
    'many of one parent': [
      clusterCase(Object.fromEntries([...'abcdef'].map((name) => [name, { retryInterval: undefined }])), ROOT({ interval: '1m' })),
      `
      clusters/test/flux-system/gotk-sync.yaml: retry-interval (warning)
        what   6 Flux Kustomizations that it applies have no retryInterval: a, b, c and 3 more
        where  Kustomization flux-system/flux-system
        why    a failed attempt waits for the whole interval, and at the bootstrap the first ones do fail
        fix    retryInterval: 1m in each, or in all by a patch of this one (target: { kind: Kustomization })`,
    ],
    'the root, as flux bootstrap writes it': [
      clusterCase({ redis: {} }, ROOT({ interval: '10m' })),
      `
      clusters/test/flux-system/gotk-sync.yaml: retry-interval (info)
        what   no retryInterval, and an interval of 10m
        where  Kustomization flux-system/flux-system, spec.retryInterval
        why    a failed attempt waits for the whole interval, and at the bootstrap the first ones do fail
        fix    retryInterval: 1m`,
    ],
  },
});
