import { type FluxKustomization, waitsFor } from '../../effective';
import { needsOf } from '../needs';
import { listed } from '../phrase';
import { defineRule } from '../rule';

/** Source: an edge that another one happens to imply goes when that one goes. */
export const directEdge = defineRule({
  name: 'direct-edge',
  ids: ['F06'],
  claim: 'who needs what another brings depends on it directly',
  because: 'the order holds only as long as nobody removes an edge of the others in between',
  evidence: 'Flux, dependsOn: an order is what the edges say, and nothing else',
  severity: 'info',
  fix: 'add the direct edge',

  *check({ clusters }) {
    for (const cluster of clusters) {
      for (const on of cluster.kustomizations) {
        // What could not be built may bring it too.
        if (on.dependsOn.length === 0 || on.dependsOn.some(({ found }) => !found || found.failure)) continue;
        const before = waitsFor(on);
        const direct = new Set(on.dependsOn.map(({ found }) => found));
        const far = new Map<FluxKustomization, string[]>();
        for (const { what, from } of needsOf(cluster, on)) {
          if (from.some((one) => direct.has(one) || isAncestor(one, on))) continue;
          const provider = from.find((one) => before.has(one));
          if (provider) far.set(provider, [...(far.get(provider) ?? []), what]);
        }
        for (const [provider, what] of far) {
          yield {
            on,
            at: 'spec.dependsOn',
            found: `it needs ${listed(what)} of ${provider.id}, and waits for it only over ${between(on, provider)}`,
            fix: `add ${provider.namespace === on.namespace ? provider.name : provider.id} to dependsOn`,
          };
        }
      }
    }
  },
});

function isAncestor(one: FluxKustomization, of: FluxKustomization): boolean {
  const seen = new Set<FluxKustomization>();
  for (let parent = of.parent; parent && !seen.has(parent); parent = parent.parent) {
    if (parent === one) return true;
    seen.add(parent);
  }
  return false;
}

/** The shortest way between the two, without them. */
function between(from: FluxKustomization, to: FluxKustomization): string {
  const back = new Map<FluxKustomization, FluxKustomization>();
  const front = [from];
  for (const one of front) {
    if (one === to) break;
    for (const { found } of one.dependsOn) {
      if (!found || back.has(found) || found === from) continue;
      back.set(found, one);
      front.push(found);
    }
  }
  const names: string[] = [];
  for (let one = back.get(to); one && one !== from; one = back.get(one)) names.unshift(one.name);
  return names.join(' -> ');
}
