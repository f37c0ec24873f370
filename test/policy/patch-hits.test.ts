import { patchHits } from '../../src/policy/rules/patch-hits';
import { DEPLOYMENT, patched, RELEASE } from '../support/patches';
import { testRule } from '../support/rule-tester';

const WHY = 'the cluster runs without the change, and nothing says so';
const SAME = 'whoever reads it takes it for a difference, and it stays when what it repeats is changed';

const SET = (path: string, value: string): string => `'[{ "op": "replace", "path": "${path}", "value": "${value}" }]'`;

/** Two Flux Kustomizations, to each of which the root gives one patch for every release; `kind` is what it is for. */
const GIVEN = (kind: string): string => `# clusters/test/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [flux-system, infrastructure.yaml]
patches:
  - target: { kind: Kustomization, name: ferry|harbour }
    patch: |
      - op: add
        path: /spec/patches
        value: [{ target: { kind: ${kind} }, patch: '[{ "op": "add", "path": "/spec/interval", "value": "2h" }]' }]
---
# clusters/test/infrastructure.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ferry, namespace: flux-system }
spec: { path: ./namespaces/ferry, interval: 5m, prune: false, sourceRef: { kind: GitRepository, name: flux-system } }
---
# clusters/test/infrastructure.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbour, namespace: flux-system }
spec: { path: ./namespaces/harbour, interval: 5m, prune: false, sourceRef: { kind: GitRepository, name: flux-system } }
---
# namespaces/ferry/release.yaml
${RELEASE}---
# namespaces/harbour/deployment.yaml
${DEPLOYMENT}`;

testRule(patchHits, {
  allowed: {
    'a patch that changes something': patched(
      `{ target: { kind: HelmRelease, name: f.* }, patch: ${SET('/spec/interval', '2h')} }`,
      RELEASE,
    ),
    'a patch that deletes': patched(
      "{ target: { kind: HelmRelease }, patch: '{ $patch: delete, apiVersion: a/v1, kind: A, metadata: { name: a } }' }",
      `${RELEASE}---\n${DEPLOYMENT}`,
    ),
    'a patch that only tests': patched(
      "{ target: { kind: HelmRelease }, patch: '- { op: test, path: /spec/interval, value: 1h }' }",
      RELEASE,
    ),
    'a folder that flux bootstrap fills later': `# clusters/test/flux-system/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [gotk-components.yaml, gotk-sync.yaml]
patches: [{ target: { kind: Deployment }, patch: '- { op: add, path: /spec/paused, value: true }' }]
---
# clusters/test/flux-system/gotk-components.yaml
# flux bootstrap writes it
---
# namespaces/ferry/release.yaml
${RELEASE}`,
    'a patch that the parent gives to all, though some have nothing for it': GIVEN('HelmRelease'),
  },
  refused: {
    'a misspelt name': [
      patched(`{ target: { kind: HelmRelease, name: fery }, patch: ${SET('/spec/interval', '2h')} }`, RELEASE),
      `
      clusters/test/infrastructure.yaml: patch-hits
        what   a patch for HelmRelease fery, which selects nothing
        where  Kustomization flux-system/ferry, spec.patches[0].target
        why    ${WHY}
        fix    there is ferry: correct the target, or remove the patch`,
    ],
    'the beginning of a name, another namespace and another kind': [
      patched(
        `{ target: { kind: HelmRelease, name: fer }, patch: ${SET('/spec/interval', '2h')} }, { target: { kind: HelmRelease, name: ferry, namespace: default }, patch: ${SET('/spec/interval', '2h')} }, { target: { kind: HelmReleases }, patch: ${SET('/spec/interval', '2h')} }`,
        RELEASE,
      ),
      `
      clusters/test/infrastructure.yaml: patch-hits
        what   a patch for HelmRelease fer, which selects nothing
        where  Kustomization flux-system/ferry, spec.patches[0].target
        why    ${WHY}
        fix    a name has to fit whole: fer.* would select ferry; correct the target, or remove the patch
      clusters/test/infrastructure.yaml: patch-hits
        what   a patch for HelmRelease default/ferry, which selects nothing
        where  Kustomization flux-system/ferry, spec.patches[1].target
        why    ${WHY}
        fix    ferry is built, of another namespace, group or version, or with other labels: correct the target, or remove the patch
      clusters/test/infrastructure.yaml: patch-hits
        what   a patch for HelmReleases, which selects nothing
        where  Kustomization flux-system/ferry, spec.patches[2].target
        why    ${WHY}
        fix    there is a HelmRelease: correct the target, or remove the patch`,
    ],
    'what stands there already, in a kustomization.yaml': [
      `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [release.yaml]
patches: [{ target: { kind: HelmRelease }, patch: ${SET('/spec/interval', '1h')} }]
---
# namespaces/ferry/release.yaml
${RELEASE}`,
      `
      namespaces/ferry/kustomization.yaml: patch-hits (warning)
        what   a patch that leaves HelmRelease ferry/ferry as it was
        where  patches[0]
        why    ${SAME}
        fix    remove it, or change what it says`,
    ],
    'a patch that the parent gives to all, and none has anything for it': [
      GIVEN('StatefulSet'),
      `
      clusters/test/infrastructure.yaml: patch-hits (warning)
        what   a patch for StatefulSet, which selects nothing in any of 2 builds
        where  Kustomization flux-system/ferry, spec.patches[0].target
        why    ${WHY}
        fix    nothing of kind StatefulSet is built: correct the target, or remove the patch`,
    ],
  },
});
