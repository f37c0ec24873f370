import { type EffectiveCluster, type FluxKustomization, ofKind } from '../../effective';
import { healthTargets } from '../health-targets';
import { dependencyOf, idOf } from '../id';
import { listed } from '../phrase';
import { at, defineRule, listAt, textAt } from '../rule';

/** Source: kustomize-controller, checkDependencies: what is suspended keeps its old revision, and dependents want the current one. */
export const suspendedDependency = defineRule({
  name: 'suspended-dependency',
  ids: ['F17'],
  claim: 'nothing that others wait for is suspended',
  because:
    'it keeps the revision it had, so from the next commit on those that wait for it stand still; never applied, it blocks them for good',
  evidence: 'fluxcd/kustomize-controller#1100',
  severity: 'warning',
  fix: 'resume it, or take it out of the dependsOn of the others while it is suspended',

  *check({ clusters }) {
    for (const cluster of clusters) {
      const dependents = dependentsIn(cluster);
      for (const on of cluster.kustomizations) {
        const waiting = on.spec['suspend'] === true ? (dependents.get(on) ?? []) : [];
        if (waiting.length === 0) continue;
        yield {
          on,
          at: 'spec.suspend',
          found: `suspended, while ${listed(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'} for it`,
          fix: `resume it, or let ${waiting.length === 1 ? 'the other' : 'the others'} not wait for it`,
        };
      }
      const releases = ofKind(cluster, 'HelmRelease');
      if (!releases.some(({ object }) => at(object, 'spec', 'suspend') === true)) continue;
      const waitingFor = new Map<string, string[]>();
      for (const { object } of releases) {
        for (const entry of listAt(object, 'spec', 'dependsOn')) {
          if (textAt(entry, 'readyExpr') !== undefined) continue;
          const id = dependencyOf(entry, object);
          const others = waitingFor.get(id);
          if (others) others.push(idOf(object));
          else waitingFor.set(id, [idOf(object)]);
        }
      }
      for (const on of releases) {
        const waiting = waitingFor.get(idOf(on.object));
        if (!waiting || at(on.object, 'spec', 'suspend') !== true) continue;
        yield {
          on,
          at: 'spec.suspend',
          found: `suspended, while HelmRelease ${listed(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'} for it`,
          because: 'on a cluster where it was never installed it does not become ready, and the others wait for ever',
          fix: 'resume it, or take it out of the dependsOn of the others while it is suspended',
        };
      }
    }
  },
});

/** Names of those that wait for each one, by dependsOn or by a health check. */
function dependentsIn(cluster: EffectiveCluster): ReadonlyMap<FluxKustomization, readonly string[]> {
  const found = new Map<FluxKustomization, Set<string>>();
  const note = (target: FluxKustomization, by: string): void => {
    const others = found.get(target);
    if (others) others.add(by);
    else found.set(target, new Set([by]));
  };
  for (const one of cluster.kustomizations) {
    for (const { found: target, readyExpr } of one.dependsOn) if (target && readyExpr === undefined) note(target, one.id);
  }
  for (const [one, targets] of healthTargets(cluster)) for (const target of targets) if (target !== one) note(target, one.id);
  return new Map([...found].map(([target, names]) => [target, [...names]]));
}
