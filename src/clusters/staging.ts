import type { Components } from '../components';
import { Cluster, type FluxRepo } from '../flux';

/** The cluster that releases are tried on: as production, with fewer replicas. */
export function staging(repo: FluxRepo, components: Components): Cluster {
  const cluster = new Cluster(repo, 'staging', {
    variables: {
      CLUSTER_NAME: 'staging',
      CONTROL_PLANE_HOST: 'k8s.staging.netcorp.example',
      NODE_CIDR: '10.20.0.0/24',
      POD_CIDR: '10.245.0.0/16',
      LB_POOL_START: '10.20.0.200',
      LB_POOL_STOP: '10.20.0.220',
      GATEWAY_IP: '10.20.0.200',
      DOMAIN: 'staging.netcorp.example',
      CLUSTER_ISSUER: 'letsencrypt',
      ACME_SERVER: 'https://acme-staging-v02.api.letsencrypt.org/directory',
      ACME_EMAIL: 'platform@netcorp.example',
      NFS_SERVER: 'nfs.staging.netcorp.example', // a name: volumes keep it for ever
      NFS_PATH: '/srv/nfs/k8s',
      NFS_BACKUP_PATH: '/srv/nfs/backup',
      LONGHORN_BACKUP_TARGET: 'nfs://nfs.staging.netcorp.example:/srv/nfs/longhorn-backup',
      MONITORING_STORAGE_CLASS: 'longhorn',
      POSTGRES_STORAGE_CLASS: 'longhorn',
      DATABASE_STORAGE_CLASS: 'longhorn',
      BACKUP_S3_ENDPOINT: 'https://s3.netcorp.example',
      BACKUP_S3_BUCKET: 'netcorp-staging',
      BACKUP_S3_REGION: 'eu-central-1',
      NETCORP_IMAGE_REGISTRY: 'registry.netcorp.example/netcorp',
      NETCORP_API_TAG: '0.1.0',
      NETCORP_WEB_TAG: '0.1.0',
      NETCORP_WORKER_TAG: '0.1.0',
      NETCORP_STRAPI_TAG: '0.1.0',
      REDIS_IMAGE_REGISTRY: 'registry.netcorp.example', // a mirror: the free images may go at any time
      REDIS_IMAGE_NAMESPACE: 'bitnamilegacy',
    },
  });

  // Layer 0: Secrets, and the Namespaces they need
  const secrets = cluster.deploy(components.clusterSecrets);

  // Layer 1: what waits for nobody
  const nfsProvisioner = cluster.deploy(components.nfsProvisioner);
  const certManager = cluster.deploy(components.certManager);
  cluster.deploy(components.reloader);
  const cilium = cluster.deploy(components.cilium);
  const gatewayApiCrds = cluster.deploy(components.gatewayApiCrds);
  const kyverno = cluster.deploy(components.kyverno);
  const trivySystem = cluster.deploy(components.trivySystem);

  // Layer 1.5: what needs a CRD, the network or storage of layer 1
  const gatekeeperSystem = cluster.deploy(components.gatekeeperSystem, { dependsOn: [cilium] });
  const longhornSystem = cluster.deploy(components.longhornSystem, {
    dependsOn: [secrets, cilium],
    without: [components.longhornSystem.backupCredentials], // backups go to NFS
  });
  const velero = cluster.deploy(components.velero, { dependsOn: [secrets, cilium] });
  const databaseOperators = cluster.deploy(components.databaseOperators, { dependsOn: [nfsProvisioner, certManager, cilium] });
  cluster.deploy(components.kyvernoConfig, { dependsOn: [kyverno] });
  const ciliumConfig = cluster.deploy(components.ciliumConfig, { dependsOn: [cilium] });
  const envoyGateway = cluster.deploy(components.envoyGateway, { dependsOn: [gatewayApiCrds, cilium] });
  const certManagerConfig = cluster.deploy(components.certManagerConfig, { dependsOn: [certManager, secrets] });
  const linkerd = cluster.deploy(components.linkerd, { dependsOn: [certManager, cilium, gatewayApiCrds] });
  const gatekeeperConstraintTemplates = cluster.deploy(components.gatekeeperConstraintTemplates, { dependsOn: [gatekeeperSystem] });

  // Layer 1.6: the policies of layer 1, now that their CRD exists
  cluster.deploy(components.certManagerNetworkPolicies, { dependsOn: [cilium, certManager] });
  cluster.deploy(components.kyvernoNetworkPolicies, { dependsOn: [cilium, kyverno] });

  // Layer 2: configuration, observation, backup
  cluster.deploy(components.gatekeeperConfig, {
    dependsOn: [gatekeeperConstraintTemplates, gatekeeperSystem],
    patches: [components.gatekeeperConfig.allowRegistry(cluster.variables.NETCORP_IMAGE_REGISTRY)],
  });
  const envoyGatewayConfig = cluster.deploy(components.envoyGatewayConfig, {
    dependsOn: [envoyGateway, certManagerConfig, ciliumConfig, gatewayApiCrds, certManager],
  });
  cluster.deploy(components.linkerdConfig, { dependsOn: [linkerd] });
  cluster.deploy(components.linkerdViz, { dependsOn: [linkerd, cilium, certManager, certManagerConfig] });
  const monitoring = cluster.deploy(components.monitoring, { dependsOn: [nfsProvisioner, secrets, cilium, longhornSystem] });
  const backup = cluster.deploy(components.backup, {
    dependsOn: [secrets, nfsProvisioner, cilium],
    patches: [components.backup.offsite.patch({ spec: { schedule: '0 6 * * 0' } })], // weekly
  });
  const backupJobs = cluster.deploy(components.backupJobs, { dependsOn: [nfsProvisioner, secrets, cilium] });

  // Layer 3: the data stores
  const postgre = cluster.deploy(components.postgre, { dependsOn: [databaseOperators, secrets, cilium, nfsProvisioner, longhornSystem] });
  const redis = cluster.deploy(components.redis, {
    dependsOn: [longhornSystem, secrets, cilium],
    patches: [
      // the chart refuses images from anywhere but Docker Hub, mirrors too
      components.redis.release.patch({ values: { global: { security: { allowInsecureImages: true } } } }),
    ],
  });
  const rabbitmq = cluster.deploy(components.rabbitmq, { dependsOn: [longhornSystem, databaseOperators, secrets, cilium] });
  const mongodb = cluster.deploy(components.mongodb, { dependsOn: [longhornSystem, databaseOperators, secrets, cilium] });
  const strapiPostgres = cluster.deploy(components.strapiPostgres, {
    dependsOn: [databaseOperators, secrets, cilium, nfsProvisioner, longhornSystem],
  });

  // Layer 4: the application
  const netcorpApp = cluster.deploy(components.netcorp, {
    dependsOn: [
      postgre,
      redis,
      rabbitmq,
      mongodb,
      strapiPostgres,
      linkerd,
      envoyGatewayConfig,
      secrets,
      gatewayApiCrds,
      cilium,
      nfsProvisioner,
    ],
    patches: [
      components.netcorp.apiAutoscaler.patch({ spec: { minReplicas: 1, maxReplicas: 3 } }),
      components.netcorp.webAutoscaler.patch({ spec: { minReplicas: 1, maxReplicas: 3 } }),
      components.netcorp.workerAutoscaler.patch({ spec: { maxReplicas: 3 } }),
    ],
  });

  // Layer 4.5: monitors and alerts, for which nobody waits
  cluster.deploy(components.ciliumMonitoring, { dependsOn: [monitoring, cilium] });
  cluster.deploy(components.kyvernoMonitoring, { dependsOn: [monitoring, kyverno] });
  cluster.deploy(components.gatekeeperMonitoring, { dependsOn: [monitoring, gatekeeperSystem] });
  cluster.deploy(components.trivyMonitoring, { dependsOn: [monitoring, trivySystem] });
  cluster.deploy(components.backupMonitoring, {
    dependsOn: [monitoring, backup, velero, longhornSystem, backupJobs],
    patches: [components.backupMonitoring.offsiteCopyDueWithin(8)], // it is made weekly
  });
  cluster.deploy(components.netcorpMonitoring, { dependsOn: [monitoring, netcorpApp] });
  cluster.deploy(components.linkerdMonitoring, { dependsOn: [monitoring, linkerd] });
  cluster.deploy(components.dataMonitoring, {
    dependsOn: [monitoring, databaseOperators, postgre, strapiPostgres, redis, rabbitmq, mongodb],
  });

  return cluster;
}
