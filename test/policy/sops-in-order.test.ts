import { sopsInOrder } from '../../src/policy/rules/sops-in-order';
import { testRule, yaml } from '../support/rule-tester';
import { encrypted } from '../support/sops';

const WHY = 'Flux builds before it decrypts: no patch, no namespace and no check finds what it cannot read';

testRule(sopsInOrder, {
  allowed: {
    'values only': encrypted('ferry'),
    'an expression that names fields of its own': encrypted('ferry', { regex: '^(data|stringData|spec)$' }),
    'an expression that JavaScript does not have': encrypted('ferry', { regex: '(?i)^data$' }),
    'a Secret in clear': yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { note: 'see ENC[…]' }`,
  },
  refused: {
    'a label that Flux cannot read': [
      encrypted('ferry', { labels: ", labels: { tier: 'ENC[AES256_GCM,data:eA==,type:str]' }" }),
      `
      namespaces/ferry/0.yaml: sops-in-order (warning)
        what   metadata.labels.tier is encrypted
        where  metadata.labels.tier
        why    ${WHY}
        fix    encrypt anew with encrypted_regex: ^(data|stringData)$`,
    ],
    'an expression that fits metadata as well': [
      encrypted('ferry', { regex: 'data|stringData' }),
      `
      namespaces/ferry/0.yaml: sops-in-order (warning)
        what   "data|stringData" fits metadata too
        where  Secret ferry/ferry, sops.encrypted_regex
        why    the next time the file is encrypted they are, and Flux builds before it decrypts
        fix    anchor it, in .sops.yaml too: ^(data|stringData)$`,
    ],
    'no checksum': [
      encrypted('ferry').replace(/ {2}mac: .*\n/, ''),
      `
      namespaces/ferry/0.yaml: sops-in-order
        what   sops without a mac
        where  Secret ferry/ferry, sops.mac
        why    Flux does not take it for encrypted, and applies the ciphertext
        fix    take the whole file as sops wrote it, or encrypt the values anew`,
    ],
    'ciphertext alone': [
      encrypted('ferry').replace(/sops:[\s\S]*/, ''),
      `
      namespaces/ferry/0.yaml: sops-in-order
        what   ciphertext in stringData.password, and no sops beside it
        where  Secret ferry/ferry, stringData.password
        why    nobody can decrypt it: the text ENC[…] is applied as the value
        fix    take the whole file as sops wrote it, or encrypt the values anew`,
    ],
  },
});
