import { ssaDuplicateKeys } from '../../src/policy/rules/ssa-duplicate-keys';
import { testRule, yaml } from '../support/rule-tester';

testRule(ssaDuplicateKeys, {
  allowed: {
    'one port for two protocols': yaml`
      apiVersion: v1
      kind: Service
      metadata: { name: ferry, namespace: ferry }
      spec: { ports: [{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53, protocol: TCP }] }`,
    'one name in two containers': yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec:
        template:
          spec:
            containers:
              - { name: ferry, env: [{ name: MODE, value: a }] }
              - { name: pier, env: [{ name: MODE, value: b }] }`,
    'a kind of others with the same fields': yaml`
      apiVersion: ferry.example.org/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { containers: [{ name: ferry, env: [{ name: MODE }, { name: MODE }] }] } } }`,
  },
  refused: {
    'a variable twice in the environment': [
      yaml`
      apiVersion: batch/v1
      kind: CronJob
      metadata: { name: ferry, namespace: ferry }
      spec:
        jobTemplate:
          spec:
            template:
              spec:
                containers: [{ name: ferry, env: [{ name: MODE, value: a }, { name: PORT, value: '1' }, { name: MODE, value: b }] }]`,
      `
      namespaces/ferry/0.yaml: ssa-duplicate-keys
        what   name MODE again, after env[0]
        where  CronJob ferry/ferry, spec.jobTemplate.spec.template.spec.containers[0].env[2]
        why    server-side apply refuses the object, and Flux applies nothing of that stage
        fix    keep one of the two`,
    ],
    'a port twice, once without its protocol': [
      yaml`
      apiVersion: v1
      kind: Service
      metadata: { name: ferry, namespace: ferry }
      spec: { ports: [{ name: web, port: 80 }, { name: http, port: 80, protocol: TCP }] }`,
      `
      namespaces/ferry/0.yaml: ssa-duplicate-keys
        what   port 80 and protocol TCP again, after ports[0]
        where  Service ferry/ferry, spec.ports[1]
        why    server-side apply refuses the object, and Flux applies nothing of that stage
        fix    keep one of the two`,
    ],
    'a volume twice': [
      yaml`
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: ferry, namespace: ferry }
      spec: { template: { spec: { volumes: [{ name: data }, { name: data, emptyDir: {} }] } } }`,
      `
      namespaces/ferry/0.yaml: ssa-duplicate-keys
        what   name data again, after volumes[0]
        where  StatefulSet ferry/ferry, spec.template.spec.volumes[1]
        why    server-side apply refuses the object, and Flux applies nothing of that stage
        fix    keep one of the two`,
    ],
  },
});
