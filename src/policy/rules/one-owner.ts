import type { EffectiveObject } from '../../effective';
import { objectsOf } from '../../effective';
import { defineRule, groupOf, textAt } from '../rule';

/** Annotation by which an object that is already there is left to its owner. */
const STUB = 'kustomize.toolkit.fluxcd.io/ssa';

/** Source: server-side apply; two owners of one object take it from each other at every interval. */
export const oneOwner = defineRule({
  name: 'one-owner',
  ids: ['F13'],
  claim: 'every object has one owner',
  because: 'two Flux Kustomizations would take the object from each other at every interval',
  evidence: 'fluxcd/kustomize-controller#1724, fluxcd/kustomize-controller#732, fluxcd/flux2#5611',
  severity: 'error',
  fix: 'keep it in one Flux Kustomization; mark a stub with ssa: IfNotPresent',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const owners = new Map<string, EffectiveObject>();
      for (const on of objectsOf(cluster)) {
        const { kind, metadata } = on.object;
        if (textAt(metadata, 'annotations', STUB) !== undefined) continue;
        const identity = `${groupOf(on.object)} ${kind} ${textAt(metadata, 'namespace') ?? ''}/${textAt(metadata, 'name') ?? ''}`;
        const owner = owners.get(identity);
        if (!owner) owners.set(identity, on);
        else
          yield {
            on,
            at: 'metadata.name',
            found: `${owner.owner.id} applies the same object, from ${owner.origin.path}`,
            fix: 'keep one of the two, or give one another name',
          };
      }
    }
  },
});
