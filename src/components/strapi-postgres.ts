import { Component, Directory, type FluxRepo, type SecretRef } from '../flux';
import {
  CiliumNetworkPolicy,
  fromComponent,
  fromKubeApi,
  fromMonitoring,
  fromNamespace,
  fromOwnNamespace,
  Namespace,
  POSTGRES_IMAGE,
  PostgresStore,
  ScheduledBackup,
  toDns,
  toEntities,
  toKubeApi,
  toOwnNamespace,
} from '../manifests';
import { variable } from '../variables';
import type { DatabaseOperators } from './database-operators';

export interface StrapiPostgresProps {
  /** Its operator connects to every instance. */
  readonly databaseOperators: DatabaseOperators;
}

/**
 * The CMS's own PostgreSQL cluster, apart from the application's. No pgbouncer: Strapi keeps a pool itself, and migrates its
 * tables at start, which transaction pooling breaks.
 */
export class StrapiPostgres extends Component<
  'strapi-postgres',
  'database-operators' | 'cluster-secrets' | 'cilium' | 'nfs-provisioner' | 'longhorn-system'
> {
  /** Image of the servers; its clients fit them. */
  readonly image = POSTGRES_IMAGE;
  readonly cluster: PostgresStore;
  readonly scheduledBackup: ScheduledBackup;
  readonly objectStorePolicy: CiliumNetworkPolicy;
  readonly backupCredentials: SecretRef;

  constructor(repo: FluxRepo, { databaseOperators }: StrapiPostgresProps) {
    super(repo, 'strapi-postgres', {
      timeout: '15m', // instances join one after another, each with a copy of the first
      because: {
        'nfs-provisioner': 'its StorageClass, in clusters that keep Postgres on NFS',
        'longhorn-system': 'its StorageClass, in clusters that keep Postgres on block storage',
      },
    });
    const credentials = this.secret(
      'strapi-postgres-app',
      { username: 'fixed: strapi', password: 'generated' },
      { type: 'kubernetes.io/basic-auth', labels: { 'cnpg.io/reload': 'true' } }, // the operator applies a new password at once
    );
    const backupCredentials = this.secret('strapi-postgres-backup-s3', { ACCESS_KEY_ID: 'supplied', ACCESS_SECRET_KEY: 'supplied' });
    this.backupCredentials = backupCredentials;

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    this.cluster = new PostgresStore(this, 'cluster', {
      instances: 2,
      database: 'strapi',
      owner: 'strapi', // owns schema public too: Strapi creates and alters tables at start
      credentials,
      storage: { size: '5Gi', storageClass: variable('POSTGRES_STORAGE_CLASS') },
      parameters: { max_connections: '50' },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      archive: {
        endpoint: variable('BACKUP_S3_ENDPOINT'),
        bucket: variable('BACKUP_S3_BUCKET'),
        credentials: backupCredentials,
        retention: '14d',
      },
    });
    this.scheduledBackup = new ScheduledBackup(this, 'scheduled-backup', {
      metadata: { name: 'strapi-postgres-daily' },
      spec: {
        schedule: '0 30 2 * * *', // 02:30:00, half an hour after the application's
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
    new CiliumNetworkPolicy(policies, 'allow-clients', {
      ingress: [
        fromNamespace('netcorp', [5432], { 'app.kubernetes.io/name': 'strapi' }), // nobody else of the application
        fromNamespace('backup-jobs', [5432]),
      ],
    });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(9187)] });
    // Outside the cluster: a store on one of its nodes has no `world` identity, and would need `host` and `remote-node`.
    this.objectStorePolicy = new CiliumNetworkPolicy(policies, 'allow-object-store', { egress: [toEntities(['world'], 443)] });
  }
}
