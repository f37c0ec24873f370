import { kustomizationTypo } from '../../src/policy/rules/kustomization-typo';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (fields: string, folder = 'ferry') => `# namespaces/${folder}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
${fields}`;

testRule(kustomizationTypo, {
  allowed: {
    'every field is known': clusterCase(
      { ferry: {} },
      LIST(`resources: [config-map.yaml]
patches: [{ patch: '{}', target: { kind: ConfigMap, labelSelector: a=b } }]
configMapGenerator: [{ name: a, literals: [b=c], options: { disableNameSuffixHash: true } }]`),
      configMap('ferry'),
    ),
    'Flux does not mind the case': clusterCase({ ferry: {} }, LIST('Resources: [config-map.yaml]'), configMap('ferry')),
    'labels may be called anything': clusterCase(
      { ferry: {} },
      LIST('labels: [{ pairs: { resource: a } }]\nresources: [config-map.yaml]'),
      configMap('ferry'),
    ),
    'a file that no Flux Kustomization builds': clusterCase({ ferry: {} }, configMap('ferry'), LIST('resource: []', 'harbour')),
  },
  refused: {
    resource: [
      clusterCase({ ferry: {} }, LIST('resource:\n  - config-map.yaml'), configMap('ferry')),
      `
      namespaces/ferry/kustomization.yaml:5: kustomization-typo
        what   kustomize has no field resource
        where  resource
        why    at spec.path Flux leaves it out without a word: what it lists is not applied, and with prune: true deleted
        fix    did you mean resources?`,
    ],
    'a field of a target': [
      clusterCase(
        { ferry: {} },
        LIST(`resources: [config-map.yaml]\npatches:\n  - patch: '{}'\n    tagret: { kind: ConfigMap }`),
        configMap('ferry'),
      ),
      `
      namespaces/ferry/kustomization.yaml:8: kustomization-typo
        what   kustomize has no field patches[0].tagret
        where  patches[0].tagret
        why    at spec.path Flux leaves it out without a word: what it lists is not applied, and with prune: true deleted
        fix    did you mean target?`,
    ],
    'one that is like no other': [
      clusterCase({ ferry: {} }, LIST('resources: [config-map.yaml]\nowner: platform'), configMap('ferry')),
      `
      namespaces/ferry/kustomization.yaml:6: kustomization-typo (warning)
        what   kustomize has no field owner
        where  owner
        why    at spec.path Flux leaves it out without a word: what it lists is not applied, and with prune: true deleted
        fix    remove it`,
    ],
  },
});
