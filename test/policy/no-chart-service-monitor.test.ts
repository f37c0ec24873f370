import { noChartServiceMonitor } from '../../src/policy/rules/no-chart-service-monitor';
import { testRule, yaml } from '../support/rule-tester';

testRule(noChartServiceMonitor, {
  allowed: {
    'turned off': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { serviceMonitor: { enabled: false } } }`,
    'a release that does not speak of it': yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { replicas: 2 } }`,
  },
  refused: {
    'turned on in a subchart': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { web: { serviceMonitor: { enabled: true } } } }`,
      `
      namespaces/ferry/0.yaml: no-chart-service-monitor
        what   the chart would create a monitor of its own
        where  HelmRelease ferry/ferry, spec.values.web.serviceMonitor.enabled
        why    the release would wait for a CRD that only monitoring installs, and the bootstrap would stop there
        fix    set it to false and define the monitor in ferry-monitoring`,
    ],
    'turned on by a text, which a template takes for true': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry, namespace: ferry }
      spec: { values: { podMonitor: { enabled: 'true' } } }`,
      `
      namespaces/ferry/0.yaml: no-chart-service-monitor
        what   the chart would create a monitor of its own
        where  HelmRelease ferry/ferry, spec.values.podMonitor.enabled
        why    the release would wait for a CRD that only monitoring installs, and the bootstrap would stop there
        fix    set it to false and define the monitor in ferry-monitoring`,
    ],
    'the lower-case switch of cert-manager': [
      yaml`
      kind: HelmRelease
      metadata: { name: cert-manager, namespace: cert-manager }
      spec: { values: { prometheus: { servicemonitor: { enabled: true } } } }`,
      `
      namespaces/ferry/0.yaml: no-chart-service-monitor
        what   the chart would create a monitor of its own
        where  HelmRelease cert-manager/cert-manager, spec.values.prometheus.servicemonitor.enabled
        why    the release would wait for a CRD that only monitoring installs, and the bootstrap would stop there
        fix    set it to false and define the monitor in cert-manager-monitoring`,
    ],
  },
});
