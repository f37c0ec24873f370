import { emptyBuild } from '../../src/policy/rules/empty-build';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (fields: string) => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
${fields}`;

testRule(emptyBuild, {
  allowed: {
    'one object': clusterCase({ redis: {} }),
    'it could not be built': clusterCase({ ferry: { path: './apps', prune: true } }),
    'a misspelt field has a rule of its own': clusterCase(
      { ferry: { prune: true } },
      LIST('resource: [config-map.yaml]'),
      configMap('ferry'),
    ),
  },
  refused: {
    'nothing is listed': [
      clusterCase({ ferry: {} }, LIST('resources: []'), configMap('ferry')),
      `
      clusters/test/infrastructure.yaml: empty-build (warning)
        what   namespaces/ferry gives no object at all
        where  Kustomization flux-system/ferry, spec.path
        why    Flux calls it ready, so what depends on it starts without what it was meant to bring
        fix    list its manifests in namespaces/ferry/kustomization.yaml, or remove the Flux Kustomization`,
    ],
    'nothing is left, and prune': [
      clusterCase({ ferry: { prune: true, path: './docs' } }, '# docs/README.md\nnothing'),
      `
      clusters/test/infrastructure.yaml: empty-build
        what   docs gives no object at all
        where  Kustomization flux-system/ferry, spec.path
        why    Flux calls it ready, and with prune: true deletes everything that it applied before
        fix    put its manifests there, or remove the Flux Kustomization`,
    ],
  },
});
