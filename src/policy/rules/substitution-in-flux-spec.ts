import { alsoIn, expressionsOf } from '../expressions';
import { defineRule } from '../rule';

/** Fields that go through the build, so that what they put into objects is substituted with the rest. */
const BUILT = /^spec\.(patches|images|components|namePrefix|nameSuffix|targetNamespace)\b/;

/** Source: kustomize-controller substitutes in what it has built, never in the Flux Kustomization itself. */
export const substitutionInFluxSpec = defineRule({
  name: 'substitution-in-flux-spec',
  ids: ['F69'],
  claim: 'no Flux Kustomization has ${ in a field of its own that nobody substitutes',
  because: 'its own postBuild does not reach its own fields: Flux looks for a path, a source or an object of that very name',
  evidence: 'fluxcd/kustomize-controller#1126',
  severity: 'warning',
  fix: 'write the value, or give the Flux Kustomization that applies it a postBuild',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) {
      for (const on of kustomizations) {
        // Where the one that applies it substitutes, what is undefined there is another rule's.
        if (on.parent?.substitution.active) continue;
        const uses = expressionsOf(on.object).filter(({ at }) => at.startsWith('spec.') && !BUILT.test(at));
        const [first] = uses;
        if (!first) continue;
        const parent = on.parent ? `, or give ${on.parent.id}, which applies it, a postBuild` : '';
        yield {
          on,
          at: first.at,
          found: `${first.text} is left as it is${alsoIn(uses.length)}`,
          fix: `write the value itself${parent}`,
        };
      }
    }
  },
});
