import { monitorsApart } from '../../src/policy/rules/monitors-apart';
import { testRule, yaml } from '../support/rule-tester';

testRule(monitorsApart, {
  allowed: {
    'in a monitoring component': yaml`
      # namespaces/ferry-monitoring/service-monitor.yaml
      apiVersion: monitoring.coreos.com/v1
      kind: ServiceMonitor
      metadata: { name: ferry, namespace: ferry }`,
    'another kind of the same group': yaml`
      # namespaces/ferry/prometheus.yaml
      apiVersion: monitoring.coreos.com/v1
      kind: Prometheus
      metadata: { name: ferry, namespace: ferry }`,
  },
  refused: {
    'in a folder that only looks like one': [
      yaml`
      # namespaces/ferry-monitoring-too/rules.yaml
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry-monitoring-too/rules.yaml: monitors-apart
        what   a PrometheusRule outside a monitoring component
        where  PrometheusRule ferry/ferry, kind
        why    beside what they watch they wait for CRDs that only monitoring brings, and stop the bootstrap there
        fix    move it to a component that extends Monitoring`,
    ],
    'beside what it watches': [
      yaml`
      # namespaces/ferry/rules.yaml
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata: { name: ferry, namespace: ferry }`,
      `
      namespaces/ferry/rules.yaml: monitors-apart
        what   a PrometheusRule outside a monitoring component
        where  PrometheusRule ferry/ferry, kind
        why    beside what they watch they wait for CRDs that only monitoring brings, and stop the bootstrap there
        fix    move it to a component that extends Monitoring`,
    ],
  },
});
