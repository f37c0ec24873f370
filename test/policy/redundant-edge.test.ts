import { redundantEdge } from '../../src/policy/rules/redundant-edge';
import { clusterCase, configMap } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const CHAIN = { cilium: {}, longhorn: { dependsOn: [{ name: 'cilium' }] } };
const NAMING = configMap('redis').replace('key: value', 'key: cilium');

/** The second shape of the same edges: one line each, so that a comment can stand beside them. */
const REASONED = `# clusters/test/infrastructure.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: redis, namespace: flux-system }
spec:
  interval: 5m
  path: ./namespaces/redis
  sourceRef: { kind: GitRepository, name: flux-system }
  dependsOn:
    - name: longhorn
    - name: cilium  # its pods need a network`;

testRule(redundantEdge, {
  allowed: {
    'two that know nothing of each other': clusterCase({
      cilium: {},
      longhorn: {},
      redis: { dependsOn: [{ name: 'longhorn' }, { name: 'cilium' }] },
    }),
    'its objects name what the other brings': clusterCase(
      { ...CHAIN, redis: { dependsOn: [{ name: 'longhorn' }, { name: 'cilium' }] } },
      NAMING,
    ),
    'a comment says why': clusterCase(CHAIN, REASONED, configMap('redis')),
  },
  refused: {
    'nothing shows why': [
      clusterCase({ ...CHAIN, redis: { dependsOn: [{ name: 'longhorn' }, { name: 'cilium' }] } }),
      `
      clusters/test/infrastructure.yaml: redundant-edge (info)
        what   longhorn waits for cilium already, and nothing here shows another reason for it
        where  Kustomization flux-system/redis, spec.dependsOn[1]
        why    nobody can tell whether it may go, so it stays, and the order gets harder to read and to change
        fix    remove the entry, or write its reason beside it as a comment`,
    ],
    'the comment was taken away': [
      clusterCase(CHAIN, REASONED.replace(/ {2}# its.*/, ''), configMap('redis')),
      `
      clusters/test/infrastructure.yaml: redundant-edge (info)
        what   longhorn waits for cilium already, and nothing here shows another reason for it
        where  Kustomization flux-system/redis, spec.dependsOn[1]
        why    nobody can tell whether it may go, so it stays, and the order gets harder to read and to change
        fix    remove the entry, or write its reason beside it as a comment`,
    ],
  },
});
