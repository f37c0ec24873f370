import { nonManifestYaml } from '../../src/policy/rules/non-manifest-yaml';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const MAP = `# apps/map.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: map, namespace: default }`;
const VALUES = `# apps/values.yaml
replicas: 2`;

testRule(nonManifestYaml, {
  allowed: {
    'manifests only': clusterCase({ ferry: { path: './apps' } }, MAP),
    'a kustomization.yaml that leaves it out': clusterCase(
      { ferry: { path: './apps' } },
      MAP,
      VALUES,
      '# apps/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [map.yaml]',
    ),
    'a folder below with its own list': clusterCase(
      { ferry: { path: './apps' } },
      MAP.replace('apps/', 'apps/web/'),
      VALUES.replace('apps/', 'apps/web/'),
      '# apps/web/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [map.yaml]',
    ),
  },
  refused: {
    'values beside manifests': [
      clusterCase({ ferry: { path: './apps' } }, MAP, VALUES),
      `
      clusters/test/infrastructure.yaml: non-manifest-yaml
        what   apps/values.yaml is no Kubernetes object, and apps has no kustomization.yaml that leaves it out
        where  Kustomization flux-system/ferry, spec.path
        why    Flux takes every YAML file below it for a manifest: one that is none fails the whole build
        fix    write apps/kustomization.yaml, which lists the manifests`,
    ],
    'further down': [
      clusterCase({ ferry: { path: './apps' } }, MAP, VALUES.replace('apps/', 'apps/web/deeper/')),
      `
      clusters/test/infrastructure.yaml: non-manifest-yaml
        what   apps/web/deeper/values.yaml is no Kubernetes object, and apps has no kustomization.yaml that leaves it out
        where  Kustomization flux-system/ferry, spec.path
        why    Flux takes every YAML file below it for a manifest: one that is none fails the whole build
        fix    write apps/kustomization.yaml, which lists the manifests`,
    ],
  },
});
