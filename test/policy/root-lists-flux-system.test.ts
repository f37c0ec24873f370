import { rootListsFluxSystem } from '../../src/policy/rules/root-lists-flux-system';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (path: string, resources: string) => `# ${path}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: ${resources}`;
const COMPONENTS = `# clusters/test/flux-system/gotk-components.yaml
apiVersion: v1
kind: Namespace
metadata: { name: flux-system }`;

testRule(rootListsFluxSystem, {
  allowed: {
    listed: clusterCase({ redis: {} }, LIST('clusters/test', '[flux-system, infrastructure.yaml]'), COMPONENTS),
    'another Flux Kustomization applies it': clusterCase(
      { redis: {}, flux: { path: './clusters/test/flux-system' } },
      LIST('clusters/test', '[infrastructure.yaml]'),
      COMPONENTS,
    ),
    'components without an object': clusterCase(
      { redis: {} },
      LIST('clusters/test/flux-system', '[gotk-sync.yaml]'),
      '# clusters/test/flux-system/gotk-components.yaml\n# later',
    ),
  },
  refused: {
    'not the folder': [
      clusterCase({ redis: {} }, LIST('clusters/test', '[infrastructure.yaml]'), COMPONENTS),
      `
      clusters/test/kustomization.yaml: root-lists-flux-system
        what   flux-system/gotk-components.yaml and gotk-sync.yaml are not listed
        where  resources
        why    with prune: true the root deletes the Flux controllers, their CRDs, and so every Flux object
        fix    list flux-system`,
    ],
    'not the components': [
      clusterCase({ redis: {} }, LIST('clusters/test/flux-system', '[gotk-sync.yaml]'), COMPONENTS),
      `
      clusters/test/flux-system/kustomization.yaml: root-lists-flux-system
        what   flux-system/gotk-components.yaml is not listed
        where  resources
        why    with prune: true the root deletes the Flux controllers, their CRDs, and so every Flux object
        fix    list gotk-components.yaml`,
    ],
  },
});
