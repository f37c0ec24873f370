import { fluxCrdInKustomizationYaml } from '../../src/policy/rules/flux-crd-in-kustomization-yaml';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const FLUX = (file: string) => `# ${file}
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: web, namespace: flux-system }
spec: { interval: 5m, path: ./namespaces/redis, sourceRef: { kind: GitRepository, name: flux-system } }`;
const LIST = `# namespaces/apps/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [web]`;

testRule(fluxCrdInKustomizationYaml, {
  allowed: {
    'another name': clusterCase({ redis: {}, apps: {} }, FLUX('namespaces/apps/ks.yaml')),
    'a file that nothing builds': clusterCase({ redis: {} }, FLUX('namespaces/harbour/web/kustomization.yaml')),
  },
  refused: {
    'at the path of another': [
      clusterCase({ redis: {}, apps: {} }, FLUX('namespaces/apps/kustomization.yaml')),
      `
      namespaces/apps/kustomization.yaml:3: flux-crd-in-kustomization-yaml
        what   a Flux Kustomization in a file that kustomize takes for its own, at the path of flux-system/apps
        where  apiVersion
        why    kustomize reads a file of that name as one of its own: at spec.path its fields are dropped, and further down the build fails
        fix    give the file another name, ks.yaml, and list that in a kustomization.yaml of apiVersion kustomize.config.k8s.io/v1beta1`,
    ],
    'further down': [
      clusterCase({ redis: {}, apps: {} }, LIST, FLUX('namespaces/apps/web/kustomization.yaml')),
      `
      namespaces/apps/web/kustomization.yaml:3: flux-crd-in-kustomization-yaml
        what   a Flux Kustomization in a file that kustomize takes for its own
        where  apiVersion
        why    kustomize reads a file of that name as one of its own: at spec.path its fields are dropped, and further down the build fails
        fix    give the file another name, ks.yaml, and list that in a kustomization.yaml of apiVersion kustomize.config.k8s.io/v1beta1`,
    ],
  },
});
