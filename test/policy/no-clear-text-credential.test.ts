import { noClearTextCredential } from '../../src/policy/rules/no-clear-text-credential';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'whoever can read the repository, or its history, has it for good';
const IN_VALUES =
  'let the chart read it from a Secret (existingSecret), in code declared with this.secret(…); and change the value, since it is known now';
const ELSEWHERE =
  'put it into a Secret that is SOPS-encrypted, in code this.secret(…), and read it from there; change the value, since it is known now';

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
    'values that stand elsewhere': yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { password: '\${FERRY_PASSWORD}' }
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { PASSWORD_FILE: /run/secrets/password, DB_PASSWORD: '', URL: 'https://ferry.example.org', TOKEN_KEY: token }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { containers: [{ name: ferry, env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: ferry, key: password } } }] }] } } }`,
    'examples in a CRD': yaml`
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: { name: piers.ferry.example.org }
      spec: { description: 'for example postgres://ferry:hunter2@postgres' }`,
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
        why    ${WHY}
        fix    ${IN_VALUES}`,
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
        why    ${WHY}
        fix    ${IN_VALUES}`,
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
        why    ${WHY}
        fix    ${IN_VALUES}`,
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
        why    ${WHY}
        fix    ${IN_VALUES}`,
    ],
    'a key, spelled as its owner does': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { aws_secret_access_key: x9 } }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential (warning)
        what   what looks like a credential, in clear text
        where  HelmRelease ferry/ferry, spec.values.aws_secret_access_key
        why    ${WHY}
        fix    ${IN_VALUES}; where it is none, accept the rule`,
    ],
    'a variable of the environment, wherever it is': [
      yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { containers: [{ name: ferry, env: [{ name: DB_HOST, value: x }, { name: DB_PASSWORD, value: hunter2 }] }] } } }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a credential in clear text: DB_PASSWORD
        where  Deployment ferry/ferry, spec.template.spec.containers[0].env[1].value
        why    ${WHY}
        fix    ${ELSEWHERE}`,
    ],
    'an address in a ConfigMap, and a field of it': [
      yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { URL: 'postgres://ferry:hunter2@postgres/ferry', SMTP_PASSWORD: hunter2 }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   an address with a password in it
        where  ConfigMap ferry/ferry, data.URL
        why    ${WHY}
        fix    ${ELSEWHERE}
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a credential in clear text
        where  ConfigMap ferry/ferry, data.SMTP_PASSWORD
        why    ${WHY}
        fix    ${ELSEWHERE}`,
    ],
    'what its form gives away': [
      yaml`
      apiVersion: ferry.example.org/v1
      kind: Pier
      metadata: { name: ferry, namespace: ferry }
      spec: { text: 'AKIAA1A1A1A1A1A1A1A1' }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   an access key of AWS
        where  Pier ferry/ferry, spec.text
        why    ${WHY}
        fix    ${ELSEWHERE}`,
    ],
    'a Secret with two values': [
      yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { user: ferry, pin: '123456', password: hunter2, other: 'ENC[AES256_GCM,data:…,type:str]' }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential
        what   a Secret with values in clear text: stringData.pin, stringData.password
        where  Secret ferry/ferry, stringData.pin
        why    ${WHY}
        fix    encrypt it with SOPS, in code: declare it with this.secret(…); and change the value, since it is known now`,
    ],
    'a Secret that need be none': [
      yaml`
      kind: Secret
      metadata: { name: ferry, namespace: ferry }
      stringData: { host: postgres, url: 'https://ferry.example.org' }
      data: { port: NTQzMg==, token: dW51c2Vk }`,
      `
      namespaces/ferry/0.yaml: no-clear-text-credential (info)
        what   a Secret in clear text, with nothing in it that looks like a credential: data.port, data.token and 2 more
        where  Secret ferry/ferry, data.port
        why    the next key that is added to it is in clear text too
        fix    make it a ConfigMap, or encrypt it with SOPS`,
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
        why    ${WHY}
        fix    encrypt it with SOPS, in code: declare it with this.secret(…); and change the value, since it is known now`,
    ],
  },
});
