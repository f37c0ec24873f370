import { scalarText } from '../../charts';
import { type EffectiveCluster, ofKind } from '../../effective';
import { type CiliumPolicy, ciliumPolicies, denies, namesNoPeer, opensPort, rulesOf, selectsAll } from '../cilium-policies';
import { at, defineRule, isMap, mapAt, textAt } from '../rule';
import { mayBeUnseen } from '../unseen';

const INJECT = 'linkerd.io/inject';

/** Ports of the control plane that every proxy asks before it is ready: identity, destination, policy. */
const CONTROL_PLANE = [8080, 8086, 8090] as const;

/** Port of the proxy that other meshed pods connect to. */
const INBOUND = 4143;

/** Words by which another repository of policies would be named. */
const POLICIES = ['cilium', 'polic'] as const;

/** Source: linkerd edge-25.10.7; a proxy fetches its certificate before the pod is ready. */
export const meshPolicy = defineRule({
  name: 'mesh-policy',
  ids: ['S18'],
  claim: 'where policies limit meshed pods, some policy lets their proxies reach each other and the control plane',
  because: 'the proxy waits for its identity and the pod never becomes ready, or meshed pods do not reach each other',
  evidence: 'linkerd/linkerd2#15246, linkerd/linkerd2#12382',
  severity: 'warning',
  fix: 'add a CiliumClusterwideNetworkPolicy for pods of linkerd.io/control-plane-ns that only adds',

  *check(repository) {
    for (const cluster of repository.clusters) {
      if (mayBeUnseen(cluster, POLICIES)) continue;
      const policies = ciliumPolicies(cluster);
      for (const namespace of meshedNamespaces(cluster)) {
        const own = policies.filter((policy) => policy.namespace === namespace);
        const mesh = policies.filter((policy) => (policy.clusterwide && meansMeshed(policy)) || policy.namespace === namespace);
        const egress = own.find((policy) => denies(policy, 'egress'));
        const asks = CONTROL_PLANE.filter((port) => !opens(mesh, 'egress', port));
        if (egress && asks.length > 0) {
          yield {
            on: egress.on,
            at: `${egress.at}.egress`,
            found: `proxies of ${namespace} cannot reach the control plane of Linkerd on ${asks.join(', ')}`,
            fix: 'add a CiliumClusterwideNetworkPolicy with egress to namespace linkerd on 8080, 8086, 8090 and to meshed pods on 4143',
          };
        }
        const ingress = own.find((policy) => denies(policy, 'ingress'));
        if (ingress && !opens(mesh, 'ingress', INBOUND)) {
          yield {
            on: ingress.on,
            at: `${ingress.at}.ingress`,
            found: `meshed pods cannot reach those of ${namespace} on ${INBOUND}, where a proxy takes what other proxies send`,
            fix: 'add a CiliumClusterwideNetworkPolicy with ingress from meshed pods on 4143',
          };
        }
      }
    }
  },
});

/** Namespaces whose pods get a proxy by their own annotation, or by that of a workload in them. */
function meshedNamespaces(cluster: EffectiveCluster): ReadonlySet<string> {
  const injects = (node: unknown) => ['enabled', 'ingress'].includes(textAt(node, 'annotations', INJECT) ?? '');
  const named = ofKind(cluster, 'Namespace', '')
    .filter(({ object }) => injects(object.metadata))
    .map(({ object }) => textAt(object.metadata, 'name') ?? '');
  const workloads = ['Deployment', 'StatefulSet', 'DaemonSet']
    .flatMap((kind) => ofKind(cluster, kind, 'apps'))
    .filter(({ object }) => injects(at(object, 'spec', 'template', 'metadata')))
    .map(({ object }) => textAt(object.metadata, 'namespace') ?? '');
  return new Set([...named, ...workloads]);
}

/** Whether a policy holds for meshed pods: by the label that the injector sets, or for all. */
function meansMeshed(policy: CiliumPolicy): boolean {
  const labels = mapAt(policy.spec, 'endpointSelector', 'matchLabels');
  const expressions = at(policy.spec, 'endpointSelector', 'matchExpressions');
  const keys = [...Object.keys(labels), ...(Array.isArray(expressions) ? expressions : []).map((one) => scalarText(at(one, 'key')))];
  return selectsAll(policy) || keys.some((key) => key.endsWith('linkerd.io/control-plane-ns'));
}

function opens(policies: readonly CiliumPolicy[], direction: 'ingress' | 'egress', port: number): boolean {
  return policies.some((policy) =>
    rulesOf(policy, direction).some(
      (rule) => opensPort(rule, port, 'TCP') && !isOwnNamespaceOnly(rule, direction) && !namesNoPeer(rule, direction),
    ),
  );
}

/** `fromEndpoints: [{}]` opens every port, but to the own namespace only. */
function isOwnNamespaceOnly(rule: Readonly<Record<string, unknown>>, direction: 'ingress' | 'egress'): boolean {
  const peers = at(rule, direction === 'ingress' ? 'fromEndpoints' : 'toEndpoints');
  return at(rule, 'toPorts') === undefined && Array.isArray(peers) && peers.every((peer) => isMap(peer) && Object.keys(peer).length === 0);
}
