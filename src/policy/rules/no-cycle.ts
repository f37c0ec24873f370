import { type EffectiveObject, ofKind } from '../../effective';
import { cycles } from '../../graph';
import { dependencyOf, idOf } from '../id';
import { defineRule, listAt, textAt } from '../rule';

/** Source: fluxcd/pkg, runtime/dependency: a sort that finds a cycle gives nothing back. */
export const noCycle = defineRule({
  name: 'no-cycle',
  ids: ['F03'],
  claim: 'nothing waits for itself, over whatever others',
  because:
    'none of them ever starts, and no new commit wakes any Flux Kustomization of the same source: each then runs by its interval only',
  evidence: 'fluxcd/kustomize-controller#1712',
  severity: 'error',
  fix: 'remove the edge of the cycle that the manifests do not need',

  *check({ clusters }) {
    for (const cluster of clusters) {
      const byId = new Map(cluster.kustomizations.map((one) => [one.id, one]));
      const waits = new Map(cluster.kustomizations.map(({ id, dependsOn }) => [id, dependsOn.map((to) => to.id)]));
      for (const cycle of cycles(waits)) {
        const on = byId.get(cycle[0] ?? '');
        if (on) yield { on, at: 'spec.dependsOn', found: said(cycle), fix: remedy(cycle) };
      }
      const releases = new Map(ofKind(cluster, 'HelmRelease').map((one) => [idOf(one.object), one]));
      const releaseWaits = new Map([...releases].map(([id, one]) => [id, dependenciesOf(one)]));
      for (const cycle of cycles(releaseWaits)) {
        const on = releases.get(cycle[0] ?? '');
        if (on) {
          const because = 'none of these releases is ever installed, and Flux reports no failure';
          yield { on, at: 'spec.dependsOn', found: said(cycle), fix: remedy(cycle), because };
        }
      }
    }
  },
});

function said(cycle: readonly string[]): string {
  return cycle.length === 1 ? `${cycle[0]} waits for itself` : `${[...cycle, cycle[0]].join(' -> ')}: each waits for the next`;
}

function remedy(cycle: readonly string[]): string {
  return cycle.length === 1 ? 'remove the entry' : 'remove one of these edges: the one that the manifests do not need';
}

/** Those of a release; what is ready by an expression of its own may be ready in spite of a cycle. */
function dependenciesOf({ object }: EffectiveObject): readonly string[] {
  const entries = listAt(object, 'spec', 'dependsOn').filter((entry) => textAt(entry, 'readyExpr') === undefined);
  return entries.map((entry) => dependencyOf(entry, object));
}
