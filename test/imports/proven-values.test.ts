import type { CertManagerValues } from '../../imports/charts/cert-manager';
import type { CiliumValues } from '../../imports/charts/cilium';
import type { CloudnativePgValues } from '../../imports/charts/cloudnative-pg';
import type { GatekeeperValues } from '../../imports/charts/gatekeeper';
import type { GatewayHelmValues } from '../../imports/charts/gateway-helm';
import type { KubePrometheusStackValues } from '../../imports/charts/kube-prometheus-stack';
import type { KyvernoValues } from '../../imports/charts/kyverno';
import type { LinkerdControlPlaneValues } from '../../imports/charts/linkerd-control-plane';
import type { LinkerdCrdsValues } from '../../imports/charts/linkerd-crds';
import type { LinkerdVizValues } from '../../imports/charts/linkerd-viz';
import type { Linkerd2CniValues } from '../../imports/charts/linkerd2-cni';
import type { LonghornValues } from '../../imports/charts/longhorn';
import type { MongodbKubernetesValues } from '../../imports/charts/mongodb-kubernetes';
import type { NfsSubdirExternalProvisionerValues } from '../../imports/charts/nfs-subdir-external-provisioner';
import type { RabbitmqClusterOperatorValues } from '../../imports/charts/rabbitmq-cluster-operator';
import type { RedisValues } from '../../imports/charts/redis';
import type { ReloaderValues } from '../../imports/charts/reloader';
import type { TrivyOperatorValues } from '../../imports/charts/trivy-operator';
import type { VeleroValues } from '../../imports/charts/velero';

// Values with which each chart was rendered. Whether they compile is the test: `npm run types` runs it, jest only loads the file.
// Under each stands a misspelling that must not compile, at a place where Helm would ignore it in silence.

const resources = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } };
const restrictedPod = { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } };
const restrictedContainer = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };

const certManager: readonly CertManagerValues[] = [
  {
    crds: { enabled: true, keep: true },
    global: { priorityClassName: 'system-cluster-critical', leaderElection: { namespace: 'cert-manager' } },
    replicaCount: 1,
    resources,
    webhook: { replicaCount: 2, timeoutSeconds: 10, podDisruptionBudget: { enabled: true, minAvailable: 1 }, resources },
    cainjector: { replicaCount: 1, resources },
    startupapicheck: { enabled: true, timeout: '5m' },
    prometheus: { enabled: true, servicemonitor: { enabled: false }, podmonitor: { enabled: false } },
  },
  // @ts-expect-error the chart spells it servicemonitor
  { prometheus: { serviceMonitor: { enabled: false } } },
  // @ts-expect-error from a schema
  { webhook: { replicas: 2 } },
];

const cilium: readonly CiliumValues[] = [
  {
    k8sServiceHost: '${CONTROL_PLANE_HOST}',
    k8sServicePort: 6443,
    kubeProxyReplacement: true,
    cni: { exclusive: false },
    socketLB: { hostNamespaceOnly: true },
    ipam: { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: ['${POD_CIDR}'], clusterPoolIPv4MaskSize: 24 } },
    encryption: {
      enabled: true,
      type: 'wireguard',
      nodeEncryption: false,
      strictMode: { enabled: true, cidr: '${POD_CIDR}', allowRemoteNodeIdentities: true },
    },
    l2announcements: { enabled: true },
    k8sClientRateLimit: { qps: 20, burst: 40 },
    gatewayAPI: { enabled: false },
    operator: {
      replicas: 1,
      rollOutPods: true,
      resources,
      prometheus: { enabled: true, serviceMonitor: { enabled: false } },
      dashboards: { enabled: false },
    },
    prometheus: { enabled: true, serviceMonitor: { enabled: false } },
    envoy: { resources, prometheus: { enabled: true, serviceMonitor: { enabled: false } } },
    hubble: {
      relay: {
        enabled: true,
        replicas: 1,
        rollOutPods: true,
        resources,
        podDisruptionBudget: { enabled: true },
        prometheus: { enabled: true, serviceMonitor: { enabled: false } },
      },
      ui: { enabled: true },
      tls: { auto: { enabled: true, method: 'helm', certValidityDuration: 1095 } },
      metrics: {
        enabled: ['dns', 'drop', 'tcp', 'flow', 'port-distribution', 'icmp', 'httpV2'],
        serviceMonitor: { enabled: false },
        dashboards: { enabled: false },
      },
    },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    rollOutCiliumPods: true,
    resources,
  },
  // @ts-expect-error
  { encryption: { nodeEncrypton: false } },
  // @ts-expect-error
  { kubeproxyReplacement: true },
];

