import { noIpBlock } from '../../src/policy/rules/no-ip-block';
import { testRule, yaml } from '../support/rule-tester';

testRule(noIpBlock, {
  allowed: {
    'peers by label': yaml`
      kind: NetworkPolicy
      metadata: { name: allow-web, namespace: ferry }
      spec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }] }] }`,
  },
  refused: {
    'the API server by its address': [
      yaml`
      kind: NetworkPolicy
      metadata: { name: allow-api, namespace: ferry }
      spec: { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: 10.96.0.1/32 } }] }] }`,
      `
      namespaces/ferry/0.yaml: no-ip-block
        what   a NetworkPolicy with ipBlock
        where  NetworkPolicy ferry/allow-api, spec.egress[0].to[0].ipBlock.cidr
        why    behind Cilium an address range never matches pods or nodes, so the API server is cut off
        fix    write a CiliumNetworkPolicy with toKubeApi(), toEntities() or toNamespace()`,
    ],
  },
});
