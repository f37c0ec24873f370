import { noClearTextCredential } from '../../src/policy/rules/no-clear-text-credential';
import { testRule, yaml } from '../support/rule-tester';

testRule(noClearTextCredential, {
  allowed: {
    'names of Secrets and keys': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { auth: { existingSecret: ferry, existingSecretPasswordKey: password, existingPassword: ferry, password: '' } } }`,
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
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a credential in clear text
        where  HelmRelease ferry/ferry, spec.values.auth.adminPassword
        why    whoever can read the repository, or its history, has it for good
        fix    let the chart read it from a Secret (existingSecret), declared with this.secret(…)`,
    ],
    'a longer name': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { auth: { postgresPassword: hunter2 } } }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a credential in clear text
        where  HelmRelease ferry/ferry, spec.values.auth.postgresPassword
        why    whoever can read the repository, or its history, has it for good
        fix    let the chart read it from a Secret (existingSecret), declared with this.secret(…)`,
    ],
    'a number': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { password: 12345678 } }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a credential in clear text
        where  HelmRelease ferry/ferry, spec.values.password
        why    whoever can read the repository, or its history, has it for good
        fix    let the chart read it from a Secret (existingSecret), declared with this.secret(…)`,
    ],
    'one of a list': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { passwords: { password: [hunter2] } } }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a credential in clear text
        where  HelmRelease ferry/ferry, spec.values.passwords.password[0]
        why    whoever can read the repository, or its history, has it for good
        fix    let the chart read it from a Secret (existingSecret), declared with this.secret(…)`,
    ],
    'a key, spelled as its owner does': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { aws_secret_access_key: x } }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a credential in clear text
        where  HelmRelease ferry/ferry, spec.values.aws_secret_access_key
        why    whoever can read the repository, or its history, has it for good
        fix    let the chart read it from a Secret (existingSecret), declared with this.secret(…)`,
    ],
    'a plain Secret': [
      yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      data: { password: aHVudGVyMg== }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a Secret with a value in clear text
        where  Secret ferry/ferry, data.password
        why    whoever can read the repository, or its history, has it for good
        fix    declare it with this.secret(…) and keep the value SOPS-encrypted`,
    ],
  },
});
