import type { RedisValues } from '../../imports/charts/redis';
import { brings, type Owned } from './brings';
import { fullname } from './fullname';
import { isOn, monitor } from './switch';

/** Chart 22.0.7: templates/master, templates/replicas, templates/sentinel, templates/metrics-svc.yaml. Its claims are those of StatefulSets. */
export const redis = brings<RedisValues>({
  chart: 'redis',
  repositories: ['oci://registry-1.docker.io/bitnamicharts', 'oci://docker.io/bitnamicharts', 'https://charts.bitnami.com/bitnami'],
  sharesItsName: true,
  version: '22.0.7',
  crds: 'none',
  brings: (values, release) => {
    const name = fullname('redis', release, { fullname: values.fullnameOverride, name: values.nameOverride });
    const { namespace } = release;
    const service = (suffix: string): Owned => ({ kind: 'Service', name: `${name}${suffix}`, namespace });
    const metrics = isOn(values.metrics?.enabled, false);
    return {
      owns: [
        ...(isOn(values.sentinel?.enabled, false) ? [service('')] : [service('-master'), service('-replicas')]),
        service('-headless'),
        ...(metrics ? [service('-metrics')] : []),
        ...(isOn(values.networkPolicy?.enabled, true) ? [{ kind: 'NetworkPolicy', name, namespace }] : []),
      ],
      metrics: metrics ? [{ port: 9121, pods: { 'app.kubernetes.io/name': 'redis', 'app.kubernetes.io/instance': release.name } }] : [],
      monitors: metrics
        ? [
            ...monitor('ServiceMonitor', 'metrics.serviceMonitor.enabled', values.metrics?.serviceMonitor?.enabled),
            ...monitor('PodMonitor', 'metrics.podMonitor.enabled', values.metrics?.podMonitor?.enabled),
            ...monitor('PrometheusRule', 'metrics.prometheusRule.enabled', values.metrics?.prometheusRule?.enabled),
          ]
        : [],
    };
  },
});
