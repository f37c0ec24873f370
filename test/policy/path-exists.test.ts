import { pathExists } from '../../src/policy/rules/path-exists';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

testRule(pathExists, {
  allowed: {
    'a folder': clusterCase({ redis: {} }),
    'a folder without anything for Flux': clusterCase(
      { redis: { path: './namespaces/ferry/empty' } },
      configMap('ferry'),
      '# namespaces/ferry/empty/README.md\nnothing',
    ),
  },
  refused: {
    'a step misspelt': [
      clusterCase({ ferry: { path: './namepsaces/redis/config' } }, configMap('redis').replace('redis/', 'redis/config/')),
      `
      clusters/test/infrastructure.yaml: path-exists
        what   there is no folder namepsaces/redis/config
        where  Kustomization flux-system/ferry, spec.path
        why    Flux reports ArtifactFailed at every retry, and nothing of it is applied
        fix    did you mean ./namespaces/redis/config?`,
    ],
    'nowhere near': [
      clusterCase({ ferry: { path: './apps' } }),
      `
      clusters/test/infrastructure.yaml: path-exists
        what   there is no folder apps
        where  Kustomization flux-system/ferry, spec.path
        why    Flux reports ArtifactFailed at every retry, and nothing of it is applied
        fix    correct it; it begins at the root of the source`,
    ],
  },
});
