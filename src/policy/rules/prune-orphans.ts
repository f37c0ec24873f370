import type { EffectiveObject, FluxKustomization } from '../../effective';
import { baseOf, KUSTOMIZATION_NAMES } from '../folder';
import { counted } from '../phrase';
import { defineRule, nameOf, textAt } from '../rule';

/** Source: kustomize-controller, prune and finalizerShouldDeleteResources. */
export const pruneOrphans = defineRule({
  name: 'prune-orphans',
  ids: ['S09'],
  claim: 'what prune: false is to keep is not made anew at each change, nor deleted by deletionPolicy',
  because: 'each change leaves one more object behind; prune: true would not find it later, since it has left the inventory',
  evidence: 'kustomize-controller, inventory; specification, "Standard Flux Kustomization": prune: false',
  severity: 'warning',
  fix: 'generatorOptions: disableNameSuffixHash, or prune: true with prune: disabled on what must stay',

  *check({ clusters }) {
    for (const on of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      if (on.spec['prune'] !== false) continue;
      const hashed = on.objects.filter(isHashed);
      const [first] = hashed;
      if (first) {
        const others = hashed.length > 1 ? ` and ${counted(hashed.length - 1, 'other')}` : '';
        yield {
          on,
          at: 'spec.prune',
          found: `prune: false, while the name of ${nameOf(first.object)}${others} changes with its content`,
          fix: 'set generatorOptions: { disableNameSuffixHash: true }, or prune: true',
        };
      }
      if (!deletes(on)) continue;
      yield {
        on,
        at: 'spec.deletionPolicy',
        found: `prune: false, and deletionPolicy: ${textAt(on.spec, 'deletionPolicy')}`,
        because: 'it keeps what leaves Git object by object, and deletes all of it when the Flux Kustomization itself goes',
        fix: 'deletionPolicy: Orphan, or leave it out: MirrorPrune deletes nothing here',
      };
    }
  },
});

/** Whether a generator gave it a name that ends in a hash: ten of these letters. Source: kustomize, hasher. */
function isHashed({ object, origin }: EffectiveObject): boolean {
  if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') return false;
  const name = textAt(object.metadata, 'name') ?? '';
  return KUSTOMIZATION_NAMES.some((one) => one === baseOf(origin.path)) && /-[2456789bcdfghkmt]{10}$/.test(name);
}

function deletes({ spec }: FluxKustomization): boolean {
  return spec['deletionPolicy'] === 'Delete' || spec['deletionPolicy'] === 'WaitForTermination';
}
