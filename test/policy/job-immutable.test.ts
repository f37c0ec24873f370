import { jobImmutable } from '../../src/policy/rules/job-immutable';
import { testRule, yaml } from '../support/rule-tester';

testRule(jobImmutable, {
  allowed: {
    'one that Flux makes anew': yaml`
      apiVersion: batch/v1
      kind: Job
      metadata: { name: ferry, namespace: ferry, annotations: { kustomize.toolkit.fluxcd.io/force: Enabled } }
      spec: { template: { spec: { containers: [{ name: ferry, image: 'ferry:1.2.3' }] } } }`,
    'one that is gone by then': yaml`
      apiVersion: batch/v1
      kind: Job
      metadata: { name: ferry, namespace: ferry }
      spec: { ttlSecondsAfterFinished: 600, template: { spec: { containers: [{ name: ferry, image: 'ferry:1.2.3' }] } } }`,
    'a CronJob, whose template may change': yaml`
      apiVersion: batch/v1
      kind: CronJob
      metadata: { name: ferry, namespace: ferry }`,
  },
  refused: {
    'an image that will change': [
      yaml`
      apiVersion: batch/v1
      kind: Job
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { containers: [{ name: ferry, image: 'ferry:1.2.3' }] } } }`,
      `
      namespaces/ferry/0.yaml: job-immutable (info)
        what   the pods of a Job cannot be changed, its image least of all
        where  Job ferry/ferry, spec.template
        why    the next image or value is refused as a change of an immutable field, and Flux applies nothing of that stage until the Job is deleted by hand
        fix    annotate it with kustomize.toolkit.fluxcd.io/force: enabled, so that Flux makes it anew`,
    ],
    'a variable in its environment': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substitute: { DOMAIN: example.org } } }
      ---
      apiVersion: batch/v1
      kind: Job
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { containers: [{ name: ferry, env: [{ name: HOST, value: 'ferry.\${DOMAIN}' }] }] } } }`,
      `
      namespaces/ferry/1.yaml: job-immutable (info)
        what   \${DOMAIN} in the pods of a Job, which cannot be changed
        where  Job ferry/ferry, spec.template.spec.containers[0].env[0].value
        why    the next image or value is refused as a change of an immutable field, and Flux applies nothing of that stage until the Job is deleted by hand
        fix    annotate it with kustomize.toolkit.fluxcd.io/force: enabled, so that Flux makes it anew`,
    ],
  },
});
