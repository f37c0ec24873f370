import type { VeleroValues } from '../../imports/charts/velero';
import { brings } from './brings';
import { fullname } from './fullname';
import { isOn, monitor } from './switch';

const KINDS = [
  'Backup',
  'BackupRepository',
  'BackupStorageLocation',
  'DataDownload',
  'DataUpload',
  'DeleteBackupRequest',
  'DownloadRequest',
  'PodVolumeBackup',
  'PodVolumeRestore',
  'Restore',
  'Schedule',
  'ServerStatusRequest',
  'VolumeSnapshotLocation',
] as const;

/** Chart 11.3.2: crds/, templates/deployment.yaml, service.yaml, servicemonitor.yaml, podmonitor.yaml, prometheusrule.yaml. */
export const velero = brings<VeleroValues>({
  chart: 'velero',
  repositories: ['https://vmware-tanzu.github.io/helm-charts'],
  version: '11.3.2',
  crds: 'folder',
  brings: (values, release) => {
    const name = fullname('velero', release, { fullname: values.fullnameOverride, name: values.nameOverride });
    const { namespace } = release;
    const metrics = isOn(values.metrics?.enabled, true);
    return {
      crds: [{ group: 'velero.io', kinds: KINDS, from: 'crds folder' }],
      metrics: metrics ? [{ port: 8085, pods: { 'app.kubernetes.io/name': 'velero', 'app.kubernetes.io/instance': release.name } }] : [],
      owns: [{ kind: 'ServiceAccount', name: `${name}-server`, namespace }, ...(metrics ? [{ kind: 'Service', name, namespace }] : [])],
      monitors: metrics
        ? [
            ...monitor('ServiceMonitor', 'metrics.serviceMonitor.enabled', values.metrics?.serviceMonitor?.enabled),
            ...monitor('PodMonitor', 'metrics.nodeAgentPodMonitor.enabled', values.metrics?.nodeAgentPodMonitor?.enabled),
            ...monitor('PrometheusRule', 'metrics.prometheusRule.enabled', values.metrics?.prometheusRule?.enabled),
          ]
        : [],
    };
  },
});
