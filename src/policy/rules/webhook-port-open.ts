import { type Labels, NAMESPACE_NAME, scalarText } from '../../charts';
import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { type CiliumPolicy, ciliumPolicies, denies, entitiesOf, namesNoPeer, opensPort, rulesOf, selectsPods } from '../cilium-policies';
import { releasesOf } from '../releases';
import { at, defineRule, listAt, textAt, type Violation } from '../rule';
import { webhooksOf } from '../webhooks-of';

/** Source: Cilium judges a packet after the Service is translated, and by the node it comes from. */
export const webhookPortOpen = defineRule({
  name: 'webhook-port-open',
  ids: ['S18'],
  claim: 'policies let the API server in on the port that a webhook listens on, from every node',
  because:
    'the API server calls and nobody answers: what fails closed is then refused, and what fails open waits for its timeout each time',
  evidence: 'cilium/cilium#35401, cilium/cilium#43260, cilium/cilium#27967',
  severity: 'error',
  fix: 'let in fromEntities [kube-apiserver, host, remote-node] on the port of the pods',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const policies = ciliumPolicies(cluster);
      if (policies.length === 0) continue;
      const nodes = nodesOf(cluster);
      for (const target of targetsOf(cluster)) yield* closed(target, policies, nodes);
    }
  },
});

/** Pods that the API server calls, on one port. */
interface Target {
  readonly by: string;
  readonly service: string;
  readonly port: number;
  readonly labels: Labels;
  readonly failsClosed: boolean;
}

function targetsOf(cluster: EffectiveCluster): readonly Target[] {
  const targets = new Map<string, Target>();
  const add = (target: Target): void => {
    const key = JSON.stringify([target.by, target.service, target.port]);
    const failsClosed = target.failsClosed || targets.get(key)?.failsClosed === true;
    targets.set(key, { ...target, failsClosed });
  };
  for (const { webhook, by, namespace, release } of webhooksOf(cluster)) {
    if (!release || webhook.hostNetwork === true) continue;
    const { service, podPort: port, pods, failurePolicy } = webhook;
    add({ by, service, port, labels: { ...pods, [NAMESPACE_NAME]: namespace }, failsClosed: failurePolicy === 'Fail' });
  }
  for (const { known } of releasesOf(cluster)) {
    for (const { name, service, podPort: port, pods } of known?.brought.apiServices ?? []) {
      const labels = { ...pods, [NAMESPACE_NAME]: known?.release.namespace ?? '' };
      add({ by: `APIService ${name}`, service, port, labels, failsClosed: true });
    }
  }
  return [...targets.values()];
}

function* closed(target: Target, policies: readonly CiliumPolicy[], nodes: readonly string[]): Generator<Violation> {
  const { by, service, port, labels, failsClosed } = target;
  const selecting = policies.flatMap((policy) => {
    const answer = selectsPods(policy, labels);
    return answer === 'no' ? [] : [{ policy, certain: answer === 'yes' }];
  });
  const denying = selecting.find(({ policy, certain }) => certain && denies(policy, 'ingress'));
  if (!denying) return;
  const rules = selecting.flatMap(({ policy }) => rulesOf(policy, 'ingress'));
  const lets = (rule: Readonly<Record<string, unknown>>, entity: string): boolean =>
    entitiesOf(rule, 'fromEntities').has(entity) || (namesNoPeer(rule, 'ingress') && at(rule, 'toPorts') !== undefined);
  const missing = nodes.filter((entity) => !rules.some((rule) => opensPort(rule, port, 'TCP') && lets(rule, entity)));
  if (missing.length === 0) return;
  const on: EffectiveObject = denying.policy.on;
  const stated = [...new Set(rules.filter((rule) => lets(rule, missing[0] ?? '')).flatMap(portsOf))];
  const instead = stated.length > 0 ? `: open to it is ${stated.join(', ')}` : '';
  yield {
    on,
    at: `${denying.policy.at}.ingress`,
    found: `${missing.join(' and ')} cannot reach port ${port} of the pods behind Service ${service} of ${by}${instead}`,
    fix: `let in fromEntities [kube-apiserver, host, remote-node] on port "${port}"${stated.length > 0 ? ': policies see the port of the pods, never that of the Service' : ''}`,
    severity: failsClosed ? 'error' : 'warning',
  };
}

function portsOf(rule: Readonly<Record<string, unknown>>): readonly string[] {
  return listAt(rule, 'toPorts').flatMap((entry) => listAt(entry, 'ports').flatMap((one) => scalarText(at(one, 'port'))));
}

/** As whom the API server arrives at a pod: in tunnel mode its packets bear the address of the node's router, which is a node like others. */
function nodesOf(cluster: EffectiveCluster): readonly string[] {
  const cilium = releasesOf(cluster).find(({ known }) => known?.facts.chart === 'cilium');
  const native = textAt(cilium?.on.object, 'spec', 'values', 'routingMode') === 'native';
  return native || cilium?.known?.openValues === true ? ['kube-apiserver'] : ['kube-apiserver', 'remote-node'];
}
