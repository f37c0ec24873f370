import { ofKind } from '../../effective';
import { at, defineRule, leaves, textAt } from '../rule';

/** The switches that charts offer, whatever their case: serviceMonitor, servicemonitor, podMonitor, prometheusRule. */
const SWITCH = /(^|\.)(service-?monitor|pod-?monitor|prometheus-?rules?)\.(enabled|create)$/i;

/** Source: specification, "Monitoring Resource Split Pattern". */
export const noChartServiceMonitor = defineRule({
  name: 'no-chart-service-monitor',
  ids: ['S04'],
  claim: 'no chart creates its own ServiceMonitor, PodMonitor or PrometheusRule',
  because: 'the release would wait for a CRD that only monitoring installs, and the bootstrap would stop there',
  evidence: 'specification, "Monitoring Resource Split Pattern"',
  severity: 'error',
  fix: 'turn the switch off, and define the monitor in the monitoring component',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'HelmRelease')) {
      for (const [path, value] of leaves(at(on.object, 'spec', 'values'))) {
        if (String(value) !== 'true' || !SWITCH.test(path)) continue;
        const fix = `set it to false and define the monitor in ${textAt(on.object, 'metadata', 'name')}-monitoring`;
        yield { on, at: `spec.values.${path}`, found: 'the chart would create a monitor of its own', fix };
      }
    }
  },
});
