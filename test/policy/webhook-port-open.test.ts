import { webhookPortOpen } from '../../src/policy/rules/webhook-port-open';
import { cluster, clusterwide, flux, policy, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const NODES = ['kube-apiserver', 'host', 'remote-node'];
const from = (entities: readonly string[], ...ports: readonly string[]) => ({
  fromEntities: entities,
  toPorts: [{ ports: ports.map((port) => ({ port, protocol: 'TCP' })) }],
});
const CERT_MANAGER = cluster(flux('cert-manager'), release('cert-manager', 'cert-manager'));
const WEBHOOK = { matchLabels: { 'app.kubernetes.io/name': 'webhook' } };

testRule(webhookPortOpen, {
  allowed: {
    'open on the port of the pods': cluster(
      CERT_MANAGER,
      policy('cert-manager', 'allow-webhook', { endpointSelector: WEBHOOK, ingress: [from(NODES, '10250')] }),
    ),
    'open by one policy, closed by none': cluster(
      CERT_MANAGER,
      policy('cert-manager', 'default-deny', { endpointSelector: {}, ingress: [{}] }),
      policy('cert-manager', 'allow-webhook', { endpointSelector: WEBHOOK, ingress: [from(NODES, '10250')] }),
    ),
    'no policy limits who may come in': cluster(
      CERT_MANAGER,
      policy('cert-manager', 'allow-acme', { endpointSelector: {}, egress: [{ toEntities: ['world'] }] }),
    ),
    'a policy of other pods': cluster(
      CERT_MANAGER,
      policy('cert-manager', 'ca', { endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'cainjector' } }, ingress: [{}] }),
    ),
    'opened for the whole cluster': cluster(
      CERT_MANAGER,
      policy('cert-manager', 'default-deny', { endpointSelector: {}, ingress: [{}] }),
      clusterwide('cert-manager', 'nodes', { endpointSelector: {}, ingress: [{ fromEntities: ['cluster'] }] }),
    ),
    'without remote-node, where packets keep the address of their node': cluster(
      flux('cilium'),
      release('cilium', 'cilium', { routingMode: 'native' }),
      CERT_MANAGER,
      policy('cert-manager', 'allow-webhook', { endpointSelector: {}, ingress: [from(['kube-apiserver', 'host'], '10250')] }),
    ),
  },
  refused: {
    'the port of the Service in place of that of the pods': [
      cluster(CERT_MANAGER, policy('cert-manager', 'allow-k8s-api', { endpointSelector: {}, ingress: [from(NODES, '443', '8443')] })),
      `
      namespaces/cert-manager/ciliumnetworkpolicy-allow-k8s-api.yaml: webhook-port-open
        what   kube-apiserver and remote-node cannot reach port 10250 of the pods behind Service cert-manager-webhook of HelmRelease cert-manager/cert-manager: open to it is 443, 8443
        where  CiliumNetworkPolicy cert-manager/allow-k8s-api, spec.ingress
        why    the API server calls and nobody answers: what fails closed is then refused, and what fails open waits for its timeout each time
        fix    let in fromEntities [kube-apiserver, host, remote-node] on port "10250": policies see the port of the pods, never that of the Service`,
    ],
    'not from other nodes': [
      cluster(
        CERT_MANAGER,
        policy('cert-manager', 'allow-webhook', { endpointSelector: WEBHOOK, ingress: [from(['kube-apiserver', 'host'], '10250')] }),
      ),
      `
      namespaces/cert-manager/ciliumnetworkpolicy-allow-webhook.yaml: webhook-port-open
        what   remote-node cannot reach port 10250 of the pods behind Service cert-manager-webhook of HelmRelease cert-manager/cert-manager
        where  CiliumNetworkPolicy cert-manager/allow-webhook, spec.ingress
        why    the API server calls and nobody answers: what fails closed is then refused, and what fails open waits for its timeout each time
        fix    let in fromEntities [kube-apiserver, host, remote-node] on port "10250"`,
    ],
    'an aggregated API, and a webhook that fails open': [
      cluster(
        flux('linkerd-viz'),
        release('linkerd-viz', 'linkerd-viz'),
        policy('linkerd-viz', 'same', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }),
      ),
      `
      namespaces/linkerd-viz/ciliumnetworkpolicy-same.yaml: webhook-port-open (warning)
        what   kube-apiserver and remote-node cannot reach port 8443 of the pods behind Service tap-injector of HelmRelease linkerd-viz/linkerd-viz
        where  CiliumNetworkPolicy linkerd-viz/same, spec.ingress
        why    the API server calls and nobody answers: what fails closed is then refused, and what fails open waits for its timeout each time
        fix    let in fromEntities [kube-apiserver, host, remote-node] on port "8443"
      namespaces/linkerd-viz/ciliumnetworkpolicy-same.yaml: webhook-port-open
        what   kube-apiserver and remote-node cannot reach port 8089 of the pods behind Service tap of APIService v1alpha1.tap.linkerd.io
        where  CiliumNetworkPolicy linkerd-viz/same, spec.ingress
        why    the API server calls and nobody answers: what fails closed is then refused, and what fails open waits for its timeout each time
        fix    let in fromEntities [kube-apiserver, host, remote-node] on port "8089"`,
    ],
  },
});
