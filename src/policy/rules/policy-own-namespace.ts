import { ciliumPolicies, denies, entitiesOf, namesNoPeer, peersOf, rulesOf, selectsAll, selectsNamespace } from '../cilium-policies';
import { defineRule } from '../rule';
import { mayBeUnseen } from '../unseen';

/** Words by which another repository of policies would be named. */
const POLICIES = ['cilium', 'polic'] as const;

/** Source: Cilium; both sides have to allow a connection, and the egress rule of one does not open the ingress of the other. */
export const policyOwnNamespace = defineRule({
  name: 'policy-own-namespace',
  ids: ['S19'],
  claim: 'where a policy limits who may reach all pods of a namespace, some policy lets them reach each other',
  because: 'pods of one namespace cannot talk to each other, although each of them is allowed to try',
  evidence: 'specification, "Cilium + CiliumNetworkPolicy Patterns"',
  severity: 'warning',
  fix: 'add a policy with ingress: [{fromEndpoints: [{}]}], or narrow the selector to the pods that the rule is meant for',

  *check(repository) {
    for (const cluster of repository.clusters) {
      if (mayBeUnseen(cluster, POLICIES)) continue;
      const seen = new Set<string>();
      const policies = ciliumPolicies(cluster);
      for (const policy of policies.filter(selectsAll)) {
        const { namespace } = policy;
        if (namespace === undefined || seen.has(namespace) || !denies(policy, 'ingress')) continue;
        seen.add(namespace);
        const rules = policies.filter((one) => selectsNamespace(one, namespace)).flatMap((one) => rulesOf(one, 'ingress'));
        if (rules.some((rule) => letsOwnIn(rule, namespace))) continue;
        // a bare default deny is meant to let nobody in: what opens it for some pods is a policy for those
        if (rules.every((rule) => Object.keys(rule).length === 0)) continue;
        yield {
          on: policy.on,
          at: `${policy.at}.ingress`,
          found: `it takes every pod of ${namespace} into default deny, and no policy lets in the pods of ${namespace} themselves`,
          fix: 'add a policy with endpointSelector: {} and ingress: [{fromEndpoints: [{}]}]',
        };
      }
    }
  },
});

function letsOwnIn(rule: Readonly<Record<string, unknown>>, namespace: string): boolean {
  if (namesNoPeer(rule, 'ingress')) return Object.keys(rule).length > 0;
  const entities = entitiesOf(rule, 'fromEntities');
  if (entities.has('cluster') || entities.has('all')) return true;
  return peersOf(rule, 'fromEndpoints').some(({ matchLabels }) => {
    const where = matchLabels['io.kubernetes.pod.namespace'];
    return where === undefined || where === namespace;
  });
}
