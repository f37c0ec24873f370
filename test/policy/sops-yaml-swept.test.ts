import { sopsYamlSwept } from '../../src/policy/rules/sops-yaml-swept';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const MAP = `# apps/map.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: map, namespace: default }`;
const SOPS = `# apps/.sops.yaml
creation_rules: [{ age: age1example }]`;
const SYNC = (ignore: string) => `# clusters/test/flux-system/gotk-sync.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "ssh://git@example.org/infra.git", ref: { branch: main }${ignore} }
---
# clusters/test/flux-system/gotk-sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/test, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }`;

testRule(sopsYamlSwept, {
  allowed: {
    'no rules of its own': clusterCase({ ferry: { path: './apps' } }, MAP, SOPS, SYNC('')),
    'rules that name it': clusterCase({ ferry: { path: './apps' } }, MAP, SOPS, SYNC(', ignore: "docs/\\n.sops.yaml\\n"')),
  },
  refused: {
    'rules that forget it': [
      clusterCase({ ferry: { path: './apps' } }, MAP, SOPS, SYNC(', ignore: "docs/\\n"')),
      `
      clusters/test/flux-system/gotk-sync.yaml: sops-yaml-swept
        what   spec.ignore does not name apps/.sops.yaml, which flux-system/ferry then takes for a manifest
        where  GitRepository flux-system/flux-system, spec.ignore
        why    they are swept up with the manifests of a folder that has no kustomization.yaml, and fail its build
        fix    add apps/.sops.yaml to it: rules of your own take the place of the rules that hide such files`,
    ],
    'a file of CI': [
      clusterCase({ ferry: { path: './apps' } }, MAP, SOPS.replace('.sops.yaml', '.drone.yml'), SYNC(', ignore: "docs/\\n"')),
      `
      clusters/test/flux-system/gotk-sync.yaml: sops-yaml-swept
        what   spec.ignore does not name apps/.drone.yml, which flux-system/ferry then takes for a manifest
        where  GitRepository flux-system/flux-system, spec.ignore
        why    they are swept up with the manifests of a folder that has no kustomization.yaml, and fail its build
        fix    add apps/.drone.yml to it: rules of your own take the place of the rules that hide such files`,
    ],
  },
});
