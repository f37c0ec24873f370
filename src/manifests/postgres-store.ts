import type { Cluster, ClusterSpecResources } from '../../imports/postgresql.cnpg.io';
import type { AnyComponent, SecretRef } from '../flux';
import { PostgresCluster } from './cloudnative-pg';

/**
 * Server and clients of one major: pg_dump refuses a newer server. Flavour `system` is the one that has barman-cloud, which
 * the in-tree archive runs; `standard` and `minimal` do not.
 */
export const POSTGRES_IMAGE = 'ghcr.io/cloudnative-pg/postgresql:17.7-system-trixie';

export interface PostgresStoreProps {
  /** Two or more: one of them has to confirm each commit. For one, remove `synchronous` and `enablePDB` by patch. */
  readonly instances: number;
  /** The one database; read when the Cluster is made, and never again. */
  readonly database: string;
  /** Role that owns the database; the username in `credentials` must be the same. */
  readonly owner: string;
  readonly credentials: SecretRef<'username' | 'password'>;
  readonly storage: { readonly size: string; readonly storageClass: string };
  /** Settings of postgresql.conf, numbers as strings too. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly resources: ClusterSpecResources;
  /** Where base backups and WAL go, below a folder of the Cluster's own name. */
  readonly archive: {
    /** URL without bucket. */
    readonly endpoint: string;
    readonly bucket: string;
    readonly credentials: SecretRef<'ACCESS_KEY_ID' | 'ACCESS_SECRET_KEY'>;
    /** How far back it can be restored: `14d`. */
    readonly retention: string;
  };
}

/** postgresql.cnpg.io/v1 Cluster as every store of ours is: replicated, archived, unmeshed, and named after its component. */
export class PostgresStore extends PostgresCluster {
  constructor(scope: AnyComponent, id: string, props: PostgresStoreProps) {
    const { archive, credentials, database, owner } = props;
    const spec: Cluster['spec'] = {
      instances: props.instances,
      imageName: POSTGRES_IMAGE,
      bootstrap: {
        initdb: { database, owner, secret: { name: credentials.name }, dataChecksums: true, encoding: 'UTF8' },
      },
      storage: props.storage,
      postgresql: {
        parameters: props.parameters,
        // `preferred`: with its last standby gone the primary goes on alone instead of refusing to write
        synchronous: { method: 'any', number: 1, dataDurability: 'preferred' },
      },
      enableSuperuserAccess: false,
      enablePDB: true,
      primaryUpdateStrategy: 'unsupervised',
      primaryUpdateMethod: 'switchover', // shorter than a restart of the primary
      affinity: { enablePodAntiAffinity: true, topologyKey: 'kubernetes.io/hostname', podAntiAffinityType: 'preferred' },
      inheritedMetadata: {
        annotations: { 'linkerd.io/inject': 'disabled' }, // join Jobs never end beside a proxy (cloudnative-pg#1678)
      },
      monitoring: { enablePodMonitor: false }, // the operator would make one, before anything brings the CRD
      resources: props.resources,
      backup: {
        target: 'prefer-standby',
        retentionPolicy: archive.retention,
        // In-tree Barman: deprecated since CloudNativePG 1.26, still there in 1.28, and one component less than the plugin
        barmanObjectStore: {
          // Two Clusters in one folder would destroy each other's archive. Nor does a Cluster that is made anew write into the
          // archive of the one before: it gets a `serverName` by patch, or the folder is emptied.
          destinationPath: `s3://${archive.bucket}/${scope.name}`,
          endpointURL: archive.endpoint,
          s3Credentials: {
            accessKeyId: archive.credentials.key('ACCESS_KEY_ID'),
            secretAccessKey: archive.credentials.key('ACCESS_SECRET_KEY'),
          },
          wal: { compression: 'gzip' },
          data: { compression: 'gzip' },
        },
      },
    };
    super(scope, id, {
      metadata: {
        name: scope.name,
        annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }, // with the Cluster go its volumes
      },
      spec,
    });
  }
}
