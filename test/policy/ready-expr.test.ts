import { readyExpr } from '../../src/policy/rules/ready-expr';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const READY = "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
const GENERATION = 'dep.metadata.generation == dep.status.observedGeneration';

testRule(readyExpr, {
  allowed: {
    'no expression': clusterCase({ cilium: {}, redis: { dependsOn: [{ name: 'cilium' }] } }),
    'both, and more': clusterCase({
      cilium: {},
      redis: { dependsOn: [{ name: 'cilium', readyExpr: `${READY} && ${GENERATION} && self.metadata.name != ''` }] },
    }),
  },
  refused: {
    'no CEL': [
      clusterCase({ cilium: {}, redis: { dependsOn: [{ name: 'cilium', readyExpr: `${READY} && (${GENERATION}` }] } }),
      `
      clusters/test/infrastructure.yaml: ready-expr
        what   no CEL: expected RPAREN, got EOF
        where  Kustomization flux-system/redis, spec.dependsOn[0].readyExpr
        why    it stalls before it applies anything, until somebody changes it
        fix    correct the expression`,
    ],
    'without the generation': [
      clusterCase({ cilium: {}, redis: { dependsOn: [{ name: 'cilium', readyExpr: READY }] } }),
      `
      clusters/test/infrastructure.yaml: ready-expr (warning)
        what   it does not ask for status.observedGeneration
        where  Kustomization flux-system/redis, spec.dependsOn[0].readyExpr
        why    the expression takes the place of the built-in test, so the dependent may start on the state that the dependency had before
        fix    add dep.metadata.generation == dep.status.observedGeneration`,
    ],
    'without either, in a release': [
      clusterCase(
        { ferry: {} },
        helmRelease('ferry', 'db'),
        helmRelease('ferry', 'web', { dependsOn: [{ name: 'db', readyExpr: "dep.metadata.labels['ready'] == 'yes'" }] }),
      ),
      `
      namespaces/ferry/web.yaml: ready-expr (warning)
        what   it does not ask for condition Ready nor for status.observedGeneration
        where  HelmRelease ferry/web, spec.dependsOn[0].readyExpr
        why    the expression takes the place of the built-in test, so the dependent may start on the state that the dependency had before
        fix    add dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration`,
    ],
  },
});
