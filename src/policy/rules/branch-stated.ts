import { type EffectiveObject, ofKind } from '../../effective';
import { idOf } from '../id';
import { defineRule, mapAt, textAt } from '../rule';

/** Source: specification, "Git workflow": one branch, stated once. */
export const branchStated = defineRule({
  name: 'branch-stated',
  ids: ['S06'],
  claim: 'a GitRepository states what it follows, and two of one address follow the same',
  because: 'without a ref Flux follows the branch master; with two refs nobody can say which state of the repository a cluster has',
  evidence: 'specification, "Branch"; GitRepository v1, spec.ref: "defaults to the master branch"',
  severity: 'info',
  fix: 'ref: { branch: … }, in one GitRepository',

  *check({ clusters }) {
    for (const cluster of clusters) {
      const first = new Map<string, EffectiveObject>();
      for (const on of ofKind(cluster, 'GitRepository', 'source.toolkit.fluxcd.io')) {
        const ref = refOf(on);
        if (ref === undefined) {
          yield {
            on,
            at: 'spec.ref',
            found: 'no ref, so that it follows the branch master',
            fix: 'ref: { branch: main }, or whatever its branch is',
          };
          continue;
        }
        const url = (textAt(on.object, 'spec', 'url') ?? '').replace(/(\.git)?\/*$/, '');
        const other = first.get(url);
        if (!other) first.set(url, on);
        else if (refOf(other) !== ref) {
          yield {
            on,
            at: 'spec.ref',
            found: `it follows ${ref}, and ${idOf(other.object)}, of the same address, ${refOf(other)}`,
            fix: 'let one GitRepository fetch it, or accept that a cluster has two states of it',
          };
        }
      }
    }
  },
});

/** `branch main`; undefined where nothing is stated. Flux takes the first of these that there is. */
function refOf({ object }: EffectiveObject): string | undefined {
  const ref = mapAt(object, 'spec', 'ref');
  const key = ['commit', 'name', 'semver', 'tag', 'branch'].find((one) => typeof ref[one] === 'string' && ref[one] !== '');
  return key && `${key} ${ref[key]}`;
}
