import type { EffectiveCluster, FluxKustomization } from '../../effective';
import { defineRule, groupOf, isMap, listAt, textAt } from '../rule';

const READY = "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
const condition = (type: string) => READY.replace("'Ready'", `'${type}'`);

/**
 * Kinds whose readiness means something to those who wait, and the expression that asks for it. Their CRDs have no default for
 * status.observedGeneration, so an object that its controller has not seen yet looks ready.
 */
const BLIND: ReadonlyMap<string, string> = new Map([
  ...['Certificate', 'Issuer', 'ClusterIssuer'].map((kind) => [`cert-manager.io ${kind}`, READY] as const),
  ['kyverno.io ClusterPolicy', READY],
  ['templates.gatekeeper.sh ConstraintTemplate', 'has(status.created) && status.created'],
  ['gateway.networking.k8s.io GatewayClass', condition('Accepted')],
  ['gateway.networking.k8s.io Gateway', condition('Programmed')],
  [
    'gateway.networking.k8s.io HTTPRoute',
    "has(status.parents) && status.parents.exists(p, p.conditions.exists(c, c.type == 'Accepted' && c.status == 'True'))",
  ],
  ['postgresql.cnpg.io Cluster', READY],
  ['rabbitmq.com RabbitmqCluster', condition('AllReplicasReady')],
  ...['Vhost', 'User', 'Permission', 'Queue'].map((kind) => [`rabbitmq.com ${kind}`, READY] as const),
  ['mongodbcommunity.mongodb.com MongoDBCommunity', "has(status.phase) && status.phase == 'Running'"],
]);

/** Source: fluxcd/cli-utils, pkg/kstatus; without conditions and observedGeneration an object counts as current. */
export const statusBlind = defineRule({
  name: 'status-blind',
  ids: ['F80'],
  claim: 'where others wait for objects of a kind that looks ready before it is, an expression says when it is',
  because: 'wait passes in the first poll, seconds before the thing works, and those who depend on it begin too early',
  evidence: 'windsorcli/cli#3186; fluxcd/cli-utils, pkg/kstatus/status/generic.go',
  severity: 'warning',
  fix: 'add an entry for the kind to healthCheckExprs',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const awaited = awaitedIn(cluster);
      for (const on of cluster.kustomizations) {
        if (on.spec['wait'] !== true || !awaited.has(on)) continue;
        const kinds = new Map<string, string>();
        for (const { object } of on.objects) {
          const group = groupOf(object);
          if (BLIND.has(`${group} ${object.kind}`) && !isAsked(on, group, object.kind))
            kinds.set(`${group} ${object.kind}`, object.apiVersion);
        }
        for (const [name, apiVersion] of kinds) {
          const kind = name.slice(name.indexOf(' ') + 1);
          yield {
            on,
            at: 'spec.healthCheckExprs',
            found: `${on.id} waits for ${kind} objects, which look ready before their controller has seen them, and ${awaited.get(on)?.name} waits for ${on.name}`,
            fix: `add {apiVersion: ${apiVersion}, kind: ${kind}, current: "${BLIND.get(name)}"}`,
          };
        }
      }
    }
  },
});

/** Those that somebody waits for, each with the first who does. */
function awaitedIn({ kustomizations }: EffectiveCluster): ReadonlyMap<FluxKustomization, FluxKustomization> {
  const awaited = new Map<FluxKustomization, FluxKustomization>();
  for (const one of kustomizations) for (const { found } of one.dependsOn) if (found && !awaited.has(found)) awaited.set(found, one);
  return awaited;
}

/** An entry without a kind covers the group; the version does not count. */
function isAsked({ spec }: FluxKustomization, group: string, kind: string): boolean {
  return listAt(spec, 'healthCheckExprs').some((entry) => {
    if (!isMap(entry) || groupOf({ apiVersion: textAt(entry, 'apiVersion') ?? '' }) !== group) return false;
    return entry['kind'] === undefined || entry['kind'] === '' || entry['kind'] === kind;
  });
}
