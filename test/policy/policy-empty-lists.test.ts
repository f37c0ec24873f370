import { policyEmptyLists } from '../../src/policy/rules/policy-empty-lists';
import { cluster, clusterwide, flux, policy } from '../support/documents';
import { testRule } from '../support/rule-tester';

const PORTS = [{ ports: [{ port: '8443', protocol: 'TCP' }] }];

testRule(policyEmptyLists, {
  allowed: {
    'an empty selector as a peer, which is the own namespace': cluster(
      flux('ferry'),
      policy('ferry', 'same', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }),
    ),
    'a default deny': cluster(flux('ferry'), policy('ferry', 'deny', { endpointSelector: {}, ingress: [{}], egress: [{}] })),
    'everybody, said in so many words': cluster(
      flux('ferry'),
      policy('ferry', 'open', { endpointSelector: {}, ingress: [{ fromEntities: ['all'], toPorts: PORTS }] }),
    ),
    'a policy for the whole cluster that only adds': cluster(
      flux('ferry'),
      clusterwide('ferry', 'dns', {
        enableDefaultDeny: { ingress: false, egress: false },
        endpointSelector: {},
        egress: [{ toEntities: ['cluster'], toPorts: PORTS }],
      }),
    ),
    'a policy for some pods of the cluster': cluster(
      flux('ferry'),
      clusterwide('ferry', 'deny', {
        endpointSelector: { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'NotIn', values: ['kube-system'] }] },
        ingress: [{}],
      }),
    ),
  },
  refused: {
    'a port without a peer': [
      cluster(flux('ferry'), policy('ferry', 'open', { endpointSelector: {}, ingress: [{ toPorts: PORTS }] })),
      `
      namespaces/ferry/ciliumnetworkpolicy-open.yaml: policy-empty-lists (warning)
        what   it opens ports to everybody, the world included: no from… stands beside toPorts
        where  CiliumNetworkPolicy ferry/open, spec.ingress[0]
        why    empty and absent differ in Cilium, and differ from a NetworkPolicy: what looks like nobody can be everybody, and the reverse
        fix    name who is meant: fromEndpoints, fromEntities; for everybody write fromEntities: [all]`,
    ],
    'a list of nobody': [
      cluster(flux('ferry'), policy('ferry', 'none', { endpointSelector: {}, egress: [{ toEndpoints: [] }] })),
      `
      namespaces/ferry/ciliumnetworkpolicy-none.yaml: policy-empty-lists (warning)
        what   toEndpoints: [] matches nobody, so the rule allows nothing
        where  CiliumNetworkPolicy ferry/none, spec.egress[0].toEndpoints
        why    empty and absent differ in Cilium, and differ from a NetworkPolicy: what looks like nobody can be everybody, and the reverse
        fix    name a peer, or leave the rule out`,
    ],
    'a section of nothing': [
      cluster(flux('ferry'), policy('ferry', 'deny', { endpointSelector: {}, ingress: [] })),
      `
      namespaces/ferry/ciliumnetworkpolicy-deny.yaml: policy-empty-lists (warning)
        what   ingress: [] does nothing: it denies nobody, and allows nobody
        where  CiliumNetworkPolicy ferry/deny, spec.ingress
        why    empty and absent differ in Cilium, and differ from a NetworkPolicy: what looks like nobody can be everybody, and the reverse
        fix    write ingress: [{}] to deny all that nothing else allows, or leave it out`,
    ],
    'every pod of the cluster': [
      cluster(flux('ferry'), clusterwide('ferry', 'deny', { endpointSelector: {}, ingress: [{ fromEntities: ['cluster'] }] })),
      `
      namespaces/ferry/ciliumclusterwidenetworkpolicy-deny.yaml: policy-empty-lists (warning)
        what   it takes every pod of the cluster into default deny for ingress, kube-system's and flux-system's too
        where  CiliumClusterwideNetworkPolicy deny, spec.endpointSelector
        why    what no policy allows is cut off from then on, in namespaces that nobody thought of
        fix    set enableDefaultDeny: {ingress: false, egress: false} where it should only add, or select the namespaces it is meant for`,
    ],
  },
});
