import { restartAnnotations } from '../../src/policy/rules/restart-annotations';
import { testRule, yaml } from '../support/rule-tester';

testRule(restartAnnotations, {
  allowed: {
    'an annotation that says something': yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry, annotations: { deployed-at: pier } }
      spec: { template: { metadata: { annotations: { prometheus.io/scrape: "true", restart-policy: never } } } }`,
    'values that are no annotations of pods': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { timestamp: true, podAnnotations: { reloader.stakater.com/auto: "true" } } }`,
  },
  refused: {
    'what kubectl rollout restart leaves': [
      yaml`
      apiVersion: batch/v1
      kind: CronJob
      metadata: { name: ferry, namespace: ferry }
      spec: { jobTemplate: { spec: { template: { metadata: { annotations: { kubectl.kubernetes.io/restartedAt: "2026-01-01" } }, spec: { containers: [] } } } } }`,
      `
      namespaces/ferry/0.yaml: restart-annotations (info)
        what   the annotation kubectl.kubernetes.io/restartedAt on pods
        where  CronJob ferry/ferry, spec.jobTemplate.spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]
        why    each change of it restarts every replica, and the restart that kubectl wrote is repeated or undone at the next apply
        fix    remove it; for what reads a ConfigMap or Secret, an annotation of Reloader does the restart`,
    ],
    'a dummy among the values': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { controller: { podAnnotations: { rollme: "7" } } } }`,
      `
      namespaces/ferry/0.yaml: restart-annotations (info)
        what   the annotation rollme on pods
        where  HelmRelease ferry/ferry, spec.values.controller.podAnnotations.rollme
        why    each change of it restarts every replica, and the restart that kubectl wrote is repeated or undone at the next apply
        fix    remove it; for what reads a ConfigMap or Secret, an annotation of Reloader does the restart`,
    ],
  },
});
