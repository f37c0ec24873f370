import { type CiliumPolicy, ciliumPolicies, denies, namesNoPeer, selectsAll } from '../cilium-policies';
import { at, defineRule, isMap, listAt, type Violation } from '../rule';

const DIRECTIONS = ['ingress', 'egress'] as const;

/** Source: cilium v1.16, pkg/policy/api/rule_validation.go, ingress.go, egress.go. */
export const policyEmptyLists = defineRule({
  name: 'policy-empty-lists',
  ids: ['S19'],
  claim: 'no Cilium policy rests on an empty list or a missing peer, which mean other things than they seem to',
  because: 'empty and absent differ in Cilium, and differ from a NetworkPolicy: what looks like nobody can be everybody, and the reverse',
  evidence: 'cilium/cilium, pkg/policy/api/rule_validation.go',
  severity: 'warning',
  fix: 'say what is meant: fromEntities: [all] for everybody, ingress: [{}] for nobody, enableDefaultDeny for neither',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const policy of ciliumPolicies(cluster)) {
        yield* everywhere(policy);
        for (const direction of DIRECTIONS) yield* emptyIn(policy, direction);
      }
    }
  },
});

/** A cluster-wide policy that takes everything in the cluster into default deny, the DNS and the health checks too. */
function* everywhere(policy: CiliumPolicy): Generator<Violation> {
  if (!policy.clusterwide || !selectsAll(policy)) return;
  for (const direction of DIRECTIONS) {
    if (!denies(policy, direction)) continue;
    yield {
      on: policy.on,
      at: `${policy.at}.endpointSelector`,
      found: `it takes every pod of the cluster into default deny for ${direction}, kube-system's and flux-system's too`,
      because: 'what no policy allows is cut off from then on, in namespaces that nobody thought of',
      fix: `set enableDefaultDeny: {ingress: false, egress: false} where it should only add, or select the namespaces it is meant for`,
    };
  }
}

function* emptyIn({ on, at: place, spec }: CiliumPolicy, direction: 'ingress' | 'egress'): Generator<Violation> {
  const prefix = direction === 'ingress' ? 'from' : 'to';
  const rules = listAt(spec, direction);
  if (Array.isArray(at(spec, direction)) && rules.length === 0) {
    yield {
      on,
      at: `${place}.${direction}`,
      found: `${direction}: [] does nothing: it denies nobody, and allows nobody`,
      fix: `write ${direction}: [{}] to deny all that nothing else allows, or leave it out`,
    };
  }
  for (const [index, rule] of rules.entries()) {
    if (!isMap(rule)) continue;
    for (const [key, peers] of Object.entries(rule)) {
      if (!key.startsWith(prefix) || key === 'toPorts' || !Array.isArray(peers) || peers.length > 0) continue;
      yield {
        on,
        at: `${place}.${direction}[${index}].${key}`,
        found: `${key}: [] matches nobody, so the rule allows nothing`,
        fix: 'name a peer, or leave the rule out',
      };
    }
    if (namesNoPeer(rule, direction) && listAt(rule, 'toPorts').length > 0 && !hasLayerSeven(rule)) {
      yield {
        on,
        at: `${place}.${direction}[${index}]`,
        found: `it opens ports ${direction === 'ingress' ? 'to everybody' : 'of everything'}, the world included: no ${prefix}… stands beside toPorts`,
        fix: `name who is meant: ${prefix}Endpoints, ${prefix}Entities; for everybody write ${prefix}Entities: [all]`,
      };
    }
  }
}

/** A rule for the DNS proxy or for HTTP is about what is said, and often leaves open by whom. */
function hasLayerSeven(rule: Readonly<Record<string, unknown>>): boolean {
  return listAt(rule, 'toPorts').some((entry) => at(entry, 'rules') !== undefined);
}
