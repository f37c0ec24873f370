import { hpaReplicas } from '../../src/policy/rules/hpa-replicas';
import { testRule, yaml } from '../support/rule-tester';

testRule(hpaReplicas, {
  allowed: {
    'no replicas': yaml`
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: { name: ferry, namespace: ferry }
      spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ferry } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: {}`,
    'another workload of the same name': yaml`
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: { name: ferry, namespace: ferry }
      spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ferry } }
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: ferry, namespace: ferry }
      spec: { replicas: 3 }`,
    'a field that Flux is told to leave alone': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, ignore: [{ paths: [/spec/replicas], target: { kind: Deployment } }] }
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: { name: ferry, namespace: ferry }
      spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ferry } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { replicas: 2 }`,
  },
  refused: {
    'replicas beside an autoscaler': [
      yaml`
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: { name: ferry, namespace: ferry }
      spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ferry } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { replicas: 2 }`,
      `
      namespaces/ferry/1.yaml: hpa-replicas (warning)
        what   replicas: 2, and HorizontalPodAutoscaler ferry scales it
        where  Deployment ferry/ferry, spec.replicas
        why    at every interval Flux sets the number back: pods are killed under load, and started again
        fix    leave replicas out`,
    ],
    'replicas beside KEDA, whose target is a Deployment unless it says otherwise': [
      yaml`
      apiVersion: keda.sh/v1alpha1
      kind: ScaledObject
      metadata: { name: tide, namespace: ferry }
      spec: { scaleTargetRef: { name: ferry } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { replicas: 1 }`,
      `
      namespaces/ferry/1.yaml: hpa-replicas (warning)
        what   replicas: 1, and ScaledObject tide scales it
        where  Deployment ferry/ferry, spec.replicas
        why    at every interval Flux sets the number back: pods are killed under load, and started again
        fix    leave replicas out`,
    ],
  },
});
