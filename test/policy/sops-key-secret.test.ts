import { sopsKeySecret } from '../../src/policy/rules/sops-key-secret';
import { testRule, yaml } from '../support/rule-tester';
import { DECRYPTS, encrypted } from '../support/sops';

/** A Secret of the root, by which ferry decrypts. */
const KEY = (name: string, data: string): string =>
  `# clusters/test/key.yaml\napiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: flux-system }\nstringData: ${data}\n---\n${DECRYPTS}`;

testRule(sopsKeySecret, {
  allowed: {
    'keys of both kinds': KEY('sops-age', '{ age.agekey: x, pgp.asc: x, sops.vault-token: x }'),
    'another Secret': KEY('other', '{ age.txt: x }'),
    'a Secret by which nobody decrypts': yaml`
      kind: Secret
      metadata: { name: sops-age, namespace: flux-system }
      stringData: { age.txt: x }`,
  },
  refused: {
    'a key of another name': [
      KEY('sops-age', '{ keys.txt: x }'),
      `
      clusters/test/key.yaml: sops-key-secret
        what   the key keys.txt is passed over
        where  Secret flux-system/sops-age, stringData.keys.txt
        why    Flux finds no key: every file fails with "cannot get sops data key"
        fix    let its name end in .agekey for age, in .asc for PGP`,
    ],
    'one of two': [
      KEY('sops-age', '{ age.agekey: x, old.agekey.txt: x }'),
      `
      clusters/test/key.yaml: sops-key-secret (warning)
        what   the key old.agekey.txt is passed over
        where  Secret flux-system/sops-age, stringData.old.agekey.txt
        why    what it can open stays closed
        fix    let its name end in .agekey for age, in .asc for PGP`,
    ],
    'a key that opens itself': [
      `# namespaces/ferry/key.yaml\n${encrypted('sops-age').replace('namespace: ferry', 'namespace: flux-system').replace('password:', 'age.agekey:')}---\n${DECRYPTS}`,
      `
      namespaces/ferry/key.yaml: sops-key-secret (warning)
        what   flux-system/ferry decrypts by it, and has to decrypt it first
        where  Secret flux-system/sops-age, sops
        why    on an empty cluster the key is not there yet, and nothing that is encrypted can be applied until somebody puts it there
        fix    put the key into the cluster by hand before Flux, or keep it out of Git altogether`,
    ],
  },
});
