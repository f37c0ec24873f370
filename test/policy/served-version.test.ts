import { servedVersion } from '../../src/policy/rules/served-version';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'the API server knows no such kind: the dry run fails, and Flux applies nothing of that stage';

testRule(servedVersion, {
  allowed: {
    'versions that are served': yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      ---
      apiVersion: gateway.networking.k8s.io/v1beta1
      kind: ReferenceGrant
      metadata: { name: ferry, namespace: ferry }
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }`,
    'a group of which nothing is known': yaml`
      apiVersion: example.org/v1
      kind: Berth
      metadata: { name: ferry, namespace: ferry }`,
    'a kind that a known group has besides': yaml`
      apiVersion: kyverno.io/v1
      kind: Policy
      metadata: { name: ferry, namespace: ferry }`,
  },
  refused: {
    'a version of Flux that is gone': [
      yaml`
      apiVersion: helm.toolkit.fluxcd.io/v2beta2
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry/0.yaml: served-version
        what   helm.toolkit.fluxcd.io/v2beta2 HelmRelease is not served
        where  HelmRelease ferry/ferry, apiVersion
        why    ${WHY}
        fix    write apiVersion: helm.toolkit.fluxcd.io/v2`,
    ],
    'versions and a kind of Kubernetes that are gone': [
      yaml`
      apiVersion: batch/v1beta1
      kind: CronJob
      metadata: { name: ferry, namespace: ferry }
      ---
      apiVersion: policy/v1beta1
      kind: PodSecurityPolicy
      metadata: { name: ferry }
      ---
      apiVersion: autoscaling/v2beta2
      kind: HorizontalPodAutoscaler
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry/0.yaml: served-version
        what   batch/v1beta1 CronJob is not served
        where  CronJob ferry/ferry, apiVersion
        why    ${WHY}
        fix    write apiVersion: batch/v1
      namespaces/ferry/1.yaml: served-version
        what   policy/v1beta1 has no kind PodSecurityPolicy
        where  PodSecurityPolicy ferry, apiVersion
        why    ${WHY}
        fix    write the apiVersion and kind that took its place
      namespaces/ferry/2.yaml: served-version
        what   autoscaling/v2beta2 HorizontalPodAutoscaler is not served
        where  HorizontalPodAutoscaler ferry/ferry, apiVersion
        why    ${WHY}
        fix    write apiVersion: autoscaling/v2`,
    ],
    'a misspelt kind of Kubernetes': [
      yaml`
      apiVersion: apps/v1
      kind: Deploymnet
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry/0.yaml: served-version
        what   apps/v1 has no kind Deploymnet
        where  Deploymnet ferry/ferry, apiVersion
        why    ${WHY}
        fix    write kind: Deployment`,
    ],
    'versions that may be newer than what is pinned': [
      yaml`
      apiVersion: cilium.io/v2
      kind: CiliumLoadBalancerIPPool
      metadata: { name: ferry }
      ---
      apiVersion: scheduling.k8s.io/v1alpha1
      kind: Workload
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry/0.yaml: served-version (warning)
        what   cilium.io/v2 CiliumLoadBalancerIPPool is not served
        where  CiliumLoadBalancerIPPool ferry, apiVersion
        why    the release that imports/sources.yaml pins does not serve it: in a cluster of that release the dry run fails
        fix    write apiVersion: cilium.io/v2alpha1
      namespaces/ferry/1.yaml: served-version (warning)
        what   scheduling.k8s.io/v1alpha1 has no kind Workload
        where  Workload ferry/ferry, apiVersion
        why    the release that imports/sources.yaml pins does not serve it: in a cluster of that release the dry run fails
        fix    write the apiVersion and kind that took its place`,
    ],
  },
});
