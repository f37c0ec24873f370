import { pathOnce } from '../../src/policy/rules/path-once';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (path: string, resources: string) => `# ${path}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: ${resources}`;
const POLICY = `# namespaces/ferry/policies/policy.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: policy, namespace: default }`;
const STUB = `# namespaces/ferry/stub.yaml
apiVersion: v1
kind: Namespace
metadata: { name: ferry, annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent } }`;

testRule(pathOnce, {
  allowed: {
    'a folder below that the one above does not list': clusterCase(
      { ferry: {}, 'ferry-policies': { path: './namespaces/ferry/policies' } },
      LIST('namespaces/ferry/policies', '[policy.yaml]'),
      LIST('namespaces/ferry', '[web.yaml]'),
      POLICY,
      POLICY.replace('policies/policy.yaml', 'web.yaml').replace('name: policy', 'name: web'),
    ),
    'a stub that is left to its owner': clusterCase({ ferry: {}, again: { path: './namespaces/ferry' } }, STUB),
    'the same name in two files is for another rule': clusterCase({ ferry: {}, harbour: {} }),
  },
  refused: {
    'one path twice': [
      clusterCase({ ferry: {}, again: { path: './namespaces/ferry' } }),
      `
      clusters/test/infrastructure.yaml: path-once
        what   1 object with two owners: flux-system/ferry builds namespaces/ferry too
        where  Kustomization flux-system/again, spec.path
        why    they take its objects from each other at every interval, and one of them deletes it where the other prunes
        fix    remove one of the two, or give one a targetNamespace or namePrefix of its own`,
    ],
    'a folder below that the one above lists': [
      clusterCase(
        { ferry: {}, 'ferry-policies': { path: './namespaces/ferry/policies' } },
        LIST('namespaces/ferry/policies', '[policy.yaml]'),
        LIST('namespaces/ferry', '[policies]'),
        POLICY,
      ),
      `
      clusters/test/infrastructure.yaml: path-once
        what   1 object with two owners: flux-system/ferry has it too, from the same file
        where  Kustomization flux-system/ferry-policies, spec.path
        why    they take its objects from each other at every interval, and one of them deletes it where the other prunes
        fix    list in namespaces/ferry/kustomization.yaml what flux-system/ferry is to apply, without namespaces/ferry/policies`,
    ],
  },
});
