import { noClearTextCredential } from '../../src/policy/rules/no-clear-text-credential';
import { testRule, yaml } from '../support/rule-tester';

testRule(noClearTextCredential, {
  allowed: {
    'names of Secrets and keys': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { auth: { existingSecret: ferry, existingSecretPasswordKey: password, password: '' } } }`,
    'an encrypted Secret': yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { password: 'ENC[AES256_GCM,data:…,type:str]' }`,
  },
  refused: {
    'a password in the values': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { auth: { adminPassword: hunter2 } } }`,
      `
      0.yaml: no-clear-text-credential
        what   a credential in clear text
        where  HelmRelease ferry/ferry, spec.values.auth.adminPassword
        why    whoever can read the repository, or its history, has it for good
        fix    let the chart read it from a Secret (existingSecret), declared with this.secret(…)`,
    ],
    'a plain Secret': [
      yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      data: { password: aHVudGVyMg== }`,
      `
      0.yaml: no-clear-text-credential
        what   a Secret with a value in clear text
        where  Secret ferry/ferry, data.password
        why    whoever can read the repository, or its history, has it for good
        fix    declare it with this.secret(…) and keep the value SOPS-encrypted`,
    ],
  },
});
