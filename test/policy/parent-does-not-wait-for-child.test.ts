import { parentDoesNotWaitForChild } from '../../src/policy/rules/parent-does-not-wait-for-child';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const CHILD = (name: string, spec: object) => `# namespaces/apps/${name}.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: ${JSON.stringify({ interval: '5m', path: './namespaces/cilium', sourceRef: { kind: 'GitRepository', name: 'flux-system' }, ...spec })}`;

testRule(parentDoesNotWaitForChild, {
  allowed: {
    'a child depends on a root that does not wait': clusterCase({ redis: { dependsOn: [{ name: 'flux-system' }] } }),
    'a parent waits for children that depend on each other': clusterCase(
      { cilium: {}, apps: {} },
      CHILD('web', { dependsOn: [{ name: 'db' }] }),
      CHILD('db', { dependsOn: [{ name: 'cilium' }] }),
    ),
    'a child that is applied once and then left alone': clusterCase(
      { cilium: {}, apps: {} },
      CHILD('web', { dependsOn: [{ name: 'apps' }] }).replace(
        'namespace: flux-system }',
        'namespace: flux-system, annotations: { kustomize.toolkit.fluxcd.io/ssa: Ignore } }',
      ),
    ),
    'a parent whose own expression says when a child is healthy': clusterCase(
      {
        cilium: {},
        apps: { healthCheckExprs: [{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', current: 'true' }] },
      },
      CHILD('web', { dependsOn: [{ name: 'apps' }] }),
    ),
  },
  refused: {
    'a child depends on the parent that waits for it': [
      clusterCase(
        { cilium: {}, apps: {} },
        CHILD('web', { dependsOn: [{ name: 'apps' }] }),
        CHILD('db', { dependsOn: [{ name: 'apps' }] }),
      ),
      `
      clusters/test/infrastructure.yaml: parent-does-not-wait-for-child
        what   flux-system/apps waits until flux-system/db is ready, which depends on flux-system/apps; 1 more that it waits for is in the same deadlock
        where  Kustomization flux-system/apps, spec.wait
        why    the one is not ready before the other is, and the other does not start before the one is: neither ever gets ready
        fix    set wait: false on flux-system/apps, or take flux-system/apps out of the dependsOn of flux-system/db`,
    ],
    'over another': [
      clusterCase({ cilium: { dependsOn: [{ name: 'apps' }] }, apps: {} }, CHILD('web', { dependsOn: [{ name: 'cilium' }] })),
      `
      clusters/test/infrastructure.yaml: parent-does-not-wait-for-child
        what   flux-system/apps waits until flux-system/web is ready, which depends on flux-system/cilium, which depends on flux-system/apps
        where  Kustomization flux-system/apps, spec.wait
        why    the one is not ready before the other is, and the other does not start before the one is: neither ever gets ready
        fix    set wait: false on flux-system/apps, or take out one of the other edges`,
    ],
    'a health check on one that depends on it': [
      clusterCase({
        redis: {
          wait: false,
          healthChecks: [{ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'ferry', namespace: 'flux-system' }],
        },
        ferry: { dependsOn: [{ name: 'redis' }] },
      }),
      `
      clusters/test/infrastructure.yaml: parent-does-not-wait-for-child
        what   flux-system/redis waits until flux-system/ferry is ready, which depends on flux-system/redis
        where  Kustomization flux-system/redis, spec.healthChecks
        why    the one is not ready before the other is, and the other does not start before the one is: neither ever gets ready
        fix    take flux-system/ferry out of the healthChecks of flux-system/redis, or take flux-system/redis out of the dependsOn of flux-system/ferry`,
    ],
  },
});
