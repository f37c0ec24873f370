import { rootSweep } from '../../src/policy/rules/root-sweep';
import { testRule } from '../support/rule-tester';

/*
 * The tester writes a kustomization.yaml for clusters/test, so the root here builds another folder.
 */
const SYNC = `# clusters/test/flux-system/gotk-sync.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: "ssh://git@example.org/infra.git", ref: { branch: main } }
---
# clusters/test/flux-system/gotk-sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./fleet, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }`;
const FERRY = `# fleet/ferry.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ferry, namespace: flux-system }
spec: { interval: 5m, wait: true, path: ./fleet/ferry, sourceRef: { kind: GitRepository, name: flux-system } }`;
const OPERATOR = FERRY.replaceAll('ferry', 'operator').replace('./fleet/operator', './namespaces/operator');
const CRD = `# namespaces/operator/crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.example.org }
spec: { group: example.org, names: { kind: Boat, plural: boats }, scope: Namespaced, versions: [] }`;
const BOAT = `# fleet/boats/boat.yaml
apiVersion: example.org/v1
kind: Boat
metadata: { name: ferry, namespace: default }`;
const SERVICE = `# fleet/ferry/service.yaml
apiVersion: v1
kind: Service
metadata: { name: ferry, namespace: default }`;
const LIST = `# fleet/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [operator.yaml]`;

const all = (...documents: readonly string[]) => documents.join('\n---\n');

testRule(rootSweep, {
  allowed: {
    'Flux Kustomizations, ConfigMaps and Secrets': all(
      SYNC,
      OPERATOR,
      CRD,
      '# fleet/config.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: config, namespace: flux-system }',
    ),
    'a list leaves the rest out': all(SYNC, OPERATOR, CRD, BOAT, LIST),
  },
  refused: {
    'a kind whose CRD comes later': [
      all(SYNC, OPERATOR, CRD, BOAT),
      `
      clusters/test/flux-system/gotk-sync.yaml: root-sweep
        what   the root sweeps up Boat default/ferry (fleet/boats/boat.yaml), whose CRDs are not there when it begins
        where  Kustomization flux-system/flux-system, spec.path, in fleet
        why    the root applies all or nothing: the Flux Kustomizations that would bring the CRDs are not created either
        fix    write fleet/kustomization.yaml with what the root is to apply`,
    ],
    'what another Flux Kustomization applies': [
      all(SYNC, FERRY, SERVICE),
      `
      clusters/test/flux-system/gotk-sync.yaml: root-sweep
        what   the root sweeps up Service default/ferry (fleet/ferry/service.yaml), which a Flux Kustomization below it applies too
        where  Kustomization flux-system/flux-system, spec.path, in fleet
        why    without it every YAML file below is applied by the root: one that the cluster cannot take yet keeps all of them from being applied
        fix    write fleet/kustomization.yaml with what the root is to apply`,
    ],
    'something that it could apply': [
      all(SYNC, OPERATOR, CRD, SERVICE),
      `
      clusters/test/flux-system/gotk-sync.yaml: root-sweep (warning)
        what   the root sweeps up Service default/ferry (fleet/ferry/service.yaml)
        where  Kustomization flux-system/flux-system, spec.path, in fleet
        why    without it every YAML file below is applied by the root: one that the cluster cannot take yet keeps all of them from being applied
        fix    write fleet/kustomization.yaml with what the root is to apply`,
    ],
  },
});
