import { deadFolder } from '../../src/policy/rules/dead-folder';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

testRule(deadFolder, {
  allowed: {
    'all are built': clusterCase({ redis: {}, ferry: {} }),
    'folders at the root of the repository': clusterCase({ redis: {} }, configMap('ferry').replace('namespaces/ferry', 'lab/ferry')),
    'a folder that is set aside by its name': clusterCase({ redis: {} }, configMap('archive/ferry')),
  },
  refused: {
    'a folder beside those that are built': [
      clusterCase({ redis: {} }, configMap('ferry')),
      `
      namespaces/ferry: dead-folder (warning)
        what   no Flux Kustomization applies 2 files of manifests in ferry, though one applies redis beside it
        where  namespaces/ferry
        why    it looks like a part of the cluster, and is none: what it was meant to bring is not there
        fix    name ./namespaces/ferry in a Flux Kustomization, or remove it`,
    ],
    'several files in a folder of folders': [
      clusterCase({ redis: {} }, configMap('harbour/ferry'), configMap('harbour/crane'), configMap('harbour')),
      `
      namespaces/harbour: dead-folder (warning)
        what   no Flux Kustomization applies 4 files of manifests in harbour, though one applies redis beside it
        where  namespaces/harbour
        why    it looks like a part of the cluster, and is none: what it was meant to bring is not there
        fix    name ./namespaces/harbour in a Flux Kustomization, or remove it`,
    ],
  },
});
