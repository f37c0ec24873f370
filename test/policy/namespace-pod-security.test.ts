import { namespacePodSecurity } from '../../src/policy/rules/namespace-pod-security';
import { testRule, yaml } from '../support/rule-tester';

testRule(namespacePodSecurity, {
  allowed: {
    'a level': yaml`
      kind: Namespace
      metadata: { name: ferry, labels: { pod-security.kubernetes.io/enforce: restricted } }`,
  },
  refused: {
    'no level': [
      yaml`
      kind: Namespace
      metadata: { name: ferry }`,
      `
      namespaces/ferry/0.yaml: namespace-pod-security (warning)
        what   no Pod Security level
        where  Namespace ferry, metadata.labels["pod-security.kubernetes.io/enforce"]
        why    without the label its pods may do anything that a node can do
        fix    label it with privileged, baseline or restricted; in code: the Namespace block, with podSecurity`,
    ],
    'a misspelt level': [
      yaml`
      kind: Namespace
      metadata: { name: ferry, labels: { pod-security.kubernetes.io/enforce: restrictive } }`,
      `
      namespaces/ferry/0.yaml: namespace-pod-security (warning)
        what   no such Pod Security level: "restrictive"
        where  Namespace ferry, metadata.labels["pod-security.kubernetes.io/enforce"]
        why    without the label its pods may do anything that a node can do
        fix    label it with privileged, baseline or restricted; in code: the Namespace block, with podSecurity`,
    ],
  },
});
