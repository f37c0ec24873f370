import { meshPolicy } from '../../src/policy/rules/mesh-policy';
import { cluster, clusterwide, flux, namespace, object, policy } from '../support/documents';
import { testRule } from '../support/rule-tester';

const MESHED = namespace('ferry', 'ferry', { annotations: { 'linkerd.io/inject': 'enabled' } });
const PROXIES = { matchLabels: { 'k8s:linkerd.io/control-plane-ns': 'linkerd' } };
const ports = (...all: readonly string[]) => [{ ports: all.map((port) => ({ port, protocol: 'TCP' })) }];
const MESH = clusterwide('ferry', 'mesh', {
  enableDefaultDeny: { ingress: false, egress: false },
  endpointSelector: PROXIES,
  egress: [
    { toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'linkerd' } }], toPorts: ports('8080', '8086', '8090') },
    { toEndpoints: [PROXIES], toPorts: ports('4143') },
  ],
  ingress: [{ fromEndpoints: [PROXIES], toPorts: ports('4143') }],
});
const LIMITS = policy('ferry', 'same', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }], egress: [{ toEndpoints: [{}] }] });

testRule(meshPolicy, {
  allowed: {
    'a policy for all meshed pods': cluster(flux('ferry'), MESHED, LIMITS, MESH),
    'no policy limits them': cluster(flux('ferry'), MESHED),
    'not meshed': cluster(flux('ferry'), namespace('ferry'), LIMITS),
    'switched off': cluster(flux('ferry'), namespace('ferry', 'ferry', { annotations: { 'linkerd.io/inject': 'disabled' } }), LIMITS),
  },
  refused: {
    'limited in both directions': [
      cluster(flux('ferry'), MESHED, LIMITS),
      `
      namespaces/ferry/ciliumnetworkpolicy-same.yaml: mesh-policy (warning)
        what   proxies of ferry cannot reach the control plane of Linkerd on 8080, 8086, 8090
        where  CiliumNetworkPolicy ferry/same, spec.egress
        why    the proxy waits for its identity and the pod never becomes ready, or meshed pods do not reach each other
        fix    add a CiliumClusterwideNetworkPolicy with egress to namespace linkerd on 8080, 8086, 8090 and to meshed pods on 4143
      namespaces/ferry/ciliumnetworkpolicy-same.yaml: mesh-policy (warning)
        what   meshed pods cannot reach those of ferry on 4143, where a proxy takes what other proxies send
        where  CiliumNetworkPolicy ferry/same, spec.ingress
        why    the proxy waits for its identity and the pod never becomes ready, or meshed pods do not reach each other
        fix    add a CiliumClusterwideNetworkPolicy with ingress from meshed pods on 4143`,
    ],
    'a workload that is meshed by itself, limited in one': [
      cluster(
        flux('ferry'),
        namespace('ferry'),
        object('ferry', 'apps/v1', 'Deployment', 'ferry/ferry', {
          spec: { template: { metadata: { annotations: { 'linkerd.io/inject': 'enabled' } } } },
        }),
        policy('ferry', 'same', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }),
      ),
      `
      namespaces/ferry/ciliumnetworkpolicy-same.yaml: mesh-policy (warning)
        what   meshed pods cannot reach those of ferry on 4143, where a proxy takes what other proxies send
        where  CiliumNetworkPolicy ferry/same, spec.ingress
        why    the proxy waits for its identity and the pod never becomes ready, or meshed pods do not reach each other
        fix    add a CiliumClusterwideNetworkPolicy with ingress from meshed pods on 4143`,
    ],
  },
});
