import { remoteBase } from '../../src/policy/rules/remote-base';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const LIST = (...resources: readonly string[]) => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.map((one) => `  - ${one}`).join('\n')}`;

testRule(remoteBase, {
  allowed: {
    files: clusterCase({ ferry: {} }, LIST('config-map.yaml', '../harbour'), configMap('ferry'), configMap('harbour')),
    'a folder that is called like a host': clusterCase(
      { ferry: {} },
      LIST('github.com/web'),
      configMap('ferry/github.com/web'),
      LIST('config-map.yaml').replace('namespaces/ferry', 'namespaces/ferry/github.com/web'),
    ),
  },
  refused: {
    'a branch': [
      clusterCase({ ferry: {} }, LIST('https://user:secret@github.com/example/web//deploy')),
      `
      namespaces/ferry/kustomization.yaml:6: remote-base (warning)
        what   https://github.com/example/web//deploy is fetched at every build, in whatever version it has then
        where  resources[0]
        why    every reconcile needs the other server; when it is away, or changes what it serves, the cluster is what breaks
        fix    name a version (?ref=v1.2.3), or copy it into the repository`,
    ],
    'a version': [
      clusterCase({ ferry: {} }, LIST('config-map.yaml', 'github.com/example/web//deploy?ref=v1.2.3'), configMap('ferry')),
      `
      namespaces/ferry/kustomization.yaml:7: remote-base (warning)
        what   github.com/example/web//deploy?ref=v1.2.3 is fetched at every build
        where  resources[1]
        why    every reconcile needs the other server; when it is away, or changes what it serves, the cluster is what breaks
        fix    copy it into the repository, or let a GitRepository or OCIRepository of its own fetch it`,
    ],
    'the file of a release': [
      clusterCase({ ferry: {} }, LIST('https://example.org/releases/download/v1.2.3/install.yaml')),
      `
      namespaces/ferry/kustomization.yaml:6: remote-base (warning)
        what   https://example.org/releases/download/v1.2.3/install.yaml is fetched at every build
        where  resources[0]
        why    every reconcile needs the other server; when it is away, or changes what it serves, the cluster is what breaks
        fix    copy it into the repository, or let a GitRepository or OCIRepository of its own fetch it`,
    ],
  },
});
