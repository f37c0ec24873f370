import { pathExists } from '../../src/policy/rules/path-exists';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const SYNC = `# clusters/test/flux-system/gotk-sync.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "ssh://git@example.org/infra.git", ref: { branch: main }, ignore: "/namespaces/redis" }
---
# clusters/test/flux-system/gotk-sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/test, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }`;

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
    'a folder that the source leaves out': [
      clusterCase({ redis: {} }, SYNC),
      `
      clusters/test/infrastructure.yaml: path-exists
        what   the source leaves out namespaces/redis
        where  Kustomization flux-system/redis, spec.path
        why    Flux reports ArtifactFailed at every retry, and nothing of it is applied
        fix    take it out of spec.ignore and .sourceignore of the source`,
    ],
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
