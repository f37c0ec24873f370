import { secretSlots } from '../../src/policy/rules/secret-slots';
import { testRule } from '../support/rule-tester';
import { DECRYPTS, encrypted } from '../support/sops';

const WHY = 'pods that read it wait in CreateContainerConfigError, and releases are not installed';
const FILL =
  'fill in the templates in namespaces/ferry, encrypt them with sops as NAMESPACE.NAME.sops.yaml beside them, and list them in its kustomization.yaml';

const SLOT = (name: string, keys = '{ password: "" }', more = ''): string => `# namespaces/ferry/ferry.${name}.template.yaml
${more}apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ferry }
type: Opaque
stringData: ${keys}
---
`;

/** The folder's list, so that templates are not applied. */
const LIST = (...resources: readonly string[]): string => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [${resources.join(', ')}]
---
`;

const FILLED = (name: string): string => `# namespaces/ferry/ferry.${name}.sops.yaml\n${encrypted(name)}---\n`;

const PODS = (env: string): string => `# namespaces/ferry/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: ferry, namespace: ferry }
spec: { template: { spec: { containers: [{ name: ferry, ${env} }] } } }
---
`;

testRule(secretSlots, {
  allowed: {
    'a slot that is filled, and read by its key': `${SLOT('ferry')}${LIST('ferry.ferry.sops.yaml', 'deployment.yaml')}${FILLED('ferry')}${PODS(
      'env: [{ name: P, valueFrom: { secretKeyRef: { name: ferry, key: password } } }]',
    )}${DECRYPTS}`,
    'a repository without slots': `${LIST('deployment.yaml')}${PODS('envFrom: [{ secretRef: { name: absent } }]')}${DECRYPTS}`,
    'what need not be there': `${SLOT('ferry')}${LIST('ferry.ferry.sops.yaml', 'deployment.yaml')}${FILLED('ferry')}${PODS(
      'envFrom: [{ secretRef: { name: absent, optional: true } }]',
    )}${DECRYPTS}`,
    'a custom resource that names a Secret of which nobody knows': `${SLOT('ferry')}${LIST('ferry.ferry.sops.yaml', 'pier.yaml')}${FILLED('ferry')}# namespaces/ferry/pier.yaml
apiVersion: ferry.example.org/v1
kind: Pier
metadata: { name: ferry, namespace: ferry }
spec: { secretRef: { name: other, key: any } }
---
${DECRYPTS}`,
  },
  refused: {
    'no values at all': [
      `${SLOT('ferry')}${SLOT('barge')}${LIST()}${DECRYPTS}`,
      `
      clusters/test/infrastructure.yaml: secret-slots (info)
        what   2 Secrets are declared and have no values: ferry/barge, ferry/ferry
        where  Kustomization flux-system/ferry, spec.path
        why    ${WHY}
        fix    ${FILL}`,
    ],
    'one that was forgotten, and one that is optional': [
      `${SLOT('ferry')}${SLOT('barge')}${SLOT('raft', undefined, '# Optional: everything comes up without it.\n')}${LIST('ferry.ferry.sops.yaml')}${FILLED('ferry')}${DECRYPTS}`,
      `
      clusters/test/infrastructure.yaml: secret-slots
        what   a Secret is declared and has no values: ferry/barge
        where  Kustomization flux-system/ferry, spec.path
        why    ${WHY}
        fix    ${FILL}
      clusters/test/infrastructure.yaml: secret-slots (info)
        what   a Secret is declared and has no values: ferry/raft
        where  Kustomization flux-system/ferry, spec.path
        why    ${WHY}
        fix    ${FILL}`,
    ],
    'a key that was left out': [
      `${SLOT('ferry', '{ password: "", username: "" }')}${LIST('ferry.ferry.sops.yaml')}${FILLED('ferry')}${DECRYPTS}`,
      `
      namespaces/ferry/ferry.ferry.sops.yaml: secret-slots
        what   no username, unlike namespaces/ferry/ferry.ferry.template.yaml
        where  Secret ferry/ferry, stringData
        why    ${WHY}
        fix    add the keys with sops, as the template has them`,
    ],
    'a misspelt name and a misspelt key': [
      `${SLOT('ferry')}${LIST('ferry.ferry.sops.yaml', 'deployment.yaml', 'pier.yaml')}${FILLED('ferry')}${PODS(
        'envFrom: [{ secretRef: { name: fery } }], env: [{ name: P, valueFrom: { secretKeyRef: { name: ferry, key: passwrd } } }]',
      )}# namespaces/ferry/pier.yaml
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: ferry, namespace: ferry }
spec: { basicAuth: { passwordSecret: [{ name: ferry, key: user }] } }
---
${DECRYPTS}`,
      `
      namespaces/ferry/deployment.yaml: secret-slots
        what   nothing makes Secret ferry/fery
        where  Deployment ferry/ferry, spec.template.spec.containers[0].envFrom[0].secretRef
        why    ${WHY}
        fix    ferry is declared: correct the name
      namespaces/ferry/deployment.yaml: secret-slots
        what   Secret ferry/ferry has no key passwrd
        where  Deployment ferry/ferry, spec.template.spec.containers[0].env[0].valueFrom.secretKeyRef
        why    ${WHY}
        fix    there is password: correct the key
      namespaces/ferry/pier.yaml: secret-slots
        what   Secret ferry/ferry has no key user
        where  ServiceMonitor ferry/ferry, spec.basicAuth.passwordSecret[0]
        why    ${WHY}
        fix    name one of its keys: password`,
    ],
  },
});
