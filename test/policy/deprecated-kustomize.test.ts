import { deprecatedKustomize } from '../../src/policy/rules/deprecated-kustomize';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (fields: string) => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
${fields}`;

testRule(deprecatedKustomize, {
  allowed: {
    'what replaces them': clusterCase(
      { ferry: {} },
      LIST('resources: [config-map.yaml]\nlabels: [{ pairs: { app: a } }]\npatches: []'),
      configMap('ferry'),
    ),
    'metadata of the build that is harmless': clusterCase(
      { ferry: {} },
      LIST('resources: [config-map.yaml]\nbuildMetadata: [originAnnotations]'),
      configMap('ferry'),
    ),
  },
  refused: {
    commonLabels: [
      clusterCase({ ferry: {} }, LIST('resources:\n  - config-map.yaml\ncommonLabels:\n  app: ferry'), configMap('ferry')),
      `
      namespaces/ferry/kustomization.yaml:7: deprecated-kustomize (warning)
        what   commonLabels labels selectors too, which nobody can change later
        where  commonLabels
        why    the next major version of kustomize, and so some version of Flux, fails on it
        fix    write labels: with pairs, and includeSelectors: false`,
    ],
    'two at once': [
      clusterCase({ ferry: {} }, LIST('resources: [config-map.yaml]\nbases: []\npatchesStrategicMerge: []'), configMap('ferry')),
      `
      namespaces/ferry/kustomization.yaml:6: deprecated-kustomize (warning)
        what   bases is read as resources
        where  bases
        why    the next major version of kustomize, and so some version of Flux, fails on it
        fix    write resources:
      namespaces/ferry/kustomization.yaml:7: deprecated-kustomize (warning)
        what   patchesStrategicMerge is replaced by patches
        where  patchesStrategicMerge
        why    the next major version of kustomize, and so some version of Flux, fails on it
        fix    write patches: with path or patch`,
    ],
    managedByLabel: [
      clusterCase({ ferry: {} }, LIST('resources: [config-map.yaml]\nbuildMetadata: [managedByLabel]'), configMap('ferry')),
      `
      namespaces/ferry/kustomization.yaml:6: deprecated-kustomize (warning)
        what   managedByLabel adds a label whose value holds characters that a label may not have
        where  buildMetadata
        why    the API server refuses every object of the build
        fix    take managedByLabel out`,
    ],
  },
});