const cloudnativePg: readonly CloudnativePgValues[] = [
  {
    monitoring: { podMonitorEnabled: false, grafanaDashboard: { create: false } },
    config: { clusterWide: true },
    webhook: { mutating: { failurePolicy: 'Fail' }, validating: { failurePolicy: 'Fail' } },
    crds: { create: true },
    replicaCount: 2,
    resources,
  },
  // @ts-expect-error
  { monitoring: { podMonitorEnable: false } },
];

const gatekeeper: readonly GatekeeperValues[] = [
  {
    metricsBackends: ['prometheus'],
    postInstall: { labelNamespace: { enabled: false }, probeWebhook: { enabled: false } },
    postUpgrade: { labelNamespace: { enabled: false } },
    preUninstall: { deleteWebhookConfigurations: { enabled: true } },
    validatingWebhookExemptNamespacesLabels: { 'kubernetes.io/metadata.name': ['kube-system', 'flux-system'] },
    mutatingWebhookExemptNamespacesLabels: { 'kubernetes.io/metadata.name': ['kube-system'] },
    validatingWebhookMatchConditions: [{ name: 'no-leases', expression: "request.resource.resource != 'leases'" }],
    validatingWebhookCheckIgnoreFailurePolicy: 'Ignore',
    controllerManager: { exemptNamespaces: ['kube-system'], resources, disableGenerateOperation: true },
    audit: { resources },
    pdb: { controllerManager: { minAvailable: 1 } },
    disableMutation: true,
    enableDeleteOperations: false,
    logDenies: true,
    resourceQuota: true,
    podCountLimit: '100',
    replicas: 3,
    auditInterval: 60,
    auditChunkSize: 500,
    auditMatchKindOnly: true,
    constraintViolationsLimit: 20,
  },
  // @ts-expect-error
  { postInstall: { labelNamespace: { enable: false } } },
];

const envoyGateway: readonly GatewayHelmValues[] = [
  {
    deployment: { replicas: 1, envoyGateway: { resources }, priorityClassName: 'system-cluster-critical' },
    podDisruptionBudget: { minAvailable: 0 },
    topologyInjector: { enabled: false },
    config: {
      envoyGateway: {
        gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
        provider: { type: 'Kubernetes', kubernetes: { deploy: { type: 'GatewayNamespace' } } },
        logging: { level: { default: 'info' } },
        extensionApis: { enableBackend: false, enableEnvoyPatchPolicy: false },
      },
    },
  },
  // @ts-expect-error
  { deployment: { envoyGateway: { resource: {} } } },
];

