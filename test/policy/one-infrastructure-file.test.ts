import { oneInfrastructureFile } from '../../src/policy/rules/one-infrastructure-file';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const CHILD = (file: string) => `# ${file}
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec: { interval: 5m, path: ./namespaces/redis, sourceRef: { kind: GitRepository, name: flux-system } }`;

testRule(oneInfrastructureFile, {
  allowed: {
    'all in one file': clusterCase({ redis: {} }, CHILD('clusters/test/infrastructure.yaml')),
    'a repository of another layout': clusterCase({ redis: {} }).replaceAll('test/infrastructure.yaml', 'test/ks.yaml'),
  },
  refused: {
    'another file of the cluster': [
      clusterCase({ redis: {} }, CHILD('clusters/test/more.yaml')),
      `
      clusters/test/more.yaml: one-infrastructure-file (info)
        what   a Flux Kustomization outside clusters/test/infrastructure.yaml
        where  Kustomization flux-system/web
        why    the order of the bootstrap can be read in one place only as long as there is one place
        fix    move it to clusters/test/infrastructure.yaml`,
    ],
    'beside the component': [
      clusterCase({ redis: {}, apps: {} }, CHILD('namespaces/apps/ks.yaml')),
      `
      namespaces/apps/ks.yaml: one-infrastructure-file (info)
        what   a Flux Kustomization outside clusters/test/infrastructure.yaml
        where  Kustomization flux-system/web
        why    the order of the bootstrap can be read in one place only as long as there is one place
        fix    move it to clusters/test/infrastructure.yaml`,
    ],
  },
});
