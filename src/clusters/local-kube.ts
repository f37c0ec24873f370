import type { Components } from '../components';
import { Cluster, type FluxRepo } from '../flux';

/** The office cluster: three workers on one switch, NFS in place of an object store, its own CA. */
export function localKube(repo: FluxRepo, components: Components): Cluster {
  const cluster = new Cluster(repo, 'local-kube', {
    variables: {
      CLUSTER_NAME: 'local-kube',
      CONTROL_PLANE_HOST: '192.168.50.100',
      NODE_CIDR: '192.168.50.0/24',
      POD_CIDR: '10.244.0.0/16',
      LB_POOL_START: '192.168.50.200',
      LB_POOL_STOP: '192.168.50.220',
      GATEWAY_IP: '192.168.50.200',
      DOMAIN: 'local-kube.internal',
      CLUSTER_ISSUER: 'local-ca',
      ACME_SERVER: '', // no ACME issuer here
      ACME_EMAIL: '',
      NFS_SERVER: '192.168.50.100',
      NFS_PATH: '/srv/nfs/k8s',
      NFS_BACKUP_PATH: '/srv/nfs/backup',
      LONGHORN_BACKUP_TARGET: 'nfs://192.168.50.100:/srv/nfs/longhorn-backup', // outside NFS_BACKUP_PATH, which is pruned
      MONITORING_STORAGE_CLASS: 'nfs-client',
      POSTGRES_STORAGE_CLASS: 'nfs-client',
      DATABASE_STORAGE_CLASS: 'longhorn',
      BACKUP_S3_ENDPOINT: 'http://192.168.50.100:9000', // nothing answers there yet
      BACKUP_S3_BUCKET: 'netcorp-local-kube',
      BACKUP_S3_REGION: 'us-east-1',
      NETCORP_IMAGE_REGISTRY: 'registry.local-kube.internal/netcorp',
      NETCORP_API_TAG: '0.1.0',
      NETCORP_WEB_TAG: '0.1.0',
      NETCORP_WORKER_TAG: '0.1.0',
      NETCORP_STRAPI_TAG: '0.1.0',
      REDIS_IMAGE_REGISTRY: 'docker.io',
      REDIS_IMAGE_NAMESPACE: 'bitnamilegacy',
    },
  });

  // Layer 0: Secrets, and the Namespaces they need
  const secrets = cluster.deploy(components.clusterSecrets);

  // Layer 1: what waits for nobody
  const nfsProvisioner = cluster.deploy(components.nfsProvisioner, {
    patches: [components.nfsProvisioner.release.patch({ values: { storageClass: { defaultClass: true } } })], // and Longhorn's is not
  });
  const certManager = cluster.deploy(components.certManager, {
    patches: [
      components.certManager.release.patch({
        values: {
          resources: { requests: { memory: '32Mi' } },
          webhook: { replicaCount: 1, podDisruptionBudget: { enabled: false } }, // a budget over one replica would block every drain
          cainjector: { resources: { requests: { memory: '32Mi' } } },
        },
      }),
    ],
  });
  cluster.deploy(components.reloader, {
    patches: [components.reloader.release.patch({ values: { reloader: { enableHA: false, deployment: { replicas: 1 } } } })],
  });
  const cilium = cluster.deploy(components.cilium, {
    patches: [
      components.cilium.release.patch({
        values: {
          operator: { replicas: 1 },
          hubble: {
            relay: { replicas: 1 },
          },
          resources: { requests: { cpu: '50m', memory: '192Mi' } },
        },
      }),
      // Without port-distribution, the one with most series.
      components.cilium.release.set(['spec', 'values', 'hubble', 'metrics', 'enabled'], ['dns', 'drop', 'tcp', 'flow', 'icmp', 'httpV2']),
    ],
  });
  const gatewayApiCrds = cluster.deploy(components.gatewayApiCrds);
  const kyverno = cluster.deploy(components.kyverno, {
    patches: [
      components.kyverno.release.patch({
        values: {
          // one admission pod: no policy may fail closed while it restarts
          features: { forceFailurePolicyIgnore: { enabled: true }, backgroundScan: { backgroundScanInterval: '6h' } },
          admissionController: { replicas: 1, container: { resources: { requests: { cpu: '50m' } } } },
          backgroundController: { resources: { requests: { cpu: '50m' } } },
          cleanupController: { resources: { requests: { cpu: '50m' } } },
          reportsController: { resources: { requests: { cpu: '50m' } } },
        },
      }),
    ],
  });
  const trivySystem = cluster.deploy(components.trivySystem, {
    patches: [
      components.trivySystem.release.patch({
        values: {
          operator: {
            scanJobsConcurrentLimit: 1,
            scannerReportTTL: '168h', // scanned again once a week, not daily
            sbomGenerationEnabled: false,
            clusterComplianceEnabled: false,
          },
          trivy: { server: { resources: { requests: { memory: '256Mi' }, limits: { memory: '512Mi' } } } },
        },
      }),
      components.trivySystem.release.set(['spec', 'values', 'compliance', 'specs'], []),
    ],
  });

  // Layer 1.5: what needs a CRD, the network or storage of layer 1
  const gatekeeperSystem = cluster.deploy(components.gatekeeperSystem, {
    dependsOn: [cilium],
    patches: [
      components.gatekeeperSystem.release.patch({
        values: {
          replicas: 1,
          pdb: { controllerManager: { minAvailable: 0 } }, // the default, 1 of 1, would block every drain
          controllerManager: { resources: { requests: { memory: '256Mi' } } },
          auditInterval: 300,
          audit: { resources: { requests: { memory: '256Mi' } } },
        },
      }),
    ],
  });
  const longhornSystem = cluster.deploy(components.longhornSystem, {
    dependsOn: [secrets, cilium],
    patches: [
      components.longhornSystem.release.patch({
        values: {
          persistence: { defaultClass: false }, // nfs-client is
          csi: { attacherReplicaCount: 1, provisionerReplicaCount: 1, resizerReplicaCount: 1, snapshotterReplicaCount: 1 },
          longhornUI: { replicas: 1 },
        },
      }),
    ],
    without: [components.longhornSystem.backupCredentials], // backups go to NFS
  });
  const velero = cluster.deploy(components.velero, {
    dependsOn: [secrets, cilium],
    patches: [
      // Once a week, each kept until the next one is proven. Without an object store here its location stays unavailable.
      components.velero.release.patch({
        values: { schedules: { 'daily-cluster': { schedule: '17 3 * * 0', template: { ttl: '336h' } } } },
      }),
    ],
  });
  const databaseOperators = cluster.deploy(components.databaseOperators, {
    dependsOn: [nfsProvisioner, certManager, cilium],
    patches: [
      components.databaseOperators.cloudnativePg.patch({ values: { replicaCount: 1 } }), // three small workers
      components.databaseOperators.rabbitmqOperator.patch({
        values: { clusterOperator: { replicaCount: 1 }, msgTopologyOperator: { replicaCount: 1 } },
      }),
    ],
  });
  cluster.deploy(components.kyvernoConfig, {
    dependsOn: [kyverno],
    patches: [
      // reports only: experiments must not be refused
      components.kyvernoConfig.requirePodResources.remove(['spec', 'rules', 0, 'validate', 'failureActionOverrides']),
    ],
  });
  const ciliumConfig = cluster.deploy(components.ciliumConfig, { dependsOn: [cilium] });
  const envoyGateway = cluster.deploy(components.envoyGateway, {
    dependsOn: [gatewayApiCrds, cilium],
    patches: [components.envoyGateway.release.patch({ values: { topologyInjector: { enabled: false } } })], // its nodes have no zones
  });
  const certManagerConfig = cluster.deploy(components.certManagerConfig, {
    dependsOn: [certManager, secrets],
    patches: [components.certManagerConfig.letsencrypt.omit()], // local-cert-manager-config brings the issuer of this cluster
    without: [components.certManagerConfig.dnsApiToken],
  });
  const linkerd = cluster.deploy(components.linkerd, {
    dependsOn: [certManager, cilium, gatewayApiCrds],
    patches: [components.linkerd.controlPlane.patch({ values: { controllerReplicas: 1 } })], // a restart may be felt here
  });
  const gatekeeperConstraintTemplates = cluster.deploy(components.gatekeeperConstraintTemplates, { dependsOn: [gatekeeperSystem] });

  // Layer 1.6: the policies of layer 1, now that their CRD exists
  cluster.deploy(components.certManagerNetworkPolicies, {
    dependsOn: [cilium, certManager],
    patches: [components.certManagerNetworkPolicies.acmeEgress.omit()], // no ACME issuer here
  });
  cluster.deploy(components.kyvernoNetworkPolicies, { dependsOn: [cilium, kyverno] });

  // Layer 2: configuration, observation, backup
  cluster.deploy(components.gatekeeperConfig, {
    dependsOn: [gatekeeperConstraintTemplates, gatekeeperSystem],
    patches: [
      components.gatekeeperConfig.allowRegistry(cluster.variables.NETCORP_IMAGE_REGISTRY),
      // counted, not said: experiments must not be answered with warnings
      components.gatekeeperConfig.namespacesCarryPss.patch({ spec: { enforcementAction: 'dryrun' } }),
      components.gatekeeperConfig.imagesFromKnownRegistries.patch({ spec: { enforcementAction: 'dryrun' } }),
      components.gatekeeperConfig.noNodeport.patch({ spec: { enforcementAction: 'dryrun' } }),
      components.gatekeeperConfig.noLatestTag.patch({ spec: { enforcementAction: 'dryrun' } }),
      components.gatekeeperConfig.appsHaveLimits.patch({ spec: { enforcementAction: 'dryrun' } }),
    ],
  });
  cluster.deploy(components.localCertManagerConfig, { dependsOn: [certManagerConfig, certManager] });
  const envoyGatewayConfig = cluster.deploy(components.envoyGatewayConfig, {
    dependsOn: [envoyGateway, certManagerConfig, ciliumConfig, gatewayApiCrds, certManager],
    patches: [
      components.envoyGatewayConfig.proxy.patch({ spec: { provider: { kubernetes: { envoyDeployment: { replicas: 1 } } } } }),
      components.envoyGatewayConfig.proxy.remove(['spec', 'provider', 'kubernetes', 'envoyPDB']), // over one replica it blocks every drain
    ],
  });
  cluster.deploy(components.linkerdConfig, { dependsOn: [linkerd] });
  cluster.deploy(components.linkerdViz, { dependsOn: [linkerd, cilium, certManager, certManagerConfig] });
  const monitoring = cluster.deploy(components.monitoring, {
    dependsOn: [nfsProvisioner, secrets, cilium, longhornSystem],
    patches: [
      components.monitoring.release.patch({
        values: {
          prometheus: {
            prometheusSpec: {
              retention: '7d',
              retentionSize: '8GB', // NFS enforces no size of its own: this is what keeps the export from filling
              resources: { requests: { memory: '768Mi' }, limits: { memory: '1536Mi' } },
              storageSpec: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '10Gi' } } } } },
            },
          },
          grafana: { resources: { requests: { memory: '192Mi' } } },
        },
      }),
    ],
  });
  const backup = cluster.deploy(components.backup, {
    dependsOn: [secrets, nfsProvisioner, cilium],
    patches: [
      components.backup.prune.patchEnv({ RETENTION_DAYS: '7' }),
      components.backup.verify.patchEnv({ DATABASES: 'postgre strapi-postgres mongodb' }), // what is dumped here: not Redis
      components.backup.offsite.patch({ spec: { suspend: true } }), // there is no object store
    ],
    without: [components.backup.backupCredentials],
  });
  const backupJobs = cluster.deploy(components.backupJobs, {
    dependsOn: [nfsProvisioner, secrets, cilium],
    patches: [components.backupJobs.redisDump.patch({ spec: { suspend: true } })], // a cache here, not worth a dump
  });

  // Layer 3: the data stores
  const postgre = cluster.deploy(components.postgre, {
    dependsOn: [databaseOperators, secrets, cilium, nfsProvisioner, longhornSystem],
    patches: [
      components.postgre.cluster.patch({ spec: { storage: { size: '5Gi' } } }),
      components.postgre.cluster.remove(['spec', 'backup']), // no object store: unarchived WAL would fill the volume
      components.postgre.scheduledBackup.patch({ spec: { suspend: true } }),
      components.postgre.objectStorePolicy.omit(),
      components.postgre.pooler.patch({ spec: { instances: 1 } }),
    ],
    without: [components.postgre.backupCredentials],
  });
  const redis = cluster.deploy(components.redis, {
    dependsOn: [longhornSystem, secrets, cilium],
    patches: [
      components.redis.release.patch({
        values: {
          master: { persistence: { size: '2Gi' }, resources: { requests: { cpu: '50m', memory: '128Mi' } } },
          replica: { replicaCount: 1, persistence: { size: '2Gi' }, resources: { requests: { cpu: '50m', memory: '128Mi' } } },
        },
      }),
    ],
  });
  const rabbitmq = cluster.deploy(components.rabbitmq, {
    dependsOn: [longhornSystem, databaseOperators, secrets, cilium],
    patches: [
      components.rabbitmq.cluster.patch({
        spec: {
          replicas: 1,
          persistence: { storage: '2Gi' },
          resources: { requests: { memory: '384Mi' }, limits: { memory: '384Mi' } },
        },
      }),
      components.rabbitmq.cluster.set(
        ['spec', 'override', 'statefulSet', 'spec', 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage'],
        '2Gi',
      ),
    ],
  });
  const mongodb = cluster.deploy(components.mongodb, {
    dependsOn: [longhornSystem, databaseOperators, secrets, cilium],
    patches: [
      components.mongodb.replicaSet.patch({ spec: { members: 1 } }), // a replica set of one is still one
      components.mongodb.replicaSet.set(
        ['spec', 'statefulSet', 'spec', 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage'],
        '5Gi',
      ),
      components.mongodb.replicaSet.set(['spec', 'statefulSet', 'spec', 'template', 'spec', 'containers', 0, 'resources'], {
        requests: { cpu: '50m', memory: '512Mi' },
        limits: { memory: '512Mi' },
      }),
    ],
  });
  const strapiPostgres = cluster.deploy(components.strapiPostgres, {
    dependsOn: [databaseOperators, secrets, cilium, nfsProvisioner, longhornSystem],
    patches: [
      components.strapiPostgres.cluster.patch({
        spec: {
          instances: 1,
          enablePDB: false, // over one instance it would block every drain
          storage: { size: '2Gi' },
          resources: { requests: { cpu: '50m', memory: '192Mi' } },
        },
      }),
      components.strapiPostgres.cluster.remove(['spec', 'postgresql', 'synchronous']), // nobody to confirm a commit
      components.strapiPostgres.cluster.remove(['spec', 'backup']), // no object store: unarchived WAL would fill the volume
      components.strapiPostgres.scheduledBackup.patch({ spec: { suspend: true } }),
      components.strapiPostgres.objectStorePolicy.omit(),
    ],
    without: [components.strapiPostgres.backupCredentials],
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
      components.netcorp.apiAutoscaler.patch({ spec: { minReplicas: 1, maxReplicas: 2 } }),
      components.netcorp.webAutoscaler.patch({ spec: { minReplicas: 1, maxReplicas: 2 } }),
      components.netcorp.workerAutoscaler.patch({ spec: { maxReplicas: 2 } }),
    ],
  });

  // Layer 4.5: monitors and alerts, for which nobody waits
  cluster.deploy(components.ciliumMonitoring, {
    dependsOn: [monitoring, cilium],
    patches: components.ciliumMonitoring.monitors.map((monitor) => monitor.set(['spec', 'endpoints', 0, 'interval'], '60s')), // a small Prometheus
  });
  cluster.deploy(components.kyvernoMonitoring, {
    dependsOn: [monitoring, kyverno],
    patches: [
      components.kyvernoMonitoring.serviceMonitor.set(['spec', 'endpoints', 0, 'interval'], '60s'),
      components.kyvernoMonitoring.sharedClusterRule.omit(), // one admission pod, one user
    ],
  });
  cluster.deploy(components.gatekeeperMonitoring, { dependsOn: [monitoring, gatekeeperSystem] });
  cluster.deploy(components.trivyMonitoring, {
    dependsOn: [monitoring, trivySystem],
    patches: [components.trivyMonitoring.findingsRule.omit()], // nobody would act on them here
  });
  cluster.deploy(components.backupMonitoring, {
    dependsOn: [monitoring, backup, velero, longhornSystem, backupJobs],
    patches: [
      components.backupMonitoring.suspendedRules.omit(), // the off-site copy and the dump of Redis are suspended for good
      components.backupMonitoring.veleroRules.omit(), // without an object store every backup of Velero fails
    ],
  });
  cluster.deploy(components.netcorpMonitoring, {
    dependsOn: [monitoring, netcorpApp],
    // nobody is woken up for this cluster
    patches: [
      components.netcorpMonitoring.rules.set(['spec', 'groups', 0, 'rules', 0, 'labels', 'severity'], 'warning'), // NetcorpHighErrorRate
      components.netcorpMonitoring.rules.set(['spec', 'groups', 0, 'rules', 2, 'labels', 'severity'], 'warning'), // NetcorpDeploymentDegraded
      components.netcorpMonitoring.rules.set(['spec', 'groups', 0, 'rules', 5, 'labels', 'severity'], 'warning'), // NetcorpApiTargetMissing
    ],
  });
  cluster.deploy(components.linkerdMonitoring, { dependsOn: [monitoring, linkerd] });
  cluster.deploy(components.dataMonitoring, {
    dependsOn: [monitoring, databaseOperators, postgre, strapiPostgres, redis, rabbitmq, mongodb],
    patches: [
      // one node is all there is
      components.dataMonitoring.rabbitmqRule.set(
        ['spec', 'groups', 0, 'rules', 0, 'expr'],
        components.dataMonitoring.rabbitmqNodesBelow(1),
      ),
    ],
  });

  return cluster;
}