const kubePrometheusStack: readonly KubePrometheusStackValues[] = [
  {
    defaultRules: { create: true },
    crds: { upgradeJob: { enabled: false } },
    kubernetesServiceMonitors: { enabled: true },
    kubeControllerManager: { enabled: false },
    kubeScheduler: { enabled: false },
    kubeEtcd: { enabled: false },
    kubeProxy: { enabled: false },
    prometheus: {
      serviceMonitor: { selfMonitor: true },
      prometheusSpec: {
        ruleSelectorNilUsesHelmValues: false,
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
        probeSelectorNilUsesHelmValues: false,
        scrapeConfigSelectorNilUsesHelmValues: false,
        replicas: 1,
        retention: '7d',
        retentionSize: '8GB',
        externalLabels: { cluster: '${CLUSTER_NAME}' },
        resources,
        storageSpec: {
          volumeClaimTemplate: {
            spec: {
              storageClassName: '${MONITORING_STORAGE_CLASS}',
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '10Gi' } },
            },
          },
        },
      },
    },
    alertmanager: {
      serviceMonitor: { selfMonitor: true },
      alertmanagerSpec: {
        alertmanagerConfigSelector: {},
        alertmanagerConfigNamespaceSelector: {},
        alertmanagerConfigMatcherStrategy: { type: 'None' },
        replicas: 1,
        retention: '120h',
        resources,
        storage: {
          volumeClaimTemplate: { spec: { storageClassName: '${MONITORING_STORAGE_CLASS}', resources: { requests: { storage: '1Gi' } } } },
        },
      },
    },
    prometheusOperator: { serviceMonitor: { selfMonitor: true }, resources, prometheusConfigReloader: { resources } },
    grafana: {
      serviceMonitor: { enabled: true },
      admin: { existingSecret: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' },
      initChownData: { enabled: false },
      testFramework: { enabled: false },
      containerSecurityContext: restrictedContainer,
      deploymentStrategy: { type: 'Recreate' },
      persistence: { enabled: true, storageClassName: '${MONITORING_STORAGE_CLASS}', size: '2Gi' },
      sidecar: { dashboards: { enabled: true, searchNamespace: 'ALL', label: 'grafana_dashboard' } },
      resources,
    },
    'kube-state-metrics': { prometheus: { monitor: { enabled: true } }, resources },
    'prometheus-node-exporter': { prometheus: { monitor: { enabled: true } }, resources },
  },
  // @ts-expect-error
  { prometheus: { prometheusSpec: { retentionsize: '8GB' } } },
  // @ts-expect-error within what is copied into the Prometheus object
  { prometheus: { prometheusSpec: { storageSpec: { volumeClaimTemplate: { spec: { storageClass: 'longhorn' } } } } } },
  // @ts-expect-error in a subchart
  { grafana: { sidecar: { dashboards: { searchNamespaces: 'ALL' } } } },
  // @ts-expect-error in a subchart
  { 'kube-state-metrics': { prometheus: { serviceMonitor: { enabled: false } } } },
];

const kyverno: readonly KyvernoValues[] = [
  {
    admissionController: {
      replicas: 3,
      container: { resources },
      initContainer: { resources },
      priorityClassName: 'system-cluster-critical',
      podDisruptionBudget: { enabled: true, minAvailable: 1 },
      serviceMonitor: { enabled: false },
    },
    backgroundController: { replicas: 1, resources, serviceMonitor: { enabled: false } },
    cleanupController: { replicas: 1, resources, serviceMonitor: { enabled: false } },
    reportsController: { replicas: 1, resources, serviceMonitor: { enabled: false } },
    grafana: { enabled: false },
    crds: { install: true, annotations: { 'helm.sh/resource-policy': 'keep' }, groups: { kyverno: { policies: true } } },
    config: {
      excludeKyvernoNamespace: true,
      preserve: true,
      matchConditions: [{ name: 'no-leases', expression: "request.resource.resource != 'leases'" }],
      webhooks: {
        namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }] },
      },
    },
    features: {
      forceFailurePolicyIgnore: { enabled: true },
      policyExceptions: { enabled: true, namespace: 'kyverno' },
      generateValidatingAdmissionPolicy: { enabled: true },
    },
  },
  // @ts-expect-error
  { features: { policyExceptions: { enable: true } } },
  // @ts-expect-error in a subchart
  { crds: { groups: { kyverno: { clusterPolicies: true } } } },
];

const linkerdCni: readonly Linkerd2CniValues[] = [
  {
    priorityClassName: 'system-node-critical',
    repairController: { enabled: true },
    destCNINetDir: '/etc/cni/net.d',
    destCNIBinDir: '/opt/cni/bin',
    iptablesMode: 'nft',
  },
  // @ts-expect-error
  { destCniBinDir: '/opt/cni/bin' },
];

const linkerdCrds: readonly LinkerdCrdsValues[] = [
  { installGatewayAPI: false },
  // @ts-expect-error
  { installGatewayApi: false },
];

const linkerdControlPlane: readonly LinkerdControlPlaneValues[] = [
  {
    cniEnabled: true,
    identity: { issuer: { scheme: 'kubernetes.io/tls' } },
    proxy: {
      nativeSidecar: true,
      outboundTransportMode: 'transparent',
      resources: { cpu: { request: '10m' }, memory: { request: '32Mi', limit: '250Mi' } },
    },
    proxyInjector: { externalSecret: true, injectCaFrom: 'linkerd/linkerd-proxy-injector' },
    profileValidator: { externalSecret: true, injectCaFrom: 'linkerd/linkerd-sp-validator' },
    policyValidator: { externalSecret: true, injectCaFrom: 'linkerd/linkerd-policy-validator' },
    podMonitor: { enabled: false },
    disableHeartBeat: true,
    webhookFailurePolicy: 'Ignore',
    controllerReplicas: 3,
    enablePodAntiAffinity: true,
    enablePodDisruptionBudget: true,
    highAvailability: true,
    controllerResources: { cpu: { request: '100m' }, memory: { request: '50Mi', limit: '250Mi' } },
  },
  // @ts-expect-error Linkerd's own form of resources, not the pod's
  { proxy: { resources: { requests: { cpu: '10m' } } } },
];

