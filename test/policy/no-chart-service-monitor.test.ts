import { noChartServiceMonitor } from '../../src/policy/rules/no-chart-service-monitor';
import { cluster, flux, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const ON = { serviceMonitor: { enabled: true } };
const MONITORING = cluster(flux('monitoring'), release('monitoring', 'kube-prometheus-stack'));

testRule(noChartServiceMonitor, {
  allowed: {
    'turned off': cluster(flux('ferry'), release('ferry', 'ferry', { serviceMonitor: { enabled: false } })),
    'a release that does not speak of it': cluster(flux('ferry'), release('ferry', 'ferry', { replicas: 2 })),
    'the chart that brings the CRDs': MONITORING,
    'after the CRDs': cluster(MONITORING, flux('ferry', { dependsOn: ['monitoring'] }), release('ferry', 'ferry', ON)),
    'after the release of the CRDs, by an edge of its own': cluster(
      MONITORING,
      flux('ferry'),
      release('ferry', 'ferry', ON, { dependsOn: [{ name: 'kube-prometheus-stack', namespace: 'monitoring' }] }),
    ),
    'a switch that does nothing, as the chart has its metrics off': cluster(
      flux('velero'),
      release('velero', 'velero', { metrics: { enabled: false, ...ON } }),
    ),
  },
  refused: {
    'turned on in a subchart': [
      cluster(flux('ferry'), release('ferry', 'ferry', { web: ON })),
      `
      namespaces/ferry/helmrelease-ferry.yaml: no-chart-service-monitor (warning)
        what   the chart would create a monitor of its own, and nothing before it brings the CRD
        where  HelmRelease ferry/ferry, spec.values.web.serviceMonitor.enabled
        why    on a cluster without the CRD the install fails, and what was installed is taken away again or left half done
        fix    set it to false and define the monitor in ferry-monitoring`,
    ],
    'turned on by a text, which a template takes for true': [
      cluster(flux('ferry'), release('ferry', 'ferry', { podMonitor: { enabled: 'true' } })),
      `
      namespaces/ferry/helmrelease-ferry.yaml: no-chart-service-monitor (warning)
        what   the chart would create a monitor of its own, and nothing before it brings the CRD
        where  HelmRelease ferry/ferry, spec.values.podMonitor.enabled
        why    on a cluster without the CRD the install fails, and what was installed is taken away again or left half done
        fix    set it to false and define the monitor in ferry-monitoring`,
    ],
    'a switch of another name, of a chart that is known': [
      cluster(MONITORING, flux('cnpg'), release('cnpg', 'cloudnative-pg', { monitoring: { podMonitorEnabled: true } })),
      `
      namespaces/cnpg/helmrelease-cloudnative-pg.yaml: no-chart-service-monitor
        what   the chart would create a PodMonitor of its own, and nothing before it brings the CRD
        where  HelmRelease cnpg/cloudnative-pg, spec.values.monitoring.podMonitorEnabled
        why    on a cluster without the CRD the install fails, and what was installed is taken away again or left half done
        fix    set it to false and define the monitor in cloudnative-pg-monitoring`,
    ],
  },
});
