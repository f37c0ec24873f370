import type { LonghornValues } from '../../imports/charts/longhorn';
import { Component, Directory, type FluxRepo, type SecretRef } from '../flux';
import { CiliumNetworkPolicy, fromKubeApi, fromMonitoring, fromOwnNamespace, HelmRelease, HelmRepository, Namespace } from '../manifests';
import { variable } from '../variables';

/**
 * Replicated block storage on the nodes' own disks, and its backups: StorageClass `longhorn`. RecurringJobs belong to those whose
 * volumes they copy: beside the release that brings their CRD they would keep it from ever being applied.
 */
export class LonghornSystem extends Component<'longhorn-system', 'cluster-secrets' | 'cilium'> {
  readonly release: HelmRelease<LonghornValues>;
  readonly backupCredentials: SecretRef;

  constructor(repo: FluxRepo) {
    super(repo, 'longhorn-system', {
      timeout: '20m',
      provides: { groups: ['longhorn.io'], storageClasses: ['longhorn'] },
      because: { 'cluster-secrets': 'the credentials of an S3 backup target, where there is one' },
    });
    this.backupCredentials = this.secret('longhorn-backup', {
      AWS_ACCESS_KEY_ID: 'supplied',
      AWS_SECRET_ACCESS_KEY: 'supplied',
      AWS_ENDPOINTS: 'supplied',
    });

    new Namespace(this, 'namespace', {
      podSecurity: 'privileged',
      because: 'manager, instance managers and CSI plugin mount volumes on the host, some in its process namespace',
    });
    const repository = new HelmRepository(this, 'helm-repository', { name: 'longhorn', url: 'https://charts.longhorn.io' });
    this.release = new HelmRelease<LonghornValues>(this, 'helm-release', {
      name: 'longhorn',
      // One minor at a time: the pre-upgrade check refuses jumps, and there is no way back. Not 1.11.0: its webhook also stops
      // updates of Nodes while it is away (longhorn/longhorn#12578); 1.11.1 no longer does.
      chart: { repository, name: 'longhorn', version: '1.10.x' },
      crds: 'Skip', // they are templates
      timeout: '15m', // every node pulls engine, instance manager and CSI images
      onFailure: { retry: true, because: 'an uninstall takes the CRDs with it, and with them the record of every volume' },
      values: {
        metrics: { serviceMonitor: { enabled: false } },
        // The default class, as the chart has it, where nfs-client is not. Two copies: the chart's three would fill every worker.
        persistence: { defaultClassReplicaCount: 2 },
        // Applied at install and whenever they change. All are text, also where they look like numbers or truth values.
        defaultSettings: {
          defaultReplicaCount: '{"v1":"2"}', // of volumes made in the UI; the class has its own above
          storageMinimalAvailablePercentage: '15', // 25 by default, a quarter of a disk of its own
          guaranteedInstanceManagerCPU: '{"v1":"5"}', // percent of each node; 12 by default
          upgradeChecker: 'false', // versions come from Git
          allowCollectingLonghornUsageMetrics: 'false',
        },
        // Becomes BackupTarget `default`: one of that name in Git would fight it.
        defaultBackupStore: { backupTarget: variable('LONGHORN_BACKUP_TARGET') },
      },
    });

    const policies = new Directory(this, 'cilium-network-policies');
    // Ingress of the manager and nothing else: instance managers, CSI and iSCSI talk between nodes on ports without number.
    new CiliumNetworkPolicy(policies, 'allow-longhorn-manager', {
      endpoints: { matchLabels: { app: 'longhorn-manager' } },
      ingress: [
        fromOwnNamespace(), // UI and CSI; the manager also calls its own webhook at start, and exits when it cannot
        fromKubeApi(9500, 9502, 9503), // all it listens on. 9502 is the webhook: while it is closed no claim in the cluster binds
        fromMonitoring(9500),
      ],
    });
  }
}
