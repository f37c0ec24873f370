import { Component, Directory, type FluxRepo, type SecretRef } from '../flux';
import {
  CiliumNetworkPolicy,
  fromComponent,
  fromKubeApi,
  fromMonitoring,
  fromNamespaces,
  fromOwnNamespace,
  Namespace,
  POSTGRES_IMAGE,
  Pooler,
  PostgresStore,
  ScheduledBackup,
  toDns,
  toEntities,
  toKubeApi,
  toOwnNamespace,
} from '../manifests';
import { variable } from '../variables';
import type { DatabaseOperators } from './database-operators';

export interface PostgreProps {
  /** Its operator connects to every instance. */
  readonly databaseOperators: DatabaseOperators;
}

/** The application's relational store: a PostgreSQL cluster, pgbouncer before it, and an archive in the object store. */
export class Postgre extends Component<
  'postgre',
  'database-operators' | 'cluster-secrets' | 'cilium' | 'nfs-provisioner' | 'longhorn-system'
> {
  /** Image of the servers; its clients fit them. */
  readonly image = POSTGRES_IMAGE;
  readonly cluster: PostgresStore;
  readonly pooler: Pooler;
  readonly scheduledBackup: ScheduledBackup;
  readonly objectStorePolicy: CiliumNetworkPolicy;
  readonly backupCredentials: SecretRef;

  constructor(repo: FluxRepo, { databaseOperators }: PostgreProps) {
    super(repo, 'postgre', {
      timeout: '15m', // instances join one after another, each with a copy of the first
      because: {
        'nfs-provisioner': 'its StorageClass, in clusters that keep Postgres on NFS',
        'longhorn-system': 'its StorageClass, in clusters that keep Postgres on block storage',
      },
    });
    const credentials = this.secret(
      'postgre-app',
      { username: 'fixed: netcorp', password: 'generated' },
      { type: 'kubernetes.io/basic-auth', labels: { 'cnpg.io/reload': 'true' } }, // the operator applies a new password at once
    );
    const backupCredentials = this.secret('postgre-backup-s3', { ACCESS_KEY_ID: 'supplied', ACCESS_SECRET_KEY: 'supplied' });
    this.backupCredentials = backupCredentials;

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    this.cluster = new PostgresStore(this, 'cluster', {
      instances: 2,
      database: 'netcorp',
      owner: 'netcorp',
      credentials,
      storage: { size: '10Gi', storageClass: variable('POSTGRES_STORAGE_CLASS') },
      parameters: { max_connections: '100', shared_buffers: '128MB', log_min_duration_statement: '1000' }, // slower than 1000 ms
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      archive: {
        endpoint: variable('BACKUP_S3_ENDPOINT'),
        bucket: variable('BACKUP_S3_BUCKET'),
        credentials: backupCredentials,
        retention: '14d',
      },
    });
    // Transaction pooling: what lives in a session (LISTEN, advisory locks, migrations) has to connect to postgre-rw.
    this.pooler = new Pooler(this, 'pooler', {
      metadata: { name: 'postgre-pooler-rw' }, // also the Service's; the names of the Cluster and its Services are taken
      spec: {
        cluster: { name: this.cluster.name },
        type: 'rw',
        instances: 2,
        pgbouncer: {
          poolMode: 'transaction',
          parameters: {
            max_client_conn: '500',
            default_pool_size: '20', // of each pgbouncer, so 40 of the server's 100 connections
            max_prepared_statements: '200', // without it a driver's prepared statements fail in this mode
          },
        },
        template: {
          spec: {
            containers: [{ name: 'pgbouncer', resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } } }],
          },
        },
      },
    });
    this.scheduledBackup = new ScheduledBackup(this, 'scheduled-backup', {
      metadata: { name: 'postgre-daily' },
      spec: {
        schedule: '0 0 2 * * *', // 02:00:00, after the logical dumps
        cluster: { name: this.cluster.name },
        method: 'barmanObjectStore',
        target: 'prefer-standby',
        backupOwnerReference: 'self',
        immediate: true, // WAL is of no use before the first base backup
      },
    });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()], // the instance manager in each pod reads and writes its Cluster
      ingress: [fromKubeApi(8000)], // `kubectl cnpg status` reaches the instances through the API server
    });
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-operator', { ingress: [fromComponent(databaseOperators, 8000, 5432)] });
    new CiliumNetworkPolicy(policies, 'allow-clients', { ingress: [fromNamespaces(['netcorp', 'backup-jobs'], 5432)] });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(9187, 9127)] }); // instances, pgbouncer
    // Outside the cluster: a store on one of its nodes has no `world` identity, and would need `host` and `remote-node`.
    this.objectStorePolicy = new CiliumNetworkPolicy(policies, 'allow-object-store', { egress: [toEntities(['world'], 443)] });
  }
}
