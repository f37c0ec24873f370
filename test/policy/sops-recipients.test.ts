import fc from 'fast-check';
import { filesFrom } from '../../src/kustomize';
import { sopsRecipients } from '../../src/policy/rules/sops-recipients';
import { creationRules } from '../../src/policy/sops-config';
import { testRule } from '../support/rule-tester';
import { DECRYPTS, encrypted } from '../support/sops';

const A = 'age1aaaaaaaaaaaaaaaaaaaaaaaaaaaa';
const B = 'age1bbbbbbbbbbbbbbbbbbbbbbbbbbbb';
const C = 'age1cccccccccccccccccccccccccccc';

const FERRY = (age: readonly string[]): string =>
  `# namespaces/ferry/secret.sops.yaml\n${encrypted('ferry', { age: [...age] })}---\n${DECRYPTS}---\n`;
const WHY = 'a cluster whose key is missing cannot decrypt it, and a key that was taken away still opens it';

testRule(sopsRecipients, {
  allowed: {
    'the recipients of the first rule that fits': `${FERRY([A, B])}# .sops.yaml
creation_rules:
  - { path_regex: '^clusters/', age: '${C}' }
  - { path_regex: '^namespaces/.*\\.sops\\.ya?ml$', age: '${B}, ${A}' }
  - { age: '${C}' }`,
    'recipients in a key group': `${FERRY([A])}# .sops.yaml\ncreation_rules: [{ key_groups: [{ age: [${A}] }] }]`,
    'no rule for it': `${FERRY([A])}# .sops.yaml\ncreation_rules: [{ path_regex: '^clusters/', age: '${B}' }]`,
    'a rule that is not understood before it': `${FERRY([A])}# .sops.yaml\ncreation_rules: [{ path_regex: '(?i)ferry', age: '${A}' }, { age: '${B}' }]`,
    'a rule nearer by': `${FERRY([A])}# .sops.yaml\ncreation_rules: [{ age: '${B}' }]\n---\n# namespaces/.sops.yaml\ncreation_rules: [{ path_regex: '^ferry/', age: '${A}' }]`,
  },
  refused: {
    'a key more and a key less': [
      `${FERRY([A, C])}# .sops.yaml\ncreation_rules: [{ age: '${A},${B}' }]`,
      `
      namespaces/ferry/secret.sops.yaml: sops-recipients (warning)
        what   it cannot be opened by age1bbbbbbbbbbbb…, and can be opened by age1cccccccccccc…, unlike creation_rules[0] of .sops.yaml says
        where  Secret ferry/ferry, sops.age
        why    ${WHY}
        fix    run sops updatekeys namespaces/ferry/secret.sops.yaml; where a key was lost, change the values too`,
    ],
    'a rule without a key': [
      `${FERRY([A])}# .sops.yaml\ncreation_rules: [{ encrypted_regex: '^data$' }]`,
      `
      .sops.yaml: sops-recipients (warning)
        what   a rule without a key
        where  creation_rules[0]
        why    sops refuses to encrypt what it covers
        fix    name the age recipients of the cluster: age: age1…; in code: ageRecipients`,
    ],
  },
});

test('whatever a .sops.yaml holds, its rules are read or passed over', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.string().map((text) => `creation_rules: [{ path_regex: ${JSON.stringify(text)} }]`),
      ),
      fc.string(),
      (text, path) => {
        for (const rule of creationRules(filesFrom(new Map([['.sops.yaml', text]])), 'a/b'))
          expect([true, false, undefined]).toContain(rule.covers(path));
      },
    ),
  );
});
