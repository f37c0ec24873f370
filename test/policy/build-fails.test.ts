import { buildFails } from '../../src/policy/rules/build-fails';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (resources: string) => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: ${resources}`;

testRule(buildFails, {
  allowed: {
    'it builds': clusterCase({ redis: {} }),
    'a path that is not there has a rule of its own': clusterCase({ ferry: { path: './apps' } }),
  },
  refused: {
    'a file that is not there': [
      clusterCase({ ferry: {} }, LIST('[config-map.yaml, gone.yaml]'), configMap('ferry')),
      `
      clusters/test/infrastructure.yaml: build-fails
        what   namespaces/ferry/kustomization.yaml: there is no gone.yaml
        where  Kustomization flux-system/ferry, spec.path
        why    Flux reports BuildFailed, and nothing of it is applied; what depends on it waits
        fix    correct namespaces/ferry/kustomization.yaml`,
    ],
    'what is not done here': [
      clusterCase({ ferry: {} }, LIST('["https://example.org/releases/download/v1.2.3/install.yaml"]')),
      `
      clusters/test/infrastructure.yaml: build-fails (info)
        what   not checked: namespaces/ferry/kustomization.yaml: https://example.org/releases/download/v1.2.3/install.yaml is in another repository, or on the web: it is not fetched
        where  Kustomization flux-system/ferry, spec.path
        why    nothing is known of what it applies, so nothing is said of it
        fix    build it with Flux: flux build kustomization`,
    ],
    'another repository': [
      clusterCase({ ferry: { sourceRef: { kind: 'GitRepository', name: 'charts' } } }, configMap('ferry')),
      `
      clusters/test/infrastructure.yaml: build-fails (info)
        what   not checked: it builds GitRepository flux-system/charts, which is another repository
        where  Kustomization flux-system/ferry, spec.path
        why    nothing is known of what it applies, so nothing is said of it
        fix    check the repository that it comes from by itself`,
    ],
  },
});
