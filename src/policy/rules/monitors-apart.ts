import { ofKind } from '../../effective';
import { defineRule } from '../rule';

const MONITORS = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule', 'AlertmanagerConfig'];

/** Source: specification, "Monitoring Resource Split Pattern". */
export const monitorsApart = defineRule({
  name: 'monitors-apart',
  ids: ['S03'],
  claim: 'monitors and alerts live in a *-monitoring component',
  because: 'beside what they watch they wait for CRDs that only monitoring brings, and stop the bootstrap there',
  evidence: 'specification, "Monitoring Resource Split Pattern"',
  severity: 'error',
  fix: 'move the monitor to the Flux Kustomization that watches the component',

  *check(repository) {
    for (const on of MONITORS.flatMap((kind) => ofKind(repository, kind, 'monitoring.coreos.com'))) {
      if (on.owner.name.endsWith('-monitoring')) continue;
      yield {
        on,
        at: 'kind',
        found: `a ${on.object.kind} outside a monitoring component`,
        fix: 'move it to a component that extends Monitoring',
      };
    }
  },
});
