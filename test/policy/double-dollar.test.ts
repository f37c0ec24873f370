import { doubleDollar } from '../../src/policy/rules/double-dollar';
import { testRule, yaml } from '../support/rule-tester';

testRule(doubleDollar, {
  allowed: {
    'an escaped brace, and two dollars that somebody meant': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '$\${HOME}', b: '$$$$' }`,
    'nothing is substituted': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: 'kill $$' }`,
    'an object that is left alone': yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry, labels: { kustomize.toolkit.fluxcd.io/substitute: disabled } }
      data: { a: 'kill $$' }`,
  },
  refused: {
    'the number of a process': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: 'echo $$ > /run/ferry.pid', b: 'rm /tmp/ferry.$$.log' }`,
      `
      namespaces/ferry/config-map.yaml: double-dollar
        what   "echo $$ > /run/ferry.pid" becomes "echo $ > /run/ferry.pid", here and in 1 other place
        where  ConfigMap ferry/ferry, data.a
        why    Flux makes one dollar of two: a shell reads another variable, a hash of a password is another one, $$(NAME) is expanded
        fix    write $ where one dollar is meant, $$$$ where two are, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled`,
    ],
    'an escape that nobody needs': [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: '$$NAME and $$(NAME)' }`,
      `
      namespaces/ferry/config-map.yaml: double-dollar (warning)
        what   "$$NAME and $$(NAME)" becomes "$NAME and $(NAME)", here and in 1 other place
        where  ConfigMap ferry/ferry, data.a
        why    Flux makes one dollar of two, and a dollar without a brace needs no escape: whoever reads the file expects two
        fix    write $ where one dollar is meant, $$$$ where two are, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled`,
    ],
    three: [
      yaml`
      # clusters/test/infrastructure.yaml
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: { name: ferry, namespace: flux-system }
      spec: { path: ./namespaces/ferry, postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster-config }] } }
      ---
      # clusters/test/cluster-config.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: cluster-config, namespace: flux-system }
      data: { DOMAIN: example.org }
      ---
      # namespaces/ferry/config-map.yaml
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: ferry, namespace: ferry }
      data: { a: 'a$$$b' }`,
      `
      namespaces/ferry/config-map.yaml: double-dollar
        what   "a$$$b" becomes "a$$b"
        where  ConfigMap ferry/ferry, data.a
        why    Flux makes one dollar of two: a shell reads another variable, a hash of a password is another one, $$(NAME) is expanded
        fix    write $ where one dollar is meant, $$$$ where two are, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled`,
    ],
  },
});
