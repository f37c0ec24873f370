import { ofKind } from '../../effective';
import { celSyntax } from '../../schema';
import { defineRule, listAt, textAt, type Violation } from '../rule';

/** Source: kustomize-controller and helm-controller, evalReadyExpr: with an expression the built-in test is left out. */
export const readyExpr = defineRule({
  name: 'ready-expr',
  ids: ['F16'],
  claim: 'a readyExpr asks for Ready and for the generation, as the test it replaces does',
  because: 'the expression takes the place of the built-in test, so the dependent may start on the state that the dependency had before',
  evidence: 'kustomize-controller, checkDependencies; feature gate AdditiveCELDependencyCheck, off by default',
  severity: 'warning',
  fix: "add dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration",

  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const on of cluster.kustomizations) for (const found of judged(listAt(on.spec, 'dependsOn'))) yield { on, ...found };
      for (const on of ofKind(cluster, 'HelmRelease')) {
        for (const found of judged(listAt(on.object, 'spec', 'dependsOn'))) yield { on, ...found };
      }
    }
  },
});

/** What each entry of dependsOn lacks. */
function* judged(dependsOn: readonly unknown[]): Generator<Omit<Violation, 'on'>> {
  for (const [index, entry] of dependsOn.entries()) {
    const expression = textAt(entry, 'readyExpr')?.trim();
    if (expression === undefined || expression === '') continue;
    const problem = celSyntax(expression);
    if (problem !== undefined) {
      const because = 'it stalls before it applies anything, until somebody changes it';
      yield {
        at: `spec.dependsOn[${index}].readyExpr`,
        found: `no CEL: ${problem}`,
        because,
        fix: 'correct the expression',
        severity: 'error',
      };
      continue;
    }
    const asksReady = /["']Ready["']/.test(expression);
    const asksGeneration = expression.includes('observedGeneration');
    if (asksReady && asksGeneration) continue;
    const lacks = [...(asksReady ? [] : ['condition Ready']), ...(asksGeneration ? [] : ['status.observedGeneration'])];
    yield {
      at: `spec.dependsOn[${index}].readyExpr`,
      found: `it does not ask for ${lacks.join(' nor for ')}`,
      fix: `add ${[
        ...(asksReady ? [] : ["dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')"]),
        ...(asksGeneration ? [] : ['dep.metadata.generation == dep.status.observedGeneration']),
      ].join(' && ')}`,
    };
  }
}
