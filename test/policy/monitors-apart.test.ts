import { monitorsApart } from '../../src/policy/rules/monitors-apart';
import { cluster, flux, namespace, object, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const V1 = 'monitoring.coreos.com/v1';

testRule(monitorsApart, {
  allowed: {
    'in a monitoring component': cluster(flux('ferry-monitoring'), object('ferry-monitoring', V1, 'ServiceMonitor', 'ferry/ferry')),
    'after what they watch': cluster(
      flux('ferry'),
      namespace('ferry'),
      flux('ferry-monitoring', { dependsOn: ['ferry'] }),
      object('ferry-monitoring', V1, 'ServiceMonitor', 'ferry/ferry'),
    ),
    'in a component of all monitors': cluster(flux('monitoring-rules'), object('monitoring-rules', V1, 'PrometheusRule', 'ferry/ferry')),
    'another kind of the same group': cluster(flux('ferry'), object('ferry', V1, 'Prometheus', 'ferry/ferry')),
    'where the CRDs come from': cluster(
      flux('prometheus'),
      release('prometheus', 'kube-prometheus-stack'),
      object('prometheus', V1, 'PrometheusRule', 'prometheus/ferry'),
    ),
  },
  refused: {
    'beside what they watch, where a bootstrap brings the CRDs: style': [
      cluster(
        flux('ferry'),
        object('ferry', V1, 'PodMonitor', 'ferry/ferry'),
        '# bootstrap/crds.yaml\n{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, data: { chart: prometheus-operator-crds } }',
      ),
      `
      namespaces/ferry/podmonitor-ferry.yaml: monitors-apart (info)
        what   PodMonitor in flux-system/ferry, which is no monitoring component
        where  PodMonitor ferry/ferry, kind
        why    beside what they watch they wait for CRDs that only monitoring brings, and what they watch waits with them
        fix    move it to ferry-monitoring, which depends on monitoring and on ferry; in code: a component that extends Monitoring`,
    ],
    'before what they watch': [
      cluster(flux('ferry'), namespace('ferry'), flux('ferry-monitoring'), object('ferry-monitoring', V1, 'ServiceMonitor', 'ferry/ferry')),
      `
      clusters/test/infrastructure.yaml: monitors-apart (warning)
        what   flux-system/ferry-monitoring watches namespace ferry of flux-system/ferry, and does not wait for it
        where  Kustomization flux-system/ferry-monitoring, spec.dependsOn
        why    there is nothing to watch yet, and alerts about what is absent fire from the start
        fix    add ferry to dependsOn`,
    ],
    'beside what they watch': [
      cluster(
        flux('ferry'),
        object('ferry', V1, 'PrometheusRule', 'ferry/ferry'),
        object('ferry', V1, 'PrometheusRule', 'ferry/delays'),
        object('ferry', V1, 'ServiceMonitor', 'ferry/ferry'),
      ),
      `
      namespaces/ferry/servicemonitor-ferry.yaml: monitors-apart (warning)
        what   ServiceMonitor, PrometheusRule (2) in flux-system/ferry, which is no monitoring component
        where  ServiceMonitor ferry/ferry, kind
        why    beside what they watch they wait for CRDs that only monitoring brings, and what they watch waits with them
        fix    move them to ferry-monitoring, which depends on monitoring and on ferry; in code: a component that extends Monitoring`,
    ],
    'in a component that only looks like one': [
      cluster(flux('ferrymonitoring'), object('ferrymonitoring', V1, 'PrometheusRule', 'ferry/ferry')),
      `
      namespaces/ferrymonitoring/prometheusrule-ferry.yaml: monitors-apart (warning)
        what   PrometheusRule in flux-system/ferrymonitoring, which is no monitoring component
        where  PrometheusRule ferry/ferry, kind
        why    beside what they watch they wait for CRDs that only monitoring brings, and what they watch waits with them
        fix    move it to ferrymonitoring-monitoring, which depends on monitoring and on ferrymonitoring; in code: a component that extends Monitoring`,
    ],
  },
});