const linkerdViz: readonly LinkerdVizValues[] = [
  {
    linkerdNamespace: 'linkerd',
    createNamespaceMetadataJob: false,
    prometheus: { enabled: false },
    prometheusUrl: 'http://kube-prometheus-stack-prometheus.monitoring.svc:9090',
    tap: { externalSecret: true, injectCaFrom: 'linkerd-viz/tap', resources: { cpu: { request: '10m' }, memory: { request: '32Mi' } } },
    tapInjector: { externalSecret: true, injectCaFrom: 'linkerd-viz/linkerd-tap-injector' },
    dashboard: { enforcedHostRegexp: '^linkerd\\.example\\.org$' },
    metricsAPI: { resources: { cpu: { request: '10m' }, memory: { request: '32Mi' } } },
  },
  // @ts-expect-error
  { metricsApi: {} },
];

const longhorn: readonly LonghornValues[] = [
  {
    metrics: { serviceMonitor: { enabled: false } },
    persistence: {
      defaultClass: false,
      defaultClassReplicaCount: 2,
      reclaimPolicy: 'Retain',
      defaultFsType: 'ext4',
      defaultDataLocality: 'best-effort',
      recurringJobSelector: { enable: true, jobList: '[{"name":"backup","isGroup":true}]' },
    },
    defaultSettings: {
      defaultReplicaCount: '{"v1":"2"}',
      guaranteedInstanceManagerCPU: '{"v1":"5"}',
      storageOverProvisioningPercentage: '100',
      storageMinimalAvailablePercentage: '15',
      replicaSoftAntiAffinity: 'false',
      nodeDrainPolicy: 'block-if-contains-last-replica',
      recurringJobMaxRetention: '30',
      upgradeChecker: false,
      allowCollectingLonghornUsageMetrics: false,
      orphanResourceAutoDeletion: 'instance',
    },
    defaultBackupStore: { backupTarget: '${LONGHORN_BACKUP_TARGET}', backupTargetCredentialSecret: 'longhorn-backup', pollInterval: 300 },
    csi: { attacherReplicaCount: 1, provisionerReplicaCount: 1, resizerReplicaCount: 1, snapshotterReplicaCount: 1 },
    longhornUI: { replicas: 1 },
    preUpgradeChecker: { jobEnabled: true },
    networkPolicies: { enabled: false },
    ingress: { enabled: false },
  },
  // @ts-expect-error
  { defaultSettings: { replicaSoftAntiaffinity: 'false' } },
];

const mongodb: readonly MongodbKubernetesValues[] = [
  {
    operator: {
      watchNamespace: '*',
      watchedResources: ['mongodbcommunity'],
      createResourcesServiceAccountsAndRoles: false,
      enableClusterMongoDBRoles: false,
      webhook: { installClusterRole: false, registerConfiguration: false },
      telemetry: { enabled: false, send: { enabled: false } },
      podSecurityContext: { ...restrictedPod, runAsUser: 2000 },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { cpu: '1', memory: '1Gi' } },
    },
    registry: { pullPolicy: 'IfNotPresent' },
    community: { mongodb: { repo: 'quay.io/mongodb', name: 'mongodb-community-server', imageType: 'ubi8' } },
  },
  // @ts-expect-error
  { operator: { watchNamespaces: '*' } },
];

