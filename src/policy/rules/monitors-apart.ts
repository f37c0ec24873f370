import { defineRule, ofKind } from '../rule';

const MONITORS = ['ServiceMonitor', 'PodMonitor', 'Probe', 'ScrapeConfig', 'PrometheusRule', 'AlertmanagerConfig'];

/** Source: specification, "Monitoring Resource Split Pattern". */
export const monitorsApart = defineRule({
  name: 'monitors-apart',
  claim: 'monitors and alerts live in a *-monitoring component',
  because: 'beside what they watch they wait for CRDs that only monitoring brings, and stop the bootstrap there',

  *check(manifests) {
    for (const manifest of MONITORS.flatMap((kind) => ofKind(manifests, kind))) {
      if (!manifest.object.apiVersion.startsWith('monitoring.coreos.com/')) continue;
      if (/^(namespaces|clusters\/[^/]+)\/[a-z0-9-]+-monitoring\//.test(manifest.path)) continue;
      yield {
        manifest,
        at: 'kind',
        found: `a ${manifest.object.kind} outside a monitoring component`,
        fix: 'move it to a component that extends Monitoring',
      };
    }
  },
});
