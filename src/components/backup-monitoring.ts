import { type FluxRepo, Monitoring, type Patch } from '../flux';
import { alert, PrometheusRule, ServiceMonitor } from '../manifests';

/** The CronJobs of backup and backup-jobs, as kube-state-metrics labels them. */
const JOBS = 'namespace=~"backup|backup-jobs"';

/** A suspended job is told of by BackupJobSuspended, and by nothing else. */
const UNLESS_SUSPENDED = `unless on (namespace, cronjob) (max by (namespace, cronjob) (kube_cronjob_spec_suspend{${JOBS}}) == 1)`;

/** Watches everything that copies data: dumps and their store, Velero, Longhorn, and the NFS server below them. */
export class BackupMonitoring extends Monitoring<'backup-monitoring', 'backup' | 'velero' | 'longhorn-system' | 'backup-jobs'> {
  /** One rule, apart from the others because the schedule of the off-site copy differs between clusters. */
  private readonly offsiteRules: PrometheusRule;
  /** One rule, apart from the others because some clusters suspend jobs for good. */
  readonly suspendedRules: PrometheusRule;
  readonly veleroRules: PrometheusRule;
  readonly longhornRules: PrometheusRule;

  constructor(repo: FluxRepo) {
    super(repo, 'backup-monitoring', {
      namespace: 'backup',
      because: { 'backup-jobs': 'its CronJobs, which the rules in namespace backup watch too' },
    });

    new ServiceMonitor(this, 'service-monitor-velero', {
      metadata: { name: 'velero', namespace: 'velero' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'velero', 'app.kubernetes.io/instance': 'velero' } },
        endpoints: [{ port: 'http-monitoring', interval: '30s' }],
      },
    });
    new ServiceMonitor(this, 'service-monitor-longhorn', {
      metadata: { name: 'longhorn', namespace: 'longhorn-system' },
      spec: {
        selector: { matchLabels: { app: 'longhorn-manager' } }, // of all its Services only longhorn-backend has the label
        endpoints: [{ port: 'manager', interval: '30s' }],
      },
    });

    new PrometheusRule(this, 'prometheus-rule-backup', {
      metadata: { name: 'backup' },
      spec: {
        groups: [
          {
            name: 'backup-jobs',
            rules: [
              alert('BackupJobStale', 'critical', {
                // 36 hours: one night may fail, two may not, and the first night of a new cluster wakes nobody.
                expr: `(time() - max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{${JOBS}, cronjob!="backup-offsite"}) > 129600) ${UNLESS_SUSPENDED}`,
                for: '30m',
                summary: 'CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} has not succeeded for 36 hours',
                description:
                  'Its last success was {{ $value | humanizeDuration }} ago; it should succeed every day. Read the logs of its last pods.',
              }),
              alert('BackupJobNeverSucceeded', 'critical', {
                // The time of the last success goes when a CronJob is made anew, and BackupJobStale with it.
                expr: `(time() - max by (namespace, cronjob) (kube_cronjob_created{${JOBS}, cronjob!="backup-offsite"}) > 129600) unless on (namespace, cronjob) kube_cronjob_status_last_successful_time ${UNLESS_SUSPENDED}`,
                summary: 'CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} has never succeeded',
                description: 'It was made {{ $value | humanizeDuration }} ago and no run of it has succeeded since.',
              }),
              alert('BackupJobFailed', 'warning', {
                // Ends when the Job is cleared away two days later, not at the next success.
                expr: `sum by (namespace, job_name) (kube_job_status_failed{${JOBS}}) > 0`,
                for: '5m',
                summary: 'A pod of Job {{ $labels.namespace }}/{{ $labels.job_name }} failed',
                description:
                  '{{ $value }} of its pods failed. If it is a job of backup-verify, the newest dump of a database cannot be relied on: its log says which.',
              }),
              alert('BackupPvcNotBound', 'warning', {
                expr: `max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_status_phase{${JOBS}, phase!="Bound"}) == 1`,
                for: '15m',
                summary: 'Claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is not bound',
                description:
                  'No dump can be written or read. Its volume is static: compare the claim with the PersistentVolume of its name, and look at the webhook of Longhorn, which sees every binding.',
              }),
            ],
          },
          {
            name: 'nfs',
            rules: [
              alert('NfsProvisionerDown', 'warning', {
                expr: 'max by (namespace, deployment) (kube_deployment_status_replicas_available{namespace="nfs-provisioner"}) < 1',
                for: '10m',
                summary: 'The NFS provisioner is not running',
                description:
                  'Deployment {{ $labels.deployment }} has no available pod: new claims of class nfs-client stay pending. If its pod cannot mount the export, the NFS server or its address is wrong, and dumps cannot be written either.',
              }),
              alert('PersistentVolumeClaimPending', 'warning', {
                expr: 'max by (namespace, persistentvolumeclaim) (kube_persistentvolumeclaim_status_phase{namespace!~"backup|backup-jobs", phase="Pending"}) == 1',
                for: '15m',
                summary: 'Claim {{ $labels.namespace }}/{{ $labels.persistentvolumeclaim }} is pending',
                description: 'It has had no volume for 15 minutes, and its pod does not start. The events of the claim name the reason.',
              }),
            ],
          },
        ],
      },
    });
    this.offsiteRules = new PrometheusRule(this, 'prometheus-rule-backup-offsite', {
      metadata: { name: 'backup-offsite' },
      spec: {
        groups: [
          {
            name: 'backup-offsite',
            rules: [
              alert('BackupOffsiteStale', 'critical', {
                expr: offsiteOlderThan(129600),
                for: '30m',
                summary: 'The off-site copy of the backup store is too old',
                description:
                  'Its last success, or the creation of CronJob {{ $labels.cronjob }}, was {{ $value | humanizeDuration }} ago. If the store burns now, what was dumped since is lost.',
              }),
            ],
          },
        ],
      },
    });
    this.suspendedRules = new PrometheusRule(this, 'prometheus-rule-backup-suspended', {
      metadata: { name: 'backup-suspended' },
      spec: {
        groups: [
          {
            name: 'backup-suspended',
            rules: [
              alert('BackupJobSuspended', 'info', {
                expr: `max by (namespace, cronjob) (kube_cronjob_spec_suspend{${JOBS}}) == 1`,
                for: '24h',
                summary: 'CronJob {{ $labels.namespace }}/{{ $labels.cronjob }} is suspended',
                description: 'It has been suspended for a day, and no other alert speaks of it meanwhile.',
              }),
            ],
          },
        ],
      },
    });
    this.veleroRules = new PrometheusRule(this, 'prometheus-rule-velero', {
      metadata: { name: 'velero', namespace: 'velero' },
      spec: {
        groups: [
          {
            name: 'velero',
            rules: [
              alert('VeleroBackupFailed', 'warning', {
                expr: 'min by (schedule) (velero_backup_last_status{schedule!=""}) == 0',
                for: '15m',
                summary: 'The last backup of schedule {{ $labels.schedule }} failed',
                description: 'It failed altogether or in part; `velero backup logs` shows what could not be backed up.',
              }),
              alert('VeleroBackupTooOld', 'critical', {
                // The status alone proves nothing: Velero sets it to success when it first sees a schedule.
                expr: 'time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule!=""}) > 129600',
                for: '30m',
                summary: 'Schedule {{ $labels.schedule }} has made no backup for 36 hours',
                description: 'Its last good backup is {{ $value | humanizeDuration }} old; it should make one every day.',
              }),
              alert('VeleroHourlyBackupTooOld', 'critical', {
                expr: 'time() - max by (schedule) (velero_backup_last_successful_timestamp{schedule=~".*-hourly-.*"}) > 10800',
                for: '30m',
                summary: 'Schedule {{ $labels.schedule }} has made no backup for three hours',
                description: 'Its last good backup is {{ $value | humanizeDuration }} old; it should make one every hour.',
              }),
              alert('VeleroLocationUnavailable', 'critical', {
                expr: 'min by (backup_location_name) (velero_backup_location_status_gauge) == 0',
                for: '30m',
                summary: 'Velero cannot reach its location {{ $labels.backup_location_name }}',
                description:
                  'Neither backup nor restore works. Check the endpoint, the bucket, the credentials and the network policy of Velero.',
              }),
            ],
          },
        ],
      },
    });
    this.longhornRules = new PrometheusRule(this, 'prometheus-rule-longhorn', {
      metadata: { name: 'longhorn', namespace: 'longhorn-system' },
      spec: {
        groups: [
          {
            name: 'longhorn',
            // By volume: each node's manager reports the volumes that it owns, and a volume may change its owner.
            rules: [
              alert('LonghornBackupError', 'warning', {
                expr: 'max by (volume, recurring_job) (longhorn_backup_state) == 4',
                for: '15m',
                summary: 'A backup of volume {{ $labels.volume }} failed',
                description: 'RecurringJob {{ $labels.recurring_job }} has left a backup in state error. Check the backup target.',
              }),
              alert('LonghornVolumeDegraded', 'warning', {
                expr: 'max by (volume, pvc_namespace, pvc) (longhorn_volume_robustness) == 2',
                for: '30m',
                summary: 'The volume of {{ $labels.pvc_namespace }}/{{ $labels.pvc }} is degraded',
                description:
                  'Volume {{ $labels.volume }} has lost a replica and has not rebuilt it for half an hour: a node may be down, or no disk has room.',
              }),
              alert('LonghornVolumeFaulted', 'critical', {
                expr: 'max by (volume, pvc_namespace, pvc) (longhorn_volume_robustness) == 3',
                for: '5m',
                summary: 'The volume of {{ $labels.pvc_namespace }}/{{ $labels.pvc }} is faulted',
                description:
                  'Volume {{ $labels.volume }} has no healthy replica: its pod cannot read or write. Salvage a replica or restore a backup.',
              }),
              alert('LonghornDiskFilling', 'warning', {
                expr: 'max by (node, disk) (longhorn_disk_usage_bytes / longhorn_disk_capacity_bytes) > 0.8',
                for: '15m',
                summary: 'Longhorn disk {{ $labels.disk }} of node {{ $labels.node }} is filling up',
                description: '{{ $value | humanizePercentage }} of it is used. At 85% Longhorn places no more replicas there.',
              }),
              alert('LonghornNodeNotReady', 'critical', {
                expr: 'min by (node) (longhorn_node_status{condition="ready"}) == 0',
                for: '10m',
                summary: 'Longhorn is not ready on node {{ $labels.node }}',
                description: 'The replicas there are out of reach, and volumes cannot be attached to the node.',
              }),
            ],
          },
        ],
      },
    });
  }

  /** For a cluster that copies off site less often than daily: after how many days without a copy the alert comes. */
  offsiteCopyDueWithin(days: number): Patch {
    return this.offsiteRules.set(['spec', 'groups', 0, 'rules', 0, 'expr'], offsiteOlderThan(days * 86400));
  }
}

/** True when the off-site copy last succeeded, or its CronJob was made, longer ago than so many seconds. */
function offsiteOlderThan(seconds: number): string {
  const job = 'namespace="backup", cronjob="backup-offsite"';
  const last = `max by (namespace, cronjob) (kube_cronjob_status_last_successful_time{${job}}) or max by (namespace, cronjob) (kube_cronjob_created{${job}})`;
  return `(time() - (${last}) > ${seconds}) ${UNLESS_SUSPENDED}`;
}