const nfs: readonly NfsSubdirExternalProvisionerValues[] = [
  {
    nfs: {
      server: '${NFS_SERVER}',
      path: '${NFS_PATH}',
      mountOptions: ['nfsvers=4.1', 'hard', 'noatime'],
      reclaimPolicy: 'Retain',
      volumeName: 'nfs-root',
    },
    storageClass: {
      name: 'nfs-client',
      provisionerName: 'k8s-sigs.io/nfs-subdir-external-provisioner',
      defaultClass: true,
      reclaimPolicy: 'Retain',
      archiveOnDelete: true,
      onDelete: 'retain',
      pathPattern: '$${.PVC.namespace}/$${.PVC.name}',
      accessModes: 'ReadWriteMany',
      allowVolumeExpansion: true,
      volumeBindingMode: 'Immediate',
    },
    replicaCount: 1,
    strategyType: 'Recreate',
    resources,
    priorityClassName: 'system-cluster-critical',
    leaderElection: { enabled: true },
    podSecurityContext: restrictedPod,
    securityContext: restrictedContainer,
  },
  // @ts-expect-error
  { storageClass: { defaultclass: true } },
];

const rabbitmq: readonly RabbitmqClusterOperatorValues[] = [
  {
    useCertManager: true,
    clusterOperator: {
      replicaCount: 1,
      resources,
      networkPolicy: { enabled: false },
      pdb: { create: false },
      metrics: { service: { enabled: true }, serviceMonitor: { enabled: false }, podMonitor: { enabled: false } },
    },
    msgTopologyOperator: {
      replicaCount: 1,
      resources,
      networkPolicy: { enabled: false },
      pdb: { create: false },
      podSecurityContext: { enabled: true, fsGroup: 1001 },
      metrics: { service: { enabled: true }, serviceMonitor: { enabled: false }, podMonitor: { enabled: false } },
    },
    rabbitmqImage: { repository: 'library/rabbitmq', tag: '4.2.3' },
  },
  // @ts-expect-error
  { msgTopologyOperator: { networkPolicies: { enabled: false } } },
];

const image = (name: string, tag: string) => ({
  registry: '${REDIS_IMAGE_REGISTRY}',
  repository: `\${REDIS_IMAGE_NAMESPACE}/${name}`,
  tag,
});
const redis: readonly RedisValues[] = [
  {
    global: { security: { allowInsecureImages: true } },
    image: image('redis', '8.2.1-debian-12-r0'),
    architecture: 'replication',
    auth: { enabled: true, existingSecret: 'redis-auth', existingSecretPasswordKey: 'redis-password', usePasswordFiles: true },
    commonConfiguration: 'appendonly yes\nsave ""\nmaxmemory 200mb\nmaxmemory-policy noeviction',
    master: { persistence: { storageClass: '${DATABASE_STORAGE_CLASS}', size: '2Gi' }, resourcesPreset: 'none', resources },
    replica: { replicaCount: 3, persistence: { size: '2Gi' }, resourcesPreset: 'none', resources },
    sentinel: { enabled: true, image: image('redis-sentinel', '8.2.1-debian-12-r0'), resourcesPreset: 'none', resources },
    networkPolicy: { enabled: false },
    pdb: { create: true, maxUnavailable: 1 },
    metrics: {
      enabled: true,
      image: image('redis-exporter', '1.76.0-debian-12-r0'),
      serviceMonitor: { enabled: false },
      podMonitor: { enabled: false },
      prometheusRule: { enabled: false },
    },
  },
  // @ts-expect-error
  { auth: { existingSecretKey: 'redis-password' } },
];

const reloader: readonly ReloaderValues[] = [
  {
    fullnameOverride: 'reloader',
    reloader: {
      watchGlobally: true,
      autoReloadAll: false,
      reloadStrategy: 'annotations',
      syncAfterRestart: true,
      enableHA: true,
      readOnlyRootFileSystem: true,
      logFormat: 'json',
      ignoreNamespaces: 'kube-system',
      serviceMonitor: { enabled: false },
      podMonitor: { enabled: false },
      podDisruptionBudget: { enabled: true },
      netpol: { enabled: false },
      service: { port: 9090 },
      deployment: { replicas: 2, securityContext: restrictedPod, containerSecurityContext: restrictedContainer, resources },
    },
  },
  // @ts-expect-error an enum of the schema
  { reloader: { reloadStrategy: 'annotation' } },
  // @ts-expect-error
  { reloader: { readOnlyRootFilesystem: true } },
];

