import { imageTags } from '../../src/policy/rules/image-tags';
import { testRule, yaml } from '../support/rule-tester';

testRule(imageTags, {
  allowed: {
    'a tag, and a digest behind a port': yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec:
        template:
          spec:
            containers:
              - { name: ferry, image: 'registry.example.org/ferry:1.2.3' }
              - { name: pier, image: 'registry.example.org:5000/pier@sha256:0123' }`,
    'a value of a chart that is no image': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { channel: latest, tags: [latest] } }`,
  },
  refused: {
    'no tag, behind the port of a registry, and one that moves': [
      yaml`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: ferry, namespace: ferry }
      spec:
        template:
          spec:
            initContainers: [{ name: wait, image: 'busybox:latest' }]
            containers: [{ name: ferry, image: 'registry.example.org:5000/ferry' }]`,
      `
      namespaces/ferry/0.yaml: image-tags (info)
        what   busybox:latest and registry.example.org:5000/ferry: no tag, or one that moves
        where  Deployment ferry/ferry, spec.template.spec.initContainers[0].image
        why    two pods of one workload may run different images, and no commit says since when
        fix    state a tag that does not move, or a digest`,
    ],
    'among the values of a chart': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { web: { image: { repository: ferry, tag: latest } } } }`,
      `
      namespaces/ferry/0.yaml: image-tags (info)
        what   tag latest
        where  HelmRelease ferry/ferry, spec.values.web.image.tag
        why    two pods of one workload may run different images, and no commit says since when
        fix    state a tag that does not move, or a digest`,
    ],
  },
});
