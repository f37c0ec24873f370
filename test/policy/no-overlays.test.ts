import { noOverlays } from '../../src/policy/rules/no-overlays';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (path: string, resources: string) => `# ${path}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ${resources}`;
const MAP = (path: string) => `# ${path}/map.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: map, namespace: default }`;

testRule(noOverlays, {
  allowed: {
    'a folder of its own': clusterCase({ redis: {} }),
    'the folder of a neighbour': clusterCase(
      { ferry: {} },
      LIST('namespaces/ferry', '../harbour/policies'),
      LIST('namespaces/harbour/policies', 'map.yaml'),
      MAP('namespaces/harbour/policies'),
    ),
  },
  refused: {
    'a base': [
      clusterCase(
        { ferry: {} },
        LIST('namespaces/ferry', '../ferry-base/base'),
        LIST('namespaces/ferry-base/base', 'map.yaml'),
        MAP('namespaces/ferry-base/base'),
      ),
      `
      namespaces/ferry/kustomization.yaml:6: no-overlays (info)
        what   ../ferry-base/base is a base, and this its overlay
        where  resources
        why    what a cluster gets is then spread over base, overlay and Flux, and no one file says it
        fix    build the base, and put the difference into spec.patches or postBuild of the Flux Kustomization`,
    ],
    'an overlay': [
      clusterCase(
        { ferry: { path: './apps/overlays/north' } },
        LIST('apps/overlays/north', '../../base'),
        LIST('apps/base', 'map.yaml'),
        MAP('apps/base'),
      ),
      `
      clusters/test/infrastructure.yaml: no-overlays (info)
        what   apps/overlays/north is an overlay
        where  Kustomization flux-system/ferry, spec.path
        why    what a cluster gets is then spread over base, overlay and Flux, and no one file says it
        fix    build the base, and put the difference into spec.patches or postBuild`,
    ],
  },
});
