import type { RedisValues } from '../../imports/charts/redis';
import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumNetworkPolicy,
  fromMonitoring,
  fromNamespaces,
  fromOwnNamespace,
  HelmRelease,
  HelmRepository,
  Namespace,
  toDns,
  toOwnNamespace,
  VolumeJob,
} from '../manifests';
import { variable } from '../variables';
import type { LonghornSystem } from './longhorn-system';

export interface RedisProps {
  /** Takes the backups of its volumes. */
  readonly longhornSystem: LonghornSystem;
}

/** Cache, sessions and short queues of the application: one master, and replicas that follow it. */
export class Redis extends Component<'redis', 'longhorn-system' | 'cluster-secrets' | 'cilium'> {
  readonly release: HelmRelease<RedisValues>;
  readonly clientsPolicy: CiliumNetworkPolicy;

  constructor(repo: FluxRepo, { longhornSystem }: RedisProps) {
    super(repo, 'redis');
    const auth = this.secret('redis-auth', { 'redis-password': 'generated' });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    // The classic index lists oci:// addresses only, which Flux cannot follow from it (fluxcd/source-controller#1749).
    const repository = new HelmRepository(this, 'helm-repository', {
      name: 'bitnami',
      url: 'oci://registry-1.docker.io/bitnamicharts',
    });
    this.release = new HelmRelease<RedisValues>(this, 'helm-release', {
      // Exact: the last chart before versioned images left docker.io/bitnami; later ones run `latest`.
      chart: { repository, name: 'redis', version: '22.0.7' },
      crds: 'Skip', // the chart has none
      onFailure: { retry: true, because: 'an uninstall between attempts would take the store away from its clients' },
      postRenderers: [{ kustomize: { patches: [{ target: { kind: 'StatefulSet' }, patch: CLAIM_LABELS }] } }],
      values: {
        image: image('redis', '8.2.1-debian-12-r0'),
        auth: { existingSecret: auth.name, existingSecretPasswordKey: auth.nameOf('redis-password') },
        // Without maxmemory there is nothing that the use of memory could be compared with. RDB is off: the AOF has it all.
        commonConfiguration: 'appendonly yes\nsave ""\nmaxmemory 200mb\nmaxmemory-policy noeviction\n',
        master: {
          annotations: restartedBy(auth.name),
          persistence: { storageClass: variable('DATABASE_STORAGE_CLASS'), size: '5Gi' },
          resourcesPreset: 'none',
          resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
        },
        replica: {
          annotations: restartedBy(auth.name),
          replicaCount: 2,
          persistence: { storageClass: variable('DATABASE_STORAGE_CLASS'), size: '5Gi' },
          resourcesPreset: 'none',
          resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
        },
        // Off unless a cluster turns it on: then there is no `redis-master`, and clients have to speak Sentinel.
        sentinel: {
          annotations: restartedBy(auth.name),
          image: image('redis-sentinel', '8.2.1-debian-12-r0'),
          resourcesPreset: 'none',
          resources: { requests: { cpu: '25m', memory: '32Mi' }, limits: { memory: '64Mi' } },
        },
        networkPolicy: { enabled: false }, // allows everyone, beside our policies
        metrics: {
          enabled: true, // exporter and Service
          image: image('redis-exporter', '1.76.0-debian-12-r0'),
          resourcesPreset: 'none',
          resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
          serviceMonitor: { enabled: false },
          podMonitor: { enabled: false },
          prometheusRule: { enabled: false },
        },
      },
    });
    new VolumeJob(this, 'recurring-job-redis-backup', {
      name: 'redis-backup',
      namespace: longhornSystem.namespace,
      task: 'backup', // sound while the server runs: the AOF is written in order, and its torn end is cut off at start
      cron: '15 1 * * *',
      retain: 7,
    });

    const policies = new Directory(this, 'cilium-network-policies');
    // No API server: its pods mount no token. Between themselves they replicate.
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', {
      egress: [toDns(), toOwnNamespace()],
      ingress: [fromOwnNamespace()],
    });
    this.clientsPolicy = new CiliumNetworkPolicy(policies, 'allow-clients', {
      ingress: [fromNamespaces(['netcorp', 'backup-jobs'], 6379)],
    });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(9121)] });
  }
}

/**
 * The labels that put the volumes under the RecurringJob. Chart 22.0.7 drops `persistence.labels` without a word
 * (bitnami/charts#27479), and claim templates never change again, so they must be there at the first install.
 */
const CLAIM_LABELS = `\
- op: add
  path: /spec/volumeClaimTemplates/0/metadata/labels/recurring-job.longhorn.io~1source
  value: enabled
- op: add
  path: /spec/volumeClaimTemplates/0/metadata/labels/recurring-job.longhorn.io~1redis-backup
  value: enabled
`;

/** Frozen in `bitnamilegacy` since August 2025; only there, or in a mirror, do these tags exist. */
function image(name: string, tag: string) {
  return { registry: variable('REDIS_IMAGE_REGISTRY'), repository: `${variable('REDIS_IMAGE_NAMESPACE')}/${name}`, tag } as const;
}

/** Reloader restarts the pods when the password changes: they read it once, at start. */
function restartedBy(secret: string): Readonly<Record<string, string>> {
  return { 'secret.reloader.stakater.com/reload': secret };
}
