import { unlistedFile } from '../../src/policy/rules/unlisted-file';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (fields: string) => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
${fields}`;
const SERVICE = `# namespaces/ferry/service.yaml
apiVersion: v1
kind: Service
metadata: { name: ferry, namespace: default }`;

testRule(unlistedFile, {
  allowed: {
    'all are listed': clusterCase({ ferry: {} }, configMap('ferry'), SERVICE),
    'a file that is no manifest, and a template': clusterCase(
      { ferry: {} },
      LIST('resources: [config-map.yaml]'),
      configMap('ferry'),
      '# namespaces/ferry/values.yaml\nreplicas: 2',
      SERVICE.replace('service.yaml', 'service.template.yaml'),
    ),
    'something makes Flux Kustomizations at run time': clusterCase(
      { ferry: {}, sets: {} },
      LIST('resources: [config-map.yaml]'),
      configMap('ferry'),
      SERVICE,
      '# namespaces/sets/set.yaml\napiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: apps, namespace: flux-system }',
    ),
    'it could not be built': clusterCase({ ferry: {} }, LIST('resources: [gone.yaml]'), SERVICE),
  },
  refused: {
    'left out': [
      clusterCase({ ferry: {} }, LIST('resources: [config-map.yaml]'), configMap('ferry'), SERVICE),
      `
      namespaces/ferry/service.yaml: unlisted-file (warning)
        what   no Flux Kustomization applies it
        where  namespaces/ferry/service.yaml
        why    it looks like a part of the cluster, and is none: what it was meant to bring is not there
        fix    list it in namespaces/ferry/kustomization.yaml, or remove it`,
    ],
    'in a comment': [
      clusterCase({ ferry: {} }, LIST('resources:\n  - config-map.yaml\n  # - service.yaml'), configMap('ferry'), SERVICE),
      `
      namespaces/ferry/service.yaml: unlisted-file (info)
        what   kustomization.yaml has it in a comment only
        where  namespaces/ferry/service.yaml
        why    it looks like a part of the cluster, and is none: what it was meant to bring is not there
        fix    list it in namespaces/ferry/kustomization.yaml, or remove it`,
    ],
  },
});
