import type { Components } from '../components';
import { Cluster, type FluxRepo } from '../flux';

/** The cluster that customers use. */
export function production(repo: FluxRepo, components: Components): Cluster {
  const cluster = new Cluster(repo, 'production', {
    variables: {
      CLUSTER_NAME: 'production',
      CONTROL_PLANE_HOST: 'k8s.netcorp.example',
      NODE_CIDR: '10.30.0.0/24',
      POD_CIDR: '10.246.0.0/16',
      LB_POOL_START: '10.30.0.200',
      LB_POOL_STOP: '10.30.0.220',
      GATEWAY_IP: '10.30.0.200',
      DOMAIN: 'netcorp.example',
      CLUSTER_ISSUER: 'letsencrypt',
      ACME_SERVER: 'https://acme-v02.api.letsencrypt.org/directory',
      ACME_EMAIL: 'platform@netcorp.example',
      NFS_SERVER: 'nfs.netcorp.example', // a name: volumes keep it for ever
      NFS_PATH: '/srv/nfs/k8s',
      NFS_BACKUP_PATH: '/srv/nfs/backup',
      LONGHORN_BACKUP_TARGET: 's3://netcorp-production-longhorn@eu-central-1/',
      MONITORING_STORAGE_CLASS: 'longhorn',
      POSTGRES_STORAGE_CLASS: 'longhorn', // three copies below each of three instances: a class with one replica would do
      DATABASE_STORAGE_CLASS: 'longhorn',
      BACKUP_S3_ENDPOINT: 'https://s3.netcorp.example',
      BACKUP_S3_BUCKET: 'netcorp-production',
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
  const nfsProvisioner = cluster.deploy(components.nfsProvisioner, {
    patches: [components.nfsProvisioner.release.patch({ values: { storageClass: { reclaimPolicy: 'Retain' } } })], // immutable once it exists
  });
  const certManager = cluster.deploy(components.certManager, {
    patches: [
      components.certManager.release.patch({
        values: {
          replicaCount: 2,
          podDisruptionBudget: { enabled: true },
          webhook: { replicaCount: 3 },
          cainjector: { replicaCount: 2, podDisruptionBudget: { enabled: true } },
        },
      }),
    ],
  });
  cluster.deploy(components.reloader, {
    patches: [components.reloader.release.patch({ values: { reloader: { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } } } })],
  });
  const cilium = cluster.deploy(components.cilium, {
    patches: [
      components.cilium.release.patch({
        values: {
          hubble: {
            relay: { podDisruptionBudget: { enabled: true } },
            ui: { enabled: false }, // it has no login
          },
          resources: { limits: { memory: '2Gi' } },
        },
      }),
    ],
  });
  const gatewayApiCrds = cluster.deploy(components.gatewayApiCrds);
  const kyverno = cluster.deploy(components.kyverno, {
    patches: [
      components.kyverno.release.patch({
        values: {
          // a policy fails closed here: admission stays up through drains, and spreads over nodes where it can
          admissionController: {
            priorityClassName: 'system-cluster-critical',
            podDisruptionBudget: { minAvailable: 2 },
            container: { resources: { limits: { memory: '768Mi' } } },
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'ScheduleAnyway',
                labelSelector: {
                  matchLabels: { 'app.kubernetes.io/instance': 'kyverno', 'app.kubernetes.io/component': 'admission-controller' },
                },
              },
            ],
          },
          backgroundController: { replicas: 2, resources: { limits: { memory: '512Mi' } } },
          cleanupController: { replicas: 2, resources: { limits: { memory: '512Mi' } } },
          reportsController: { resources: { limits: { memory: '512Mi' } } },
        },
      }),
    ],
  });
  const trivySystem = cluster.deploy(components.trivySystem, {
    patches: [components.trivySystem.release.patch({ values: { operator: { scanJobsConcurrentLimit: 5 } } })],
  });

  // Layer 1.5: what needs a CRD, the network or storage of layer 1
  const gatekeeperSystem = cluster.deploy(components.gatekeeperSystem, {
    dependsOn: [cilium],
    patches: [
      components.gatekeeperSystem.release.patch({
        values: {
          replicas: 3,
          pdb: { controllerManager: { minAvailable: 2 } },
          audit: { resources: { limits: { memory: '1Gi' } } }, // grows with the number of objects; the default is 512Mi
        },
      }),
    ],
  });
  const longhornSystem = cluster.deploy(components.longhornSystem, {
    dependsOn: [secrets, cilium],
    patches: [
      components.longhornSystem.release.patch({
        values: {
          persistence: {
            defaultClassReplicaCount: 3,
            defaultDataLocality: 'best-effort', // a copy where the pod runs: reads stay off the network
            reclaimPolicy: 'Retain', // a deleted claim leaves its volume
          },
          defaultSettings: { defaultReplicaCount: '{"v1":"3"}' },
          defaultBackupStore: { backupTargetCredentialSecret: components.longhornSystem.backupCredentials.name },
        },
      }),
    ],
  });
  const velero = cluster.deploy(components.velero, {
    dependsOn: [secrets, cilium],
    patches: [
      components.velero.release.patch({
        values: { schedules: { 'daily-cluster': { template: { ttl: '720h' } }, 'hourly-apps': { disabled: false } } },
      }),
    ],
  });
  const databaseOperators = cluster.deploy(components.databaseOperators, { dependsOn: [nfsProvisioner, certManager, cilium] });
  cluster.deploy(components.kyvernoConfig, {
    dependsOn: [kyverno],
    patches: [
      // Fails closed, but the API server asks only about netcorp: elsewhere the background scan reports.
      components.kyvernoConfig.requirePodResources.patch({
        spec: {
          webhookConfiguration: {
            failurePolicy: 'Fail',
            matchConditions: [{ name: 'apps', expression: "request.namespace in ['netcorp']" }],
          },
        },
      }),
    ],
  });
  const ciliumConfig = cluster.deploy(components.ciliumConfig, { dependsOn: [cilium] });
  const envoyGateway = cluster.deploy(components.envoyGateway, {
    dependsOn: [gatewayApiCrds, cilium],
    patches: [
      components.envoyGateway.release.patch({
        values: {
          deployment: { replicas: 2, envoyGateway: { resources: { limits: { memory: '1Gi' } } } },
          podDisruptionBudget: { minAvailable: 1 },
        },
      }),
    ],
  });
  const certManagerConfig = cluster.deploy(components.certManagerConfig, { dependsOn: [certManager, secrets] });
  const linkerd = cluster.deploy(components.linkerd, {
    dependsOn: [certManager, cilium, gatewayApiCrds],
    patches: [
      // the chart's values-ha.yaml, and the policy controller alike
      components.linkerd.controlPlane.patch({
        values: {
          controllerReplicas: 3,
          enablePodAntiAffinity: true,
          enablePodDisruptionBudget: true,
          deploymentStrategy: { rollingUpdate: { maxUnavailable: 1 } },
          highAvailability: true,
          webhookFailurePolicy: 'Fail', // every namespace here but netcorp and linkerd-viz is labelled out of it; flux-system by the bootstrap
          destinationResources: { cpu: { request: '100m' } },
          spValidatorResources: { cpu: { request: '100m' } },
          policyController: { resources: { cpu: { request: '100m' } } },
          identityResources: { cpu: { request: '100m' } },
          proxyInjectorResources: { cpu: { request: '100m' } },
          proxy: { resources: { cpu: { request: '100m' } } },
        },
      }),
    ],
  });
  const gatekeeperConstraintTemplates = cluster.deploy(components.gatekeeperConstraintTemplates, { dependsOn: [gatekeeperSystem] });

  // Layer 1.6: the policies of layer 1, now that their CRD exists
  cluster.deploy(components.certManagerNetworkPolicies, { dependsOn: [cilium, certManager] });
  cluster.deploy(components.kyvernoNetworkPolicies, { dependsOn: [cilium, kyverno] });

  // Layer 2: configuration, observation, backup
  cluster.deploy(components.gatekeeperConfig, {
    dependsOn: [gatekeeperConstraintTemplates, gatekeeperSystem],
    patches: [
      components.gatekeeperConfig.allowRegistry(cluster.variables.NETCORP_IMAGE_REGISTRY),
      // Namespaces only warn (they are in every bootstrap), and so do limits: Kyverno's policy refuses those.
      components.gatekeeperConfig.imagesFromKnownRegistries.patch({ spec: { enforcementAction: 'deny' } }),
      components.gatekeeperConfig.noNodeport.patch({ spec: { enforcementAction: 'deny' } }),
      components.gatekeeperConfig.noLatestTag.patch({ spec: { enforcementAction: 'deny' } }),
    ],
  });
  const envoyGatewayConfig = cluster.deploy(components.envoyGatewayConfig, {
    dependsOn: [envoyGateway, certManagerConfig, ciliumConfig, gatewayApiCrds, certManager],
    patches: [
      components.envoyGatewayConfig.proxy.patch({
        spec: { provider: { kubernetes: { envoyDeployment: { replicas: 3 }, envoyPDB: { minAvailable: 2 } } } },
      }),
    ],
  });
  cluster.deploy(components.linkerdConfig, { dependsOn: [linkerd] });
  cluster.deploy(components.linkerdViz, {
    dependsOn: [linkerd, cilium, certManager, certManagerConfig],
    patches: [
      // the chart's values-ha.yaml, and the policy controller alike
      components.linkerdViz.release.patch({
        values: {
          enablePodAntiAffinity: true,
          enablePodDisruptionBudget: true,
          tap: { replicas: 3, resources: { cpu: { request: '100m' } } },
          dashboard: { resources: { cpu: { request: '100m' } } },
        },
      }),
    ],
  });
  const monitoring = cluster.deploy(components.monitoring, {
    dependsOn: [nfsProvisioner, secrets, cilium, longhornSystem],
    patches: [
      components.monitoring.release.patch({
        values: {
          prometheus: {
            podDisruptionBudget: { enabled: true },
            prometheusSpec: {
              replicas: 2, // each scrapes everything: one may go
              podAntiAffinity: 'hard',
              retention: '30d',
              retentionSize: '80GB',
              resources: { requests: { memory: '4Gi' }, limits: { memory: '8Gi' } },
              storageSpec: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '100Gi' } } } } },
            },
          },
          alertmanager: { podDisruptionBudget: { enabled: true }, alertmanagerSpec: { replicas: 3 } },
        },
      }),
    ],
  });
  const backup = cluster.deploy(components.backup, {
    dependsOn: [secrets, nfsProvisioner, cilium],
    patches: [
      components.backup.prune.patchEnv({ RETENTION_DAYS: '30' }),
      components.backup.offsite.patchEnv({ KEEP_WITHIN: '' }), // its credentials may add to the bucket, and delete nothing but locks
    ],
  });
  const backupJobs = cluster.deploy(components.backupJobs, {
    dependsOn: [nfsProvisioner, secrets, cilium],
    // Sentinel: there is no Service redis-master, and any node can send a snapshot
    patches: [components.backupJobs.redisDump.patchEnv({ HOST: 'redis.redis.svc' })],
  });

  // Layer 3: the data stores
  const postgre = cluster.deploy(components.postgre, {
    dependsOn: [databaseOperators, secrets, cilium, nfsProvisioner, longhornSystem],
    patches: [
      components.postgre.cluster.patch({
        spec: {
          instances: 3,
          affinity: { podAntiAffinityType: 'required' },
          storage: { size: '20Gi' },
          walStorage: { size: '5Gi', storageClass: '${POSTGRES_STORAGE_CLASS}' }, // an archive that hangs fills this one, not the data's
          backup: { retentionPolicy: '30d' },
        },
      }),
      components.postgre.pooler.patch({ spec: { instances: 3 } }),
    ],
  });
  const redis = cluster.deploy(components.redis, {
    dependsOn: [longhornSystem, secrets, cilium],
    patches: [
      components.redis.release.patch({
        values: {
          global: { security: { allowInsecureImages: true } }, // the chart refuses images from anywhere but Docker Hub, mirrors too
          sentinel: { enabled: true }, // never turned on or off on a live cluster: other StatefulSets, other volumes
          replica: { replicaCount: 3, persistence: { size: '10Gi' }, podAntiAffinityPreset: 'hard' }, // all three, the master among them
        },
      }),
      components.redis.clientsPolicy.append(['spec', 'ingress', 0, 'toPorts', 0, 'ports'], { port: '26379', protocol: 'TCP' }), // Sentinel
    ],
  });
  const rabbitmq = cluster.deploy(components.rabbitmq, {
    dependsOn: [longhornSystem, databaseOperators, secrets, cilium],
    patches: [
      components.rabbitmq.cluster.patch({
        spec: {
          persistence: { storage: '20Gi' },
          resources: { requests: { memory: '2Gi' }, limits: { memory: '2Gi' } },
        },
      }),
      components.rabbitmq.cluster.set(
        ['spec', 'override', 'statefulSet', 'spec', 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage'],
        '20Gi',
      ),
      // two of three on one node, and with that node goes the majority
      components.rabbitmq.cluster.set(['spec', 'affinity', 'podAntiAffinity'], {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'rabbitmq' } }, topologyKey: 'kubernetes.io/hostname' },
        ],
      }),
    ],
  });
  const mongodb = cluster.deploy(components.mongodb, {
    dependsOn: [longhornSystem, databaseOperators, secrets, cilium],
    patches: [
      // No TLS: its certificate would need cert-manager, for which mongodb does not wait; between nodes Cilium encrypts.
      // half of what the pod has beyond 1 GB: MongoDB's own rule, which it would apply to the whole node
      components.mongodb.replicaSet.set(['spec', 'additionalMongodConfig', 'storage.wiredTiger.engineConfig.cacheSizeGB'], 0.5),
      components.mongodb.replicaSet.set(
        ['spec', 'statefulSet', 'spec', 'volumeClaimTemplates', 0, 'spec', 'resources', 'requests', 'storage'],
        '50Gi',
      ),
      components.mongodb.replicaSet.set(['spec', 'statefulSet', 'spec', 'template', 'spec', 'containers', 0, 'resources'], {
        requests: { cpu: '500m', memory: '2Gi' },
        limits: { memory: '2Gi' },
      }),
      // two of three on one node, and with that node goes the majority
      components.mongodb.replicaSet.set(['spec', 'statefulSet', 'spec', 'template', 'spec', 'affinity', 'podAntiAffinity'], {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { app: 'mongodb-svc' } }, topologyKey: 'kubernetes.io/hostname' },
        ],
      }),
    ],
  });
  const strapiPostgres = cluster.deploy(components.strapiPostgres, {
    dependsOn: [databaseOperators, secrets, cilium, nfsProvisioner, longhornSystem],
    patches: [
      components.strapiPostgres.cluster.patch({
        spec: {
          instances: 3,
          affinity: { podAntiAffinityType: 'required' },
          storage: { size: '10Gi' },
          backup: { retentionPolicy: '30d' },
        },
      }),
    ],
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
      components.netcorp.apiAutoscaler.patch({ spec: { minReplicas: 3, maxReplicas: 10 } }),
      components.netcorp.webAutoscaler.patch({ spec: { minReplicas: 3, maxReplicas: 8 } }),
      components.netcorp.workerAutoscaler.patch({ spec: { minReplicas: 2, maxReplicas: 8 } }),
      components.netcorp.storesPolicy.append(['spec', 'egress', 1, 'toPorts', 0, 'ports'], { port: '26379', protocol: 'TCP' }), // Sentinel of redis
      // twice what the others request
      components.netcorp.api.set(['spec', 'template', 'spec', 'containers', 0, 'resources'], {
        requests: { cpu: '200m', memory: '256Mi' },
        limits: { memory: '512Mi' },
      }),
      components.netcorp.web.set(['spec', 'template', 'spec', 'containers', 0, 'resources'], {
        requests: { cpu: '100m', memory: '256Mi' },
        limits: { memory: '512Mi' },
      }),
      components.netcorp.worker.set(['spec', 'template', 'spec', 'containers', 0, 'resources'], {
        requests: { cpu: '200m', memory: '256Mi' },
        limits: { memory: '512Mi' },
      }),
      components.netcorp.strapi.set(['spec', 'template', 'spec', 'containers', 0, 'resources'], {
        requests: { cpu: '200m', memory: '768Mi' },
        limits: { memory: '1536Mi' },
      }),
      // rather a pod that waits than all replicas on one node
      components.netcorp.api.set(['spec', 'template', 'spec', 'topologySpreadConstraints', 0, 'whenUnsatisfiable'], 'DoNotSchedule'),
      components.netcorp.web.set(['spec', 'template', 'spec', 'topologySpreadConstraints', 0, 'whenUnsatisfiable'], 'DoNotSchedule'),
      components.netcorp.worker.set(['spec', 'template', 'spec', 'topologySpreadConstraints', 0, 'whenUnsatisfiable'], 'DoNotSchedule'),
      components.netcorp.strapi.set(['spec', 'template', 'spec', 'topologySpreadConstraints', 0, 'whenUnsatisfiable'], 'DoNotSchedule'),
    ],
  });

  // Layer 4.5: monitors and alerts, for which nobody waits
  cluster.deploy(components.ciliumMonitoring, { dependsOn: [monitoring, cilium] });
  cluster.deploy(components.kyvernoMonitoring, { dependsOn: [monitoring, kyverno] });
  cluster.deploy(components.gatekeeperMonitoring, { dependsOn: [monitoring, gatekeeperSystem] });
  cluster.deploy(components.trivyMonitoring, {
    dependsOn: [monitoring, trivySystem],
    patches: [
      // our own images only: those of others always have findings, and we cannot rebuild them
      components.trivyMonitoring.findingsRule.set(
        ['spec', 'groups', 0, 'rules', 0, 'expr'],
        'sum by (namespace, image_repository, image_tag) (trivy_image_vulnerabilities{severity="Critical", namespace=~"netcorp|strapi.*"}) > 0',
      ),
    ],
  });
  cluster.deploy(components.backupMonitoring, {
    dependsOn: [monitoring, backup, velero, longhornSystem, backupJobs],
    patches: [
      components.backupMonitoring.veleroRules.append(['spec', 'groups', 0, 'rules'], {
        alert: 'VeleroBackupAbsent',
        expr: 'absent(velero_backup_last_successful_timestamp{schedule!=""})',
        for: '26h', // a new Velero knows of no success until its first daily backup
        labels: { severity: 'critical' },
        annotations: {
          summary: 'Velero has reported no successful backup for a day',
          description: 'It is not running, is not scraped, has no schedule, or has never succeeded: the other alerts on it are blind.',
        },
      }),
      components.backupMonitoring.longhornRules.append(['spec', 'groups', 0, 'rules'], {
        alert: 'LonghornMetricsAbsent',
        expr: 'absent(longhorn_volume_robustness)',
        for: '30m',
        labels: { severity: 'critical' },
        annotations: {
          summary: 'Longhorn reports no volume',
          description: 'Its managers are not running or are not scraped: the other alerts on it are blind.',
        },
      }),
    ],
  });
  cluster.deploy(components.netcorpMonitoring, {
    dependsOn: [monitoring, netcorpApp],
    patches: [
      // NetcorpHighErrorRate
      components.netcorpMonitoring.rules.set(['spec', 'groups', 0, 'rules', 0, 'expr'], components.netcorpMonitoring.errorRateAbove(0.02)),
      components.netcorpMonitoring.rules.set(['spec', 'groups', 0, 'rules', 0, 'for'], '5m'),
      // NetcorpHighLatency
      components.netcorpMonitoring.rules.set(['spec', 'groups', 0, 'rules', 1, 'expr'], components.netcorpMonitoring.latencyAbove(500)),
      components.netcorpMonitoring.rules.set(['spec', 'groups', 0, 'rules', 1, 'for'], '5m'),
    ],
  });
  cluster.deploy(components.linkerdMonitoring, { dependsOn: [monitoring, linkerd] });
  cluster.deploy(components.dataMonitoring, {
    dependsOn: [monitoring, databaseOperators, postgre, strapiPostgres, redis, rabbitmq, mongodb],
  });

  return cluster;
}
