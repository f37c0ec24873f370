import { noCycle } from '../../src/policy/rules/no-cycle';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

testRule(noCycle, {
  allowed: {
    'two ways to the same one': clusterCase({
      cilium: {},
      redis: { dependsOn: [{ name: 'cilium' }] },
      ferry: { dependsOn: [{ name: 'redis' }, { name: 'cilium' }] },
    }),
    'releases of one name in two namespaces': clusterCase(
      { ferry: {}, harbour: {} },
      helmRelease('ferry', 'web', { dependsOn: [{ name: 'web', namespace: 'harbour' }] }),
      helmRelease('harbour', 'web'),
    ),
    'a release that asks for less than Ready': clusterCase(
      { ferry: {} },
      helmRelease('ferry', 'web', { dependsOn: [{ name: 'db', readyExpr: 'has(dep.status.history)' }] }),
      helmRelease('ferry', 'db', { dependsOn: [{ name: 'web' }] }),
    ),
  },
  refused: {
    'the shorter of two cycles': [
      clusterCase({
        cilium: { dependsOn: [{ name: 'ferry' }] },
        redis: { dependsOn: [{ name: 'cilium' }, { name: 'ferry' }] },
        ferry: { dependsOn: [{ name: 'redis' }] },
      }),
      `
      clusters/test/infrastructure.yaml: no-cycle
        what   flux-system/ferry -> flux-system/redis -> flux-system/ferry: each waits for the next
        where  Kustomization flux-system/ferry, spec.dependsOn
        why    none of them ever starts, and no new commit wakes any Flux Kustomization of the same source: each then runs by its interval only
        fix    remove one of these edges: the one that the manifests do not need`,
    ],
    itself: [
      clusterCase({ redis: { dependsOn: [{ name: 'redis' }] } }),
      `
      clusters/test/infrastructure.yaml: no-cycle
        what   flux-system/redis waits for itself
        where  Kustomization flux-system/redis, spec.dependsOn
        why    none of them ever starts, and no new commit wakes any Flux Kustomization of the same source: each then runs by its interval only
        fix    remove the entry`,
    ],
    'two releases': [
      clusterCase(
        { ferry: {} },
        helmRelease('ferry', 'web', { dependsOn: [{ name: 'db' }] }),
        helmRelease('ferry', 'db', { dependsOn: [{ name: 'web', namespace: 'ferry' }] }),
      ),
      `
      namespaces/ferry/db.yaml: no-cycle
        what   ferry/db -> ferry/web -> ferry/db: each waits for the next
        where  HelmRelease ferry/db, spec.dependsOn
        why    none of these releases is ever installed, and Flux reports no failure
        fix    remove one of these edges: the one that the manifests do not need`,
    ],
  },
});
