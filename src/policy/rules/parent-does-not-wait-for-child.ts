import type { FluxKustomization } from '../../effective';
import { type Graph, knots, through } from '../../graph';
import { healthTargets } from '../health-targets';
import { defineRule } from '../rule';

/** A deadlock of `n` members names this many of the edges that close it at most; trying more costs time and says nothing new. */
const TRIED = 200;

/** Source: kustomize-controller, checkHealth and checkDependencies: the one is not Ready before the other is, and the reverse. */
export const parentDoesNotWaitForChild = defineRule({
  name: 'parent-does-not-wait-for-child',
  ids: ['F04'],
  claim: 'no Flux Kustomization waits for one that depends on it',
  because: 'the one is not ready before the other is, and the other does not start before the one is: neither ever gets ready',
  evidence: 'devantler-tech/platform#3006',
  severity: 'error',
  fix: 'set wait: false on the one that applies the other, or take it out of the dependsOn of the other',

  *check({ clusters }) {
    for (const cluster of clusters) {
      const targets = healthTargets(cluster);
      const byId = new Map(cluster.kustomizations.map((one) => [one.id, one]));
      const depends = new Map(cluster.kustomizations.map((one) => [one.id, dependenciesOf(one)]));
      const checks = new Map([...targets].map(([{ id }, to]) => [id, new Set(to.map((one) => one.id).filter((one) => one !== id))]));
      const all: Graph = new Map([...depends].map(([id, to]) => [id, [...to, ...(checks.get(id) ?? [])]]));
      for (const knot of knots(all)) {
        const best = shortest(all, checks, knot);
        const on = byId.get(best[0] ?? '');
        if (!on) continue;
        const others = [...(checks.get(on.id) ?? [])].filter((id) => knot.has(id)).length - 1;
        const also = others > 0 ? `; ${others} more that it waits for ${others === 1 ? 'is' : 'are'} in the same deadlock` : '';
        const at = on.spec['wait'] === true ? 'spec.wait' : 'spec.healthChecks';
        yield { on, at, found: `${said(best, checks)}${also}`, fix: remedy(on, best) };
      }
    }
  },
});

/** What is ready by an expression of its own may be ready before it is Ready. */
function dependenciesOf({ dependsOn }: FluxKustomization): readonly string[] {
  return dependsOn.flatMap(({ id, found, readyExpr }) => (found && readyExpr === undefined ? [id] : []));
}

/** The shortest cycle with a health check in it, that check first; empty where the knot is of dependsOn alone. */
function shortest(all: Graph, checks: ReadonlyMap<string, ReadonlySet<string>>, knot: ReadonlySet<string>): readonly string[] {
  let best: readonly string[] = [];
  let tried = 0;
  for (const from of [...knot].sort()) {
    for (const to of checks.get(from) ?? []) {
      if (!knot.has(to) || tried >= TRIED) continue;
      tried += 1;
      const cycle = through(new Map([...all, [from, [to]]]), from, knot);
      if (cycle.length > 0 && (best.length === 0 || cycle.length < best.length)) best = cycle;
    }
  }
  return best;
}

function said(cycle: readonly string[], checks: ReadonlyMap<string, ReadonlySet<string>>): string {
  const steps = cycle.map((id, index) => {
    const next = cycle[(index + 1) % cycle.length] ?? '';
    const subject = index === 0 ? id : 'which';
    return `${subject} ${checks.get(id)?.has(next) ? 'waits until' : 'depends on'} ${next}${checks.get(id)?.has(next) ? ' is ready' : ''}`;
  });
  return steps.join(', ');
}

function remedy({ id, spec }: FluxKustomization, cycle: readonly string[]): string {
  const last = cycle.at(-1);
  const stop = spec['wait'] === true ? `set wait: false on ${id}` : `take ${cycle[1]} out of the healthChecks of ${id}`;
  return last === undefined || last === cycle[1] || cycle.length === 2
    ? `${stop}, or take ${id} out of the dependsOn of ${cycle[1]}`
    : `${stop}, or take out one of the other edges`;
}
