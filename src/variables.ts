/**
 * What differs between clusters as text. Flux replaces `${NAME}` in every string of a manifest with the value that the
 * cluster gives here, after kustomize has built it. Numbers, booleans and lists differ by patch, never by variable.
 */
export interface ClusterVariables {
  /** The cluster's own name, as in metrics and backup paths: `local-kube`. */
  readonly CLUSTER_NAME: string;
  /** Address or name of the API server's endpoint, without port; port 6443 is fixed: `192.168.50.100`. */
  readonly CONTROL_PLANE_HOST: string;
  /** Range of the nodes' own addresses, CIDR: `192.168.50.0/24`. */
  readonly NODE_CIDR: string;
  /** Range that pods get addresses from, CIDR; never changes on a live cluster: `10.244.0.0/16`. */
  readonly POD_CIDR: string;
  /** First address that a LoadBalancer Service may get, IPv4. */
  readonly LB_POOL_START: string;
  /** Last address that a LoadBalancer Service may get, IPv4. */
  readonly LB_POOL_STOP: string;
  /** Address of the public Gateway, IPv4, inside the pool. */
  readonly GATEWAY_IP: string;
  /** DNS zone of the public routes, no leading dot: `example.org`. */
  readonly DOMAIN: string;
  /** Name of the ClusterIssuer that signs the Gateway's certificate: `local-ca`, `letsencrypt`. */
  readonly CLUSTER_ISSUER: string;
  /** ACME directory, URL; empty where the cluster has no ACME issuer. */
  readonly ACME_SERVER: string;
  /** Address that the ACME server writes to before a certificate expires; empty where there is no ACME issuer. */
  readonly ACME_EMAIL: string;
  /** Address of the NFS server, IPv4 or (better, since volumes keep it for ever) a DNS name. */
  readonly NFS_SERVER: string;
  /** Exported folder for dynamic volumes, absolute path. */
  readonly NFS_PATH: string;
  /** Exported folder for backups, absolute path, outside NFS_PATH. */
  readonly NFS_BACKUP_PATH: string;
  /** Where Longhorn copies volumes to: `nfs://server:/path` or `s3://bucket@region/path`. */
  readonly LONGHORN_BACKUP_TARGET: string;
  /** StorageClass of Prometheus, Alertmanager and Grafana. */
  readonly MONITORING_STORAGE_CLASS: string;
  /** StorageClass of the CloudNativePG clusters. */
  readonly POSTGRES_STORAGE_CLASS: string;
  /** StorageClass of Redis, RabbitMQ and MongoDB. */
  readonly DATABASE_STORAGE_CLASS: string;
  /** Object store for backups, URL without bucket: `https://s3.example.org`. */
  readonly BACKUP_S3_ENDPOINT: string;
  /** Bucket for backups; it must exist. */
  readonly BACKUP_S3_BUCKET: string;
  /** Region of the bucket: `us-east-1`. */
  readonly BACKUP_S3_REGION: string;
  /** Registry and path of the application's images, no trailing slash. */
  readonly NETCORP_IMAGE_REGISTRY: string;
  /** Image tag of the API, never `latest`. */
  readonly NETCORP_API_TAG: string;
  /** Image tag of the web front end, never `latest`. */
  readonly NETCORP_WEB_TAG: string;
  /** Image tag of the worker, never `latest`. */
  readonly NETCORP_WORKER_TAG: string;
  /** Image tag of the CMS, never `latest`. */
  readonly NETCORP_STRAPI_TAG: string;
  /** Registry of the Redis images: `docker.io`, or a mirror that asks for no credentials: the release names no pull Secret. */
  readonly REDIS_IMAGE_REGISTRY: string;
  /** Namespace of the Redis images in that registry: `bitnamilegacy`. */
  readonly REDIS_IMAGE_NAMESPACE: string;
}

/** The text that Flux replaces with this cluster's value: `${DOMAIN}`. */
export function variable<Name extends keyof ClusterVariables>(name: Name): `\${${Name}}` {
  return `\${${name}}`;
}
