import { cameEncrypted, ciphertextIn, decrypts, type EffectiveObject } from '../../effective';
import { defineRule, mapAt, nameOf } from '../rule';
import { isWhole } from '../whole';
import { few } from '../written-patches';

/** Annotation by which an object is neither decrypted nor refused. */
const LEFT_ALONE = 'kustomize.toolkit.fluxcd.io/decrypt';

/** Source: kustomize-controller 1.9, internal/decryptor/decryptor.go, and the guard in apply. */
export const sopsWithoutDecryption = defineRule({
  name: 'sops-without-decryption',
  ids: ['F30', 'S23'],
  claim: 'whatever SOPS encrypted is applied by a Flux Kustomization that decrypts',
  because: 'Flux refuses the object, and all it applies with it',
  evidence: 'kustomize-controller 1.9, internal/decryptor/decryptor.go; decryption is not handed on to children',
  severity: 'error',
  fix: 'state decryption in the Flux Kustomization, or keep the file out of its path',

  *check(repository) {
    for (const cluster of repository.clusters) {
      if (!isWhole(repository, cluster)) continue; // who applies its root may give it decryption
      for (const owner of cluster.kustomizations) {
        if (decrypts(owner)) continue;
        const encrypted = owner.objects.filter((one) => cameEncrypted(one) && !isLeftAlone(one));
        const [on] = encrypted;
        if (!on) continue;
        const others = encrypted.slice(1).map(({ object }) => nameOf(object));
        yield {
          on,
          at: 'sops',
          found: `${others.length === 0 ? 'it is' : `it and ${few(others)} are`} encrypted, and ${owner.id} does not decrypt`,
          because: whatHappens(on),
          fix: `state decryption: {provider: sops, …} in ${owner.id}; or keep the file out of ${owner.path || 'the root'}, by a kustomization.yaml that does not list it`,
        };
      }
    }
  },
});

function isLeftAlone({ unsubstituted }: EffectiveObject): boolean {
  return String(mapAt(unsubstituted.metadata, 'annotations')[LEFT_ALONE]).toLowerCase() === 'disabled';
}

/** The guard looks at what is left once stringData is folded into data, and then there is no `sops` any more. */
function whatHappens({ unsubstituted }: EffectiveObject): string | undefined {
  if (unsubstituted.kind !== 'Secret') return 'the API server refuses the field sops, or stores the ciphertext as if it were the value';
  const places = ciphertextIn(unsubstituted);
  const inText = places.some((path) => path.startsWith('stringData.')) && !places.some((path) => path.startsWith('data.'));
  return inText ? 'the text ENC[…] is applied in place of the values that are in the cluster' : undefined;
}
