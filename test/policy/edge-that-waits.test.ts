import { edgeThatWaits } from '../../src/policy/rules/edge-that-waits';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

/** The same in a repository that does not keep to the layout in which `wait` is asked for anyway. */
const elsewhere = (text: string) => text.replaceAll('clusters/test/infrastructure.yaml', 'clusters/test/apps.yaml');

testRule(edgeThatWaits, {
  allowed: {
    'it waits': elsewhere(clusterCase({ operator: {}, redis: { dependsOn: [{ name: 'operator' }] } }, helmRelease('operator', 'operator'))),
    'what it has is there at once': elsewhere(clusterCase({ config: { wait: false }, redis: { dependsOn: [{ name: 'config' }] } })),
    'its dependent asks for something else': elsewhere(
      clusterCase(
        { operator: { wait: false }, redis: { dependsOn: [{ name: 'operator', readyExpr: 'true' }] } },
        helmRelease('operator', 'operator'),
      ),
    ),
    'the layout asks for it already': clusterCase(
      { operator: { wait: false }, redis: { dependsOn: [{ name: 'operator' }] } },
      helmRelease('operator', 'operator'),
    ),
  },
  refused: {
    'a release': [
      elsewhere(
        clusterCase(
          { operator: { wait: false }, redis: { dependsOn: [{ name: 'operator' }] }, ferry: { dependsOn: [{ name: 'operator' }] } },
          helmRelease('operator', 'operator'),
        ),
      ),
      `
      clusters/test/apps.yaml: edge-that-waits (info)
        what   it waits for nothing (HelmRelease), and flux-system/redis and flux-system/ferry depend on it
        where  Kustomization flux-system/operator, spec.wait
        why    the others start when the API server has its objects, and not when these work: their order holds by luck
        fix    wait: true, or name in healthChecks what the others need`,
    ],
    'no wait at all': [
      elsewhere(
        clusterCase(
          { operator: { wait: undefined }, redis: { dependsOn: [{ name: 'operator' }] } },
          helmRelease('operator', 'operator'),
          helmRelease('operator', 'web'),
        ),
      ),
      `
      clusters/test/apps.yaml: edge-that-waits (info)
        what   it waits for nothing (HelmRelease (2)), and flux-system/redis depends on it
        where  Kustomization flux-system/operator, spec.wait
        why    the others start when the API server has its objects, and not when these work: their order holds by luck
        fix    wait: true, or name in healthChecks what the others need`,
    ],
  },
});
