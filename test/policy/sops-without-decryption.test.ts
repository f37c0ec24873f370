import { sopsWithoutDecryption } from '../../src/policy/rules/sops-without-decryption';
import { testRule, yaml } from '../support/rule-tester';
import { DECRYPTS, encrypted } from '../support/sops';

const FIX =
  'state decryption: {provider: sops, …} in flux-system/ferry; or keep the file out of namespaces/ferry, by a kustomization.yaml that does not list it';

testRule(sopsWithoutDecryption, {
  allowed: {
    'where its Flux Kustomization decrypts': `# namespaces/ferry/secret.yaml\n${encrypted('ferry')}---\n${DECRYPTS}`,
    'a file that Flux is told to leave as it is': encrypted('ferry', {
      labels: ', annotations: { kustomize.toolkit.fluxcd.io/decrypt: Disabled }',
    }),
    'a Secret in clear': yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { password: hunter2 }`,
  },
  refused: {
    'ciphertext that lands as text': [
      encrypted('ferry'),
      `
      namespaces/ferry/0.yaml: sops-without-decryption
        what   it is encrypted, and flux-system/ferry does not decrypt
        where  Secret ferry/ferry, sops
        why    the text ENC[…] is applied in place of the values that are in the cluster
        fix    ${FIX}`,
    ],
    'several, which Flux refuses: one finding': [
      `${encrypted('ferry', { field: 'data' })}---\n${encrypted('barge')}`,
      `
      namespaces/ferry/0.yaml: sops-without-decryption
        what   it and Secret ferry/barge are encrypted, and flux-system/ferry does not decrypt
        where  Secret ferry/ferry, sops
        why    Flux refuses the object, and all it applies with it
        fix    ${FIX}`,
    ],
    'what is no Secret': [
      encrypted('ferry').replace('apiVersion: v1\nkind: Secret', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease'),
      `
      namespaces/ferry/0.yaml: sops-without-decryption
        what   it is encrypted, and flux-system/ferry does not decrypt
        where  HelmRelease ferry/ferry, sops
        why    the API server refuses the field sops, or stores the ciphertext as if it were the value
        fix    ${FIX}`,
    ],
  },
});
