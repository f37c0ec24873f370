import { type FluxKustomization, reallyWaits } from '../../effective';
import { infrastructureFile } from '../convention';
import { countedKinds } from '../counted';
import { unmetCrdNeeds } from '../crd-providers';
import { listed } from '../phrase';
import { defineRule } from '../rule';

/** Kinds that are there long before they work. */
const SLOW: ReadonlySet<string> = new Set(['HelmRelease', 'Kustomization', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

/** Source: kustomize-controller, checkHealth: without wait and healthChecks it is Ready once its objects are applied. */
export const edgeThatWaits = defineRule({
  name: 'edge-that-waits',
  ids: ['F02'],
  claim: 'what others depend on waits for what it applies',
  because: 'the others start when the API server has its objects, and not when these work: their order holds by luck',
  evidence: 'fluxcd/kustomize-controller#387',
  severity: 'info',
  fix: 'wait: true, or name in healthChecks what the others need',

  *check(repository) {
    for (const cluster of repository.clusters) {
      // Where a CRD is what the others need, crd-from-ancestor says so; where the layout asks for wait, wait-and-timeout does.
      const said = new Set(unmetCrdNeeds(cluster).map(({ provider }) => provider.owner));
      const asked = infrastructureFile(repository, cluster) !== undefined;
      const dependents = dependentsIn(cluster.kustomizations);
      for (const [on, waiting] of dependents) {
        if (reallyWaits(on) || said.has(on) || (asked && on !== cluster.root && !on.name.endsWith('-monitoring'))) continue;
        const slow = on.objects.filter(({ object }) => SLOW.has(object.kind));
        const others = waiting.filter((one) => !isAppliedBy(one, on));
        if (slow.length === 0 || others.length === 0) continue;
        yield {
          on,
          at: 'spec.wait',
          found: `it waits for nothing (${countedKinds(slow)}), and ${listed(others.map(({ id }) => id))} ${others.length === 1 ? 'depends' : 'depend'} on it`,
          fix: 'wait: true, or name in healthChecks what the others need',
        };
      }
    }
  },
});

/** Those that depend on each one directly, and ask for no more than that it is Ready. */
function dependentsIn(all: readonly FluxKustomization[]): ReadonlyMap<FluxKustomization, readonly FluxKustomization[]> {
  const found = new Map<FluxKustomization, FluxKustomization[]>();
  for (const one of all) {
    for (const { found: target, readyExpr } of one.dependsOn) {
      if (!target || readyExpr !== undefined) continue;
      const others = found.get(target);
      if (others) others.push(one);
      else found.set(target, [one]);
    }
  }
  return found;
}

/** Whether it is a child, at any depth: it could not be waited for without a deadlock. */
function isAppliedBy(one: FluxKustomization, by: FluxKustomization): boolean {
  const seen = new Set<FluxKustomization>();
  for (let parent = one.parent; parent && !seen.has(parent); parent = parent.parent) {
    if (parent === by) return true;
    seen.add(parent);
  }
  return false;
}
