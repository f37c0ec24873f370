import { waitAndTimeout } from '../../src/policy/rules/wait-and-timeout';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const elsewhere = (text: string) => text.replaceAll('clusters/test/infrastructure.yaml', 'clusters/test/apps.yaml');

testRule(waitAndTimeout, {
  allowed: {
    'as the specification writes it': clusterCase({ redis: {}, 'redis-monitoring': { wait: false, timeout: '5m' } }),
    'health checks in place of wait': clusterCase({
      redis: { wait: false, healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'redis', namespace: 'redis' }] },
    }),
    'another layout, in which nobody asks for it': elsewhere(clusterCase({ redis: { wait: undefined, timeout: undefined } })),
  },
  refused: {
    'no wait': [
      clusterCase({ redis: { wait: undefined } }),
      `
      clusters/test/infrastructure.yaml: wait-and-timeout (warning)
        what   it waits for nothing that it applies
        where  Kustomization flux-system/redis, spec.wait
        why    what does not wait is ready as soon as the API server has its objects, and nothing can build upon it
        fix    wait: true`,
    ],
    'monitors that are waited for': [
      clusterCase({ 'redis-monitoring': {} }),
      `
      clusters/test/infrastructure.yaml: wait-and-timeout (warning)
        what   wait: true on monitors
        where  Kustomization flux-system/redis-monitoring, spec.wait
        why    monitors block nothing: what waits for them waits for no reason
        fix    wait: false`,
    ],
    'no timeout': [
      clusterCase({ redis: { timeout: undefined } }),
      `
      clusters/test/infrastructure.yaml: wait-and-timeout (warning)
        what   no timeout, so that it waits 4m30s, its interval less 30s
        where  Kustomization flux-system/redis, spec.timeout
        why    how long it waits changes with the interval, which is there for something else
        fix    timeout: 10m, or the longest that its releases may take`,
    ],
    'no timeout, in another layout': [
      elsewhere(clusterCase({ redis: { timeout: undefined, interval: '1h' } })),
      `
      clusters/test/apps.yaml: wait-and-timeout (info)
        what   no timeout, so that it waits 59m30s, its interval less 30s
        where  Kustomization flux-system/redis, spec.timeout
        why    how long it waits changes with the interval, which is there for something else
        fix    timeout: 10m, or the longest that its releases may take`,
    ],
  },
});
