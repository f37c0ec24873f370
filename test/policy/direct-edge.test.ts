import { directEdge } from '../../src/policy/rules/direct-edge';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const CRD = `# namespaces/operator/crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.example.org }
spec: { group: example.org, names: { kind: Boat, plural: boats }, scope: Namespaced, versions: [] }`;
const BOAT = `# namespaces/ferry/boat.yaml
apiVersion: example.org/v1
kind: Boat
metadata: { name: ferry, namespace: default }`;
const NAMESPACE = `# namespaces/operator/namespace.yaml
apiVersion: v1
kind: Namespace
metadata: { name: operator }`;

testRule(directEdge, {
  allowed: {
    'a direct edge': clusterCase({ operator: {}, ferry: { dependsOn: [{ name: 'operator' }] } }, CRD, BOAT),
    'nothing is needed of the one further away': clusterCase(
      { operator: {}, config: { dependsOn: [{ name: 'operator' }] }, ferry: { dependsOn: [{ name: 'config' }] } },
      CRD,
    ),
    'something between could not be built': clusterCase(
      { operator: {}, config: { path: './nowhere', dependsOn: [{ name: 'operator' }] }, ferry: { dependsOn: [{ name: 'config' }] } },
      CRD,
      BOAT,
    ),
  },
  refused: {
    'a CRD over one other': [
      clusterCase({ operator: {}, config: { dependsOn: [{ name: 'operator' }] }, ferry: { dependsOn: [{ name: 'config' }] } }, CRD, BOAT),
      `
      clusters/test/infrastructure.yaml: direct-edge (info)
        what   it needs Boat of flux-system/operator, and waits for it only over config
        where  Kustomization flux-system/ferry, spec.dependsOn
        why    the order holds only as long as nobody removes an edge of the others in between
        fix    add operator to dependsOn`,
    ],
    'a namespace over two others': [
      clusterCase(
        {
          operator: {},
          config: { dependsOn: [{ name: 'operator' }] },
          more: { dependsOn: [{ name: 'config' }] },
          ferry: { dependsOn: [{ name: 'more' }] },
        },
        CRD,
        NAMESPACE,
        BOAT.replace('namespace: default', 'namespace: operator'),
      ),
      `
      clusters/test/infrastructure.yaml: direct-edge (info)
        what   it needs Boat and namespace operator of flux-system/operator, and waits for it only over more -> config
        where  Kustomization flux-system/ferry, spec.dependsOn
        why    the order holds only as long as nobody removes an edge of the others in between
        fix    add operator to dependsOn`,
    ],
  },
});