const trivyOperator: readonly TrivyOperatorValues[] = [
  {
    serviceMonitor: { enabled: false },
    service: { headless: true },
    excludeNamespaces: 'kube-system',
    targetNamespaces: '',
    targetWorkloads: 'deployment,statefulset,daemonset,cronjob',
    operator: {
      scanJobsConcurrentLimit: 1,
      scanJobTimeout: '10m',
      scanJobTTL: '10m',
      scannerReportTTL: '24h',
      builtInTrivyServer: true,
      vulnerabilityScannerEnabled: true,
      configAuditScannerEnabled: true,
      rbacAssessmentScannerEnabled: true,
      infraAssessmentScannerEnabled: false,
      exposedSecretScannerEnabled: true,
      clusterComplianceEnabled: true,
      sbomGenerationEnabled: false,
      metricsFindingsEnabled: true,
      metricsVulnIdEnabled: false,
      accessGlobalSecretsAndServiceAccount: true,
      privateRegistryScanSecretsNames: { netcorp: 'netcorp-registry' },
    },
    trivy: {
      mode: 'ClientServer',
      slow: true,
      storageClassEnabled: false,
      severity: 'HIGH,CRITICAL',
      ignoreUnfixed: true,
      timeout: '10m0s',
      resources,
      server: { podSecurityContext: restrictedPod, securityContext: restrictedContainer },
    },
    trivyOperator: { scanJobPodTemplatePodSecurityContext: { ...restrictedPod, runAsGroup: 10000, fsGroup: 10000 } },
    compliance: { specs: ['k8s-nsa-1.0', 'k8s-pss-baseline-0.1', 'k8s-pss-restricted-0.1'] },
    podSecurityContext: restrictedPod,
  },
  // @ts-expect-error it stands under operator
  { trivyOperator: { builtInTrivyServer: true } },
];

const velero: readonly VeleroValues[] = [
  {
    upgradeCRDs: false,
    cleanUpCRDs: false,
    metrics: {
      enabled: true,
      serviceMonitor: { enabled: false },
      nodeAgentPodMonitor: { enabled: false },
      prometheusRule: { enabled: false },
    },
    configuration: {
      backupStorageLocation: [
        {
          name: 'default',
          provider: 'aws',
          bucket: '${BACKUP_S3_BUCKET}',
          prefix: '${CLUSTER_NAME}',
          default: true,
          accessMode: 'ReadWrite',
          credential: { name: 'velero-credentials', key: 'cloud' },
          config: { region: '${BACKUP_S3_REGION}', s3ForcePathStyle: 'true', s3Url: '${BACKUP_S3_ENDPOINT}', checksumAlgorithm: '' },
        },
      ],
      volumeSnapshotLocation: [],
      defaultBackupTTL: '720h',
      uploaderType: 'kopia',
      garbageCollectionFrequency: '1h',
      logLevel: 'info',
    },
    snapshotsEnabled: false,
    initContainers: [
      {
        name: 'velero-plugin-for-aws',
        image: 'velero/velero-plugin-for-aws:v1.13.1',
        volumeMounts: [{ mountPath: '/target', name: 'plugins' }],
        securityContext: restrictedContainer,
      },
    ],
    credentials: { useSecret: true, existingSecret: 'velero-credentials' },
    schedules: {
      daily: {
        schedule: '17 2 * * *',
        skipImmediately: true,
        useOwnerReferencesInBackup: false,
        template: { ttl: '720h', storageLocation: 'default', includeClusterResources: true, excludedResources: ['events'] },
      },
    },
    terminationGracePeriodSeconds: 300,
    podSecurityContext: { ...restrictedPod, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 },
    containerSecurityContext: restrictedContainer,
    resources,
    deployNodeAgent: true,
    nodeAgent: { resources, tolerations: [{ operator: 'Exists' }], podVolumePath: '/var/lib/kubelet/pods' },
  },
  // @ts-expect-error
  { metrics: { nodeAgentServiceMonitor: { enabled: false } } },
  // @ts-expect-error
  { credentials: { existingSecrets: 'velero-credentials' } },
];

test('the proven values of every chart compile, and a misspelt key does not', () => {
  const charts = { certManager, cilium, cloudnativePg, gatekeeper, envoyGateway, kubePrometheusStack, kyverno, linkerdCni, linkerdCrds };
  const others = { linkerdControlPlane, linkerdViz, longhorn, mongodb, nfs, rabbitmq, redis, reloader, trivyOperator, velero };
  expect(Object.keys({ ...charts, ...others })).toHaveLength(19);
});
