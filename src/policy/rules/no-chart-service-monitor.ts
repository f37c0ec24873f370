import { at, defineRule, leaves, ofKind, textAt } from '../rule';

/** The switches that charts offer, whatever their case: serviceMonitor, servicemonitor, podMonitor, prometheusRule. */
const SWITCH = /(^|\.)(service-?monitor|pod-?monitor|prometheus-?rules?)\.(enabled|create)$/i;

/** Source: specification, "Monitoring Resource Split Pattern". */
export const noChartServiceMonitor = defineRule({
  name: 'no-chart-service-monitor',
  claim: 'no chart creates its own ServiceMonitor, PodMonitor or PrometheusRule',
  because: 'the release would wait for a CRD that only monitoring installs, and the bootstrap would stop there',

  *check(manifests) {
    for (const manifest of ofKind(manifests, 'HelmRelease')) {
      for (const [path, value] of leaves(at(manifest.object, 'spec', 'values'))) {
        if (String(value) !== 'true' || !SWITCH.test(path)) continue;
        const fix = `set it to false and define the monitor in ${textAt(manifest.object, 'metadata', 'name')}-monitoring`;
        yield { manifest, at: `spec.values.${path}`, found: 'the chart would create a monitor of its own', fix };
      }
    }
  },
});
