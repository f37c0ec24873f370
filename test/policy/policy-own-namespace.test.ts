import { policyOwnNamespace } from '../../src/policy/rules/policy-own-namespace';
import { cluster, flux, policy } from '../support/documents';
import { testRule } from '../support/rule-tester';

const API = { fromEntities: ['kube-apiserver', 'host'], toPorts: [{ ports: [{ port: '8443', protocol: 'TCP' }] }] };

testRule(policyOwnNamespace, {
  allowed: {
    'let in by a policy of its own': cluster(
      flux('ferry'),
      policy('ferry', 'api', { endpointSelector: {}, ingress: [API] }),
      policy('ferry', 'same', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }),
    ),
    'a policy for some pods': cluster(
      flux('ferry'),
      policy('ferry', 'api', { endpointSelector: { matchLabels: { app: 'ferry' } }, ingress: [API] }),
    ),
    'a default deny that others open for their pods': cluster(
      flux('ferry'),
      policy('ferry', 'deny', { endpointSelector: {}, ingress: [{}] }),
    ),
    'named by its namespace': cluster(
      flux('ferry'),
      policy('ferry', 'api', {
        endpointSelector: {},
        ingress: [API, { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'ferry' } }] }],
      }),
    ),
  },
  refused: {
    'the API server alone': [
      cluster(flux('ferry'), policy('ferry', 'api', { endpointSelector: {}, ingress: [API] })),
      `
      namespaces/ferry/ciliumnetworkpolicy-api.yaml: policy-own-namespace (warning)
        what   it takes every pod of ferry into default deny, and no policy lets in the pods of ferry themselves
        where  CiliumNetworkPolicy ferry/api, spec.ingress
        why    pods of one namespace cannot talk to each other, although each of them is allowed to try
        fix    add a policy with endpointSelector: {} and ingress: [{fromEndpoints: [{}]}]`,
    ],
    'another namespace alone': [
      cluster(
        flux('ferry'),
        policy('ferry', 'metrics', {
          endpointSelector: {},
          ingress: [{ fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'monitoring' } }] }],
        }),
      ),
      `
      namespaces/ferry/ciliumnetworkpolicy-metrics.yaml: policy-own-namespace (warning)
        what   it takes every pod of ferry into default deny, and no policy lets in the pods of ferry themselves
        where  CiliumNetworkPolicy ferry/metrics, spec.ingress
        why    pods of one namespace cannot talk to each other, although each of them is allowed to try
        fix    add a policy with endpointSelector: {} and ingress: [{fromEndpoints: [{}]}]`,
    ],
  },
});
