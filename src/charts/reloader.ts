import type { ReloaderValues } from '../../imports/charts/reloader';
import { brings } from './brings';
import { fullname } from './fullname';
import { monitor } from './switch';

/** Chart 2.2.7: templates/deployment.yaml, service.yaml, servicemonitor.yaml, podmonitor.yaml. */
export const reloader = brings<ReloaderValues>({
  chart: 'reloader',
  repositories: ['https://stakater.github.io/stakater-charts', 'oci://ghcr.io/stakater/charts'],
  version: '2.2.7',
  crds: 'none',
  brings: (values, release) => {
    // unlike others, it joins both names even where the release bears the chart's
    const name = values.fullnameOverride
      ? fullname('reloader', release, { fullname: values.fullnameOverride })
      : `${release.name}-reloader`;
    return {
      metrics: [{ port: 9090, pods: { app: name } }],
      owns: [{ kind: 'ServiceAccount', name, namespace: release.namespace }],
      monitors: [
        ...monitor('ServiceMonitor', 'reloader.serviceMonitor.enabled', values.reloader?.serviceMonitor?.enabled),
        ...monitor('PodMonitor', 'reloader.podMonitor.enabled', values.reloader?.podMonitor?.enabled),
      ],
    };
  },
});
