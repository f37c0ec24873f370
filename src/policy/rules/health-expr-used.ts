import type { EffectiveCluster, FluxKustomization } from '../../effective';
import { ofKind } from '../../effective';
import { celSyntax } from '../../schema';
import { absence } from '../absence';
import { healthChecksOf } from '../health-checks';
import { healthEntriesOf, healthExpressionsOf } from '../health-expressions';
import { defineRule, groupOf, type Violation } from '../rule';

/** Source: kustomize-controller compiles healthCheckExprs before anything else, and asks them when it waits. */
export const healthExprUsed = defineRule({
  name: 'health-expr-used',
  ids: ['F82'],
  claim: 'every health expression is legal, stands once for its kind, and is asked',
  because: 'Flux waits for nothing of that kind, or for what it takes for ready without it',
  evidence: 'Kustomization v1, spec.healthCheckExprs; fluxcd/pkg, runtime/cel: StatusReader',
  severity: 'warning',
  fix: 'set wait: true, correct the expression, or remove it',

  *check(repository) {
    const syntax = new Map<string, string | undefined>();
    for (const cluster of repository.clusters) {
      for (const on of cluster.kustomizations) {
        yield* illegal(on, syntax);
        yield* twice(on);
        yield* unasked(cluster, on);
      }
    }
  },
});

const STALLED = 'the Flux Kustomization stalls before it applies anything, until somebody changes it';

/** @param syntax what is wrong with each text, so that clusters that share it have it read once */
function* illegal(on: FluxKustomization, syntax: Map<string, string | undefined>): Iterable<Violation> {
  for (const { at, text } of healthExpressionsOf(on)) {
    const problem = syntax.has(text) ? syntax.get(text) : celSyntax(text);
    syntax.set(text, problem);
    if (problem === undefined) continue;
    yield { on, at, found: `no CEL: ${problem}`, fix: 'correct the expression', severity: 'error', because: STALLED };
  }
}

function* twice(on: FluxKustomization): Iterable<Violation> {
  const seen = new Map<string, string>();
  for (const { at, group, kind } of healthEntriesOf(on)) {
    const key = `${group} ${kind ?? '*'}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, at);
    else {
      const found = `a second entry for ${kind ?? `all of ${group}`} of ${group || 'the core'}, after ${first}`;
      yield { on, at, found, fix: 'keep one of the two', severity: 'error', because: STALLED };
    }
  }
}

function* unasked(cluster: EffectiveCluster, on: FluxKustomization): Iterable<Violation> {
  const entries = healthEntriesOf(on);
  if (entries.length === 0) return;
  const checks = healthChecksOf(on);
  const waits = on.spec['wait'] === true;
  if (!waits && checks.length === 0) {
    const found = `${entries.length === 1 ? 'a health expression' : `${entries.length} health expressions`}, and neither wait nor healthChecks`;
    yield { on, at: 'spec.healthCheckExprs', found, fix: 'set wait: true, or remove healthCheckExprs' };
    return;
  }
  if (on.failure) return;
  for (const { at, group, kind } of entries) {
    const isAsked = (one: { readonly group: string; readonly kind: string }) =>
      one.group === group && (kind === undefined || one.kind === kind);
    const waited = waits ? on.objects.map(({ object }) => ({ group: groupOf(object), kind: object.kind })) : checks;
    if (waited.some(isAsked)) continue;
    // One list for many Flux Kustomizations is a habit and harms nobody; a kind that the cluster does not have is misspelt, or gone.
    const isHere = kind === undefined || ofKind(cluster, kind, group).length > 0 || absence(cluster) === undefined;
    const what = `${kind ?? 'any kind'} of ${group || 'the core'}`;
    yield {
      on,
      at,
      found: `an expression for ${what}, and no such object is ${waits ? 'applied' : 'named in healthChecks'} here`,
      fix: 'remove it, or correct apiVersion and kind',
      because: 'whoever reads it believes that readiness is checked: of these objects there are none',
      severity: isHere ? 'info' : 'warning',
    };
  }
}
