import { namespaceTransformer } from '../../src/policy/rules/namespace-transformer';
import { testRule } from '../support/rule-tester';

const WHY = 'objects of several namespaces end up in one, a Namespace gets another name, and what refers to them still says the old one';

const LIST = (...resources: readonly string[]): string => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: harbour
resources: [${resources.join(', ')}]
---
`;
const OBJECT = (file: string, text: string): string => `# namespaces/ferry/${file}.yaml\n${text}\n---\n`;
const CONFIG = (file: string, namespace: string): string =>
  OBJECT(file, `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${file}${namespace === '' ? '' : `, namespace: ${namespace}`} }`);
const NAMESPACE = (name: string): string => OBJECT('namespace', `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }`);

testRule(namespaceTransformer, {
  allowed: {
    'objects that name none, and a Namespace whose name nobody means': `${LIST('namespace.yaml', 'a.yaml', 'b.yaml')}${NAMESPACE('not-used')}${CONFIG('a', '')}${CONFIG('b', '')}`,
    'objects of one namespace': `${LIST('a.yaml', 'b.yaml')}${CONFIG('a', 'ferry')}${CONFIG('b', 'ferry')}`,
    'the namespace that they have already': `${LIST('namespace.yaml', 'a.yaml')}${NAMESPACE('harbour')}${CONFIG('a', 'harbour')}`,
  },
  refused: {
    'objects of two namespaces': [
      `${LIST('a.yaml', 'b.yaml')}${CONFIG('a', 'ferry')}${CONFIG('b', 'harbour')}`,
      `
      namespaces/ferry/kustomization.yaml: namespace-transformer (warning)
        what   objects of ferry, harbour all end up in harbour
        where  namespace
        why    ${WHY}
        fix    remove it, and state the namespace in each object below namespaces/ferry`,
    ],
    'a Namespace, and a ServiceAccount that a binding looks for where it was': [
      `${LIST('namespace.yaml', 'a.yaml', 'binding.yaml')}${NAMESPACE('ferry')}${CONFIG('a', 'ferry')}${OBJECT(
        'binding',
        `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: ferry }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ferry }
subjects: [{ kind: ServiceAccount, name: captain, namespace: ferry }]`,
      )}`,
      `
      namespaces/ferry/kustomization.yaml: namespace-transformer (warning)
        what   Namespace ferry becomes harbour; ClusterRoleBinding ferry still names ServiceAccount ferry/captain
        where  namespace
        why    ${WHY}
        fix    remove it, and state the namespace in each object below namespaces/ferry`,
    ],
    targetNamespace: [
      `# clusters/test/infrastructure.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ferry, namespace: flux-system }
spec: { path: ./namespaces/ferry, targetNamespace: harbour, interval: 5m, prune: false, sourceRef: { kind: GitRepository, name: flux-system } }
---
${CONFIG('a', 'ferry')}${CONFIG('b', 'pier')}`,
      `
      clusters/test/infrastructure.yaml: namespace-transformer (warning)
        what   objects of ferry, pier all end up in harbour
        where  Kustomization flux-system/ferry, spec.targetNamespace
        why    ${WHY}
        fix    remove it, and state the namespace in each object below namespaces/ferry`,
    ],
  },
});
