import { type EffectiveObject, type FluxKustomization, ofKind } from '../../effective';
import { countedKinds } from '../counted';
import { crdProviders } from '../crd-providers';
import { defineRule } from '../rule';

const MONITORS = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule', 'AlertmanagerConfig'];

/** Source: specification, "Monitoring Resource Split Pattern". Whether they come after their CRDs is for crd-from-ancestor to say. */
export const monitorsApart = defineRule({
  name: 'monitors-apart',
  ids: ['S03'],
  claim: 'monitors and alerts live in a *-monitoring component',
  because: 'beside what they watch they wait for CRDs that only monitoring brings, and what they watch waits with them',
  evidence: 'specification, "Monitoring Resource Split Pattern"',
  severity: 'warning',
  fix: 'move the monitor to the Flux Kustomization that watches the component',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const misplaced = new Map<FluxKustomization, EffectiveObject[]>();
      for (const on of MONITORS.flatMap((kind) => ofKind(cluster, kind, 'monitoring.coreos.com'))) {
        const { owner } = on;
        if (/(^|-)monitoring(-|$)/.test(owner.name) || bringsThem(owner)) continue;
        const others = misplaced.get(owner);
        if (others) others.push(on);
        else misplaced.set(owner, [on]);
      }
      for (const [owner, objects] of misplaced) {
        const [on] = objects;
        if (!on) continue;
        yield {
          on,
          at: 'kind',
          found: `${countedKinds(objects)} in ${owner.id}, which is no monitoring component`,
          fix: `move ${objects.length === 1 ? 'it' : 'them'} to ${owner.name}-monitoring, which depends on monitoring and on ${owner.name}; in code: a component that extends Monitoring`,
        };
      }

      // what brings the CRDs may hold monitors too: crd-beside-its-release says where that cannot work
      function bringsThem(owner: FluxKustomization): boolean {
        return crdProviders(cluster)
          .of('monitoring.coreos.com', 'ServiceMonitor')
          .some((provider) => provider.owner === owner);
      }
    }
  },
});
