import { policyDns } from '../../src/policy/rules/policy-dns';
import { cluster, clusterwide, flux, policy } from '../support/documents';
import { testRule } from '../support/rule-tester';

const DNS = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } };
const dns = (...protocols: readonly string[]) => ({
  toEndpoints: [DNS],
  toPorts: [{ ports: protocols.map((protocol) => ({ port: '53', protocol })) }],
});
const API = { toEntities: ['kube-apiserver'], toPorts: [{ ports: [{ port: '6443', protocol: 'TCP' }] }] };

testRule(policyDns, {
  allowed: {
    'in the same policy': cluster(flux('ferry'), policy('ferry', 'api', { endpointSelector: {}, egress: [API, dns('UDP', 'TCP')] })),
    'for either protocol': cluster(flux('ferry'), policy('ferry', 'api', { endpointSelector: {}, egress: [API, dns('ANY')] })),
    'in a policy for the whole cluster': cluster(
      flux('ferry'),
      policy('ferry', 'api', { endpointSelector: {}, egress: [API] }),
      clusterwide('ferry', 'dns', { enableDefaultDeny: { egress: false }, endpointSelector: {}, egress: [dns('UDP', 'TCP')] }),
    ),
    'in a policy for namespaces of some label': cluster(
      flux('ferry'),
      policy('ferry', 'api', { endpointSelector: {}, egress: [API] }),
      clusterwide('ferry', 'dns', {
        endpointSelector: { matchExpressions: [{ key: 'k8s:io.cilium.k8s.namespace.labels.isolated', operator: 'DoesNotExist' }] },
        egress: [dns('UDP', 'TCP')],
      }),
    ),
    'a policy for some pods': cluster(
      flux('ferry'),
      policy('ferry', 'api', { endpointSelector: { matchLabels: { app: 'ferry' } }, egress: [API] }),
    ),
    'a policy that only adds': cluster(
      flux('ferry'),
      policy('ferry', 'api', { enableDefaultDeny: { egress: false }, endpointSelector: {}, egress: [API] }),
    ),
    'everything in the cluster': cluster(
      flux('ferry'),
      policy('ferry', 'api', { endpointSelector: {}, egress: [{ toEntities: ['cluster'] }] }),
    ),
  },
  refused: {
    'a policy of another namespace has it': [
      cluster(
        flux('ferry'),
        policy('ferry', 'api', { endpointSelector: {}, egress: [API] }),
        clusterwide('ferry', 'dns', {
          endpointSelector: { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'harbour' } },
          egress: [dns('UDP', 'TCP')],
        }),
      ),
      `
      namespaces/ferry/ciliumnetworkpolicy-api.yaml: policy-dns (warning)
        what   no policy for the pods of ferry lets them reach the DNS on port 53 UDP and TCP
        where  CiliumNetworkPolicy ferry/api, spec.egress
        why    without the DNS a pod reaches nothing by its name, the API server of many clients included; long answers come by TCP
        fix    add an egress rule to kube-dns (kube-system, k8s-app: kube-dns) with port "53", UDP and TCP`,
    ],
    'nothing but the API server': [
      cluster(flux('ferry'), policy('ferry', 'api', { endpointSelector: {}, egress: [API] })),
      `
      namespaces/ferry/ciliumnetworkpolicy-api.yaml: policy-dns (warning)
        what   no policy for the pods of ferry lets them reach the DNS on port 53 UDP and TCP
        where  CiliumNetworkPolicy ferry/api, spec.egress
        why    without the DNS a pod reaches nothing by its name, the API server of many clients included; long answers come by TCP
        fix    add an egress rule to kube-dns (kube-system, k8s-app: kube-dns) with port "53", UDP and TCP`,
    ],
    'UDP alone': [
      cluster(flux('ferry'), policy('ferry', 'api', { endpointSelector: {}, egress: [API, dns('UDP')] })),
      `
      namespaces/ferry/ciliumnetworkpolicy-api.yaml: policy-dns (warning)
        what   no policy for the pods of ferry lets them reach the DNS on port 53 TCP
        where  CiliumNetworkPolicy ferry/api, spec.egress
        why    without the DNS a pod reaches nothing by its name, the API server of many clients included; long answers come by TCP
        fix    add an egress rule to kube-dns (kube-system, k8s-app: kube-dns) with port "53", UDP and TCP`,
    ],
    'a DNS in its own namespace, where none is': [
      cluster(flux('ferry'), policy('ferry', 'api', { endpointSelector: {}, egress: [{ toEndpoints: [{}] }] })),
      `
      namespaces/ferry/ciliumnetworkpolicy-api.yaml: policy-dns (warning)
        what   no policy for the pods of ferry lets them reach the DNS on port 53 UDP and TCP
        where  CiliumNetworkPolicy ferry/api, spec.egress
        why    without the DNS a pod reaches nothing by its name, the API server of many clients included; long answers come by TCP
        fix    add an egress rule to kube-dns (kube-system, k8s-app: kube-dns) with port "53", UDP and TCP`,
    ],
  },
});
