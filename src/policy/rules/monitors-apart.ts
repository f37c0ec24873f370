import { type EffectiveCluster, type EffectiveObject, type FluxKustomization, ofKind } from '../../effective';
import { isBootstrapped } from '../bootstrapped';
import { countedKinds } from '../counted';
import { crdProviders } from '../crd-providers';
import { readinessOf } from '../readiness';
import { defineRule, textAt, type Violation } from '../rule';
import { isLeftAlone } from '../webhook-match';

const MONITORS = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule', 'AlertmanagerConfig'];

/** Source: specification, "Monitoring Resource Split Pattern". Whether they come after their CRDs is for crd-from-ancestor to say. */
export const monitorsApart = defineRule({
  name: 'monitors-apart',
  ids: ['S03'],
  claim: 'monitors and alerts live in a *-monitoring component, which waits for what it watches',
  because: 'beside what they watch they wait for CRDs that only monitoring brings, and what they watch waits with them',
  evidence: 'specification, "Monitoring Resource Split Pattern"',
  severity: 'warning',
  fix: 'move the monitor to the Flux Kustomization that watches the component',

  *check(repository) {
    const bootstrapped = isBootstrapped(repository, ['monitoring.coreos.com', 'prometheus-operator-crds', 'kube-prometheus-stack']);
    for (const cluster of repository.clusters) {
      for (const [owner, objects] of monitorsByOwner(cluster)) {
        if (owner.name.endsWith('-monitoring')) yield* unawaited(cluster, owner, objects);
        else if (!/(^|-)monitoring(-|$)/.test(owner.name) && !bringsMonitors(cluster, owner))
          yield* misplaced(owner, objects, bootstrapped);
      }
    }
  },
});

function monitorsByOwner(cluster: EffectiveCluster): ReadonlyMap<FluxKustomization, readonly EffectiveObject[]> {
  const found = new Map<FluxKustomization, EffectiveObject[]>();
  for (const on of MONITORS.flatMap((kind) => ofKind(cluster, kind, 'monitoring.coreos.com'))) {
    const others = found.get(on.owner);
    if (others) others.push(on);
    else found.set(on.owner, [on]);
  }
  return found;
}

/** What brings the CRDs may hold monitors too: crd-beside-its-release says where that cannot work. */
function bringsMonitors(cluster: EffectiveCluster, owner: FluxKustomization): boolean {
  const providers = crdProviders(cluster).of('monitoring.coreos.com', 'ServiceMonitor');
  return providers.some((provider) => provider.owner === owner);
}

/** Where the CRDs are there before Flux, nothing waits for them: then it is a matter of style. */
function* misplaced(owner: FluxKustomization, objects: readonly EffectiveObject[], bootstrapped: boolean): Generator<Violation> {
  const [on] = objects;
  if (!on) return;
  yield {
    on,
    at: 'kind',
    found: `${countedKinds(objects)} in ${owner.id}, which is no monitoring component`,
    ...(bootstrapped && { severity: 'info' }),
    fix: `move ${objects.length === 1 ? 'it' : 'them'} to ${owner.name}-monitoring, which depends on monitoring and on ${owner.name}; in code: a component that extends Monitoring`,
  };
}

/** Those whose namespaces the monitors stand in are what they watch. A stub of a Namespace is nobody's. */
function* unawaited(cluster: EffectiveCluster, owner: FluxKustomization, objects: readonly EffectiveObject[]): Generator<Violation> {
  const namespaces = new Set(objects.map(({ object }) => textAt(object.metadata, 'namespace')));
  const watched = ofKind(cluster, 'Namespace', '').filter(
    (one) => namespaces.has(textAt(one.object.metadata, 'name')) && one.owner !== owner && !isLeftAlone(one),
  );
  for (const one of watched) {
    if (readinessOf(cluster).isAppliedBefore(one.owner, owner)) continue;
    yield {
      on: owner,
      at: 'spec.dependsOn',
      found: `${owner.id} watches namespace ${textAt(one.object.metadata, 'name')} of ${one.owner.id}, and does not wait for it`,
      because: 'there is nothing to watch yet, and alerts about what is absent fire from the start',
      fix: `add ${one.owner.name} to dependsOn`,
    };
  }
}
