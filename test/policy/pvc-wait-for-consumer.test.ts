import { pvcWaitForConsumer } from '../../src/policy/rules/pvc-wait-for-consumer';
import { testRule, yaml } from '../support/rule-tester';

testRule(pvcWaitForConsumer, {
  allowed: {
    'a class that binds at once': yaml`
      # namespaces/ferry/class.yaml
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: { name: late }
      volumeBindingMode: Immediate
      ---
      # namespaces/ferry/claim.yaml
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data, namespace: ferry }
      spec: { storageClassName: late }`,
    'mounted in the same Flux Kustomization': yaml`
      # namespaces/ferry/class.yaml
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: { name: late }
      volumeBindingMode: WaitForFirstConsumer
      ---
      # namespaces/ferry/claim.yaml
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data, namespace: ferry }
      spec: { storageClassName: late }
      ---
      # namespaces/ferry/deployment.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } } }`,
    'mounted by one that does not wait for it': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier }
      ---
      # namespaces/ferry/class.yaml
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: { name: late }
      volumeBindingMode: WaitForFirstConsumer
      ---
      # namespaces/ferry/claim.yaml
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data, namespace: ferry }
      spec: { storageClassName: late }
      ---
      # namespaces/pier/deployment.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } } }`,
    'named among the values of a release beside it': yaml`
      # namespaces/ferry/claim.yaml
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data, namespace: ferry }
      spec: { storageClassName: local-path }
      ---
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { persistence: { data: { existingClaim: data } } } }`,
    'nobody waits': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: false }
      ---
      # namespaces/ferry/claim.yaml
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data, namespace: ferry }
      spec: { storageClassName: local-path }`,
  },
  refused: {
    'no pod anywhere': [
      yaml`
      # namespaces/ferry/claim.yaml
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data, namespace: ferry }
      spec: { storageClassName: local-path }`,
      `
      namespaces/ferry/claim.yaml: pvc-wait-for-consumer
        what   class local-path waits for a pod, and no pod that flux-system/ferry does not hold back mounts the claim
        where  PersistentVolumeClaim ferry/data, spec.storageClassName
        why    the claim is bound only when a pod mounts it: the Flux Kustomization waits for the claim, and the pod for the Flux Kustomization
        fix    apply the workload from flux-system/ferry too, or set wait: false there`,
    ],
    'mounted by one that waits for it': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, wait: true }
      ---
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: pier, namespace: flux-system }
      spec: { path: ./namespaces/pier, dependsOn: [{ name: ferry }] }
      ---
      # namespaces/ferry/class.yaml
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: { name: late }
      volumeBindingMode: WaitForFirstConsumer
      ---
      # namespaces/ferry/claim.yaml
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data, namespace: ferry }
      spec: { storageClassName: late }
      ---
      # namespaces/pier/deployment.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }] } } }`,
      `
      namespaces/ferry/claim.yaml: pvc-wait-for-consumer
        what   class late waits for a pod, and no pod that flux-system/ferry does not hold back mounts the claim
        where  PersistentVolumeClaim ferry/data, spec.storageClassName
        why    the claim is bound only when a pod mounts it: the Flux Kustomization waits for the claim, and the pod for the Flux Kustomization
        fix    apply the workload from flux-system/ferry too, or set wait: false there`,
    ],
  },
});
