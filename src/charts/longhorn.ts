import type { LonghornValues } from '../../imports/charts/longhorn';
import { brings } from './brings';
import { isOn, monitor } from './switch';
import { type WebhookRule, WRITES } from './webhook';

const KINDS = [
  'BackingImage',
  'BackingImageDataSource',
  'BackingImageManager',
  'Backup',
  'BackupBackingImage',
  'BackupTarget',
  'BackupVolume',
  'Engine',
  'EngineImage',
  'InstanceManager',
  'Node',
  'Orphan',
  'RecurringJob',
  'Replica',
  'Setting',
  'ShareManager',
  'Snapshot',
  'SupportBundle',
  'SystemBackup',
  'SystemRestore',
  'Volume',
  'VolumeAttachment',
] as const;

/** A claim is bound by an UPDATE: while the manager does not answer, none in the cluster is bound. */
const CLAIMS: WebhookRule = {
  groups: [''],
  versions: ['v1'],
  resources: ['persistentvolumeclaims'],
  operations: ['UPDATE'],
  scope: 'Namespaced',
};

const OWN: WebhookRule = { groups: ['longhorn.io'], versions: ['v1beta2'], resources: ['*'], operations: WRITES };

/** Chart 1.10.2: templates/crds.yaml, storageclass.yaml, priorityclass.yaml; the webhooks are those that the manager registers, webhook/. */
export const longhorn = brings<LonghornValues>({
  chart: 'longhorn',
  repositories: ['https://charts.longhorn.io'],
  version: '1.10.2',
  crds: 'templates',
  brings: (values, { namespace }) => {
    const webhook = {
      failurePolicy: 'Fail',
      sideEffects: 'None',
      service: 'longhorn-admission-webhook',
      podPort: 9502,
      pods: { app: 'longhorn-manager' },
      registered: 'run time',
    } as const;
    return {
      crds: [{ group: 'longhorn.io', kinds: KINDS, from: 'templates' }],
      webhooks: [
        { ...webhook, name: 'validator.longhorn.io', type: 'validating', rules: [OWN, CLAIMS] },
        { ...webhook, name: 'mutator.longhorn.io', type: 'mutating', rules: [OWN] },
      ],
      storageClasses: ['longhorn', 'longhorn-static'],
      priorityClasses: isOn(values.defaultSettings?.priorityClass, true) ? ['longhorn-critical'] : [],
      metrics: [{ port: 9500, pods: { app: 'longhorn-manager' } }],
      owns: [
        { kind: 'BackupTarget', name: 'default', namespace },
        { kind: 'ServiceAccount', name: 'longhorn-service-account', namespace },
        { kind: 'Service', name: 'longhorn-backend', namespace },
        { kind: 'Service', name: 'longhorn-frontend', namespace },
        { kind: 'Service', name: 'longhorn-admission-webhook', namespace },
        { kind: 'ConfigMap', name: 'longhorn-default-setting', namespace },
        { kind: 'ConfigMap', name: 'longhorn-default-resource', namespace },
        { kind: 'ConfigMap', name: 'longhorn-storageclass', namespace },
      ],
      monitors: monitor('ServiceMonitor', 'metrics.serviceMonitor.enabled', values.metrics?.serviceMonitor?.enabled),
    };
  },
});
