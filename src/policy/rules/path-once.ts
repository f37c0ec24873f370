import type { EffectiveObject, FluxKustomization } from '../../effective';
import { isBelow } from '../folder';
import { idOf } from '../id';
import { counted } from '../phrase';
import { defineRule, groupOf } from '../rule';
import { sweptByRoot } from '../swept-by-root';
import { isLeftAlone } from '../webhook-match';

/** Source: kustomize-controller has one field manager for all Flux Kustomizations: none of them sees the other. */
export const pathOnce = defineRule({
  name: 'path-once',
  ids: ['F14'],
  claim: 'no two Flux Kustomizations of a cluster apply the same file as the same object',
  because: 'they take its objects from each other at every interval, and one of them deletes it where the other prunes',
  evidence: 'fluxcd/kustomize-controller#1724, fluxcd/kustomize-controller#732, fluxcd/flux2#5611',
  severity: 'error',
  fix: 'build the folder once, or give one of the two a targetNamespace or prefix of its own',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const { kustomizations, root } = cluster;
      const isSwept = sweptByRoot(repository, cluster).length > 0; // root-sweep says what that does
      const owners = new Map<string, FluxKustomization>();
      const shared = new Map<FluxKustomization, Map<FluxKustomization, EffectiveObject[]>>();
      for (const on of kustomizations) {
        for (const one of on.objects) {
          const { origin, object } = one;
          const key = `${origin.path} ${origin.index} ${groupOf(object)} ${object.kind} ${idOf(object)}`;
          if (isLeftAlone(one) || key.includes('${')) continue; // of a value that nobody here knows: perhaps another in each
          const owner = owners.get(key);
          if (!owner) owners.set(key, on);
          else if (owner !== on && !(isSwept && owner === root)) note(shared, on, owner, one);
        }
      }
      for (const [on, others] of shared) {
        for (const [other, objects] of others) {
          const same =
            on.path === other.path
              ? `builds ${on.path || 'the root'} too`
              : `has ${objects.length > 1 ? 'them' : 'it'} too, from the same file${objects.length > 1 ? 's' : ''}`;
          yield {
            on,
            at: 'spec.path',
            found: `${counted(objects.length, 'object')} with two owners: ${other.id} ${same}`,
            fix: remedy(on, other),
          };
        }
      }
    }
  },
});

function note(
  shared: Map<FluxKustomization, Map<FluxKustomization, EffectiveObject[]>>,
  on: FluxKustomization,
  owner: FluxKustomization,
  one: EffectiveObject,
): void {
  const others = shared.get(on) ?? new Map<FluxKustomization, EffectiveObject[]>();
  shared.set(on, others);
  const objects = others.get(owner);
  if (objects) objects.push(one);
  else others.set(owner, [one]);
}

function remedy(on: FluxKustomization, other: FluxKustomization): string {
  if (on.path === other.path) return 'remove one of the two, or give one a targetNamespace or namePrefix of its own';
  const [outer, inner] = isBelow(on.path, other.path) ? [other, on] : isBelow(other.path, on.path) ? [on, other] : [undefined, undefined];
  if (!outer || !inner) return 'list the files in one of the two only';
  return `list in ${outer.path === '' ? '' : `${outer.path}/`}kustomization.yaml what ${outer.id} is to apply, without ${inner.path}`;
}
