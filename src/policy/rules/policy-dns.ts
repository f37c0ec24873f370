import {
  type CiliumPolicy,
  ciliumPolicies,
  denies,
  entitiesOf,
  namesNoPeer,
  opensPort,
  peersOf,
  rulesOf,
  selectsAll,
  selectsNamespace,
} from '../cilium-policies';
import { at, defineRule } from '../rule';
import { mayBeUnseen } from '../unseen';

/** Words by which another repository of policies would be named. */
const POLICIES = ['cilium', 'polic'] as const;

/** Source: specification, "Cilium + CiliumNetworkPolicy Patterns". */
export const policyDns = defineRule({
  name: 'policy-dns',
  ids: ['S19'],
  claim: 'where a policy limits what all pods of a namespace may reach, some policy lets them reach the DNS, on UDP and TCP',
  because: 'without the DNS a pod reaches nothing by its name, the API server of many clients included; long answers come by TCP',
  evidence: 'specification, "Cilium + CiliumNetworkPolicy Patterns"',
  severity: 'warning',
  fix: 'add an egress rule to kube-dns on port 53, UDP and TCP',

  *check(repository) {
    for (const cluster of repository.clusters) {
      if (mayBeUnseen(cluster, POLICIES)) continue;
      const policies = ciliumPolicies(cluster);
      const forAll = policies.filter((policy) => !policy.clusterwide && selectsAll(policy) && denies(policy, 'egress'));
      for (const [namespace, own] of byNamespace(forAll)) {
        const [first] = own;
        const rules = policies.filter((policy) => selectsNamespace(policy, namespace)).flatMap((policy) => rulesOf(policy, 'egress'));
        const closed = (['UDP', 'TCP'] as const).filter((protocol) => !rules.some((rule) => reachesDns(rule, namespace, protocol)));
        if (!first || closed.length === 0) continue;
        yield {
          on: first.on,
          at: `${first.at}.egress`,
          found: `no policy for the pods of ${namespace} lets them reach the DNS on port 53 ${closed.join(' and ')}`,
          fix: 'add an egress rule to kube-dns (kube-system, k8s-app: kube-dns) with port "53", UDP and TCP',
        };
      }
    }
  },
});

function byNamespace(policies: readonly CiliumPolicy[]): ReadonlyMap<string, readonly CiliumPolicy[]> {
  const found = new Map<string, CiliumPolicy[]>();
  for (const policy of policies) found.set(policy.namespace ?? '', [...(found.get(policy.namespace ?? '') ?? []), policy]);
  return found;
}

function reachesDns(rule: Readonly<Record<string, unknown>>, namespace: string, protocol: 'UDP' | 'TCP'): boolean {
  if (!opensPort(rule, 53, protocol)) return false;
  if (namesNoPeer(rule, 'egress')) return at(rule, 'toPorts') !== undefined;
  const entities = entitiesOf(rule, 'toEntities');
  // a cache on each node answers as the host does
  if (['cluster', 'all', 'host'].some((entity) => entities.has(entity))) return true;
  if (at(rule, 'toServices') !== undefined || at(rule, 'toCIDR') !== undefined || at(rule, 'toCIDRSet') !== undefined) return true;
  return peersOf(rule, 'toEndpoints').some(({ matchLabels, matchExpressions }) => {
    const where = matchLabels['io.kubernetes.pod.namespace'];
    if (where !== undefined) return where === 'kube-system' || matchLabels['k8s-app'] !== undefined;
    if (matchLabels['k8s-app'] !== undefined || matchLabels['app.kubernetes.io/name'] !== undefined) return true;
    if (matchExpressions.length > 0) return true;
    return namespace === 'kube-system';
  });
}
