import type { VeleroValues } from '../../imports/charts/velero';
import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumNetworkPolicy,
  fromMonitoring,
  fromOwnNamespace,
  HelmRelease,
  HelmRepository,
  Namespace,
  toDns,
  toEntities,
  toKubeApi,
  toOwnNamespace,
} from '../manifests';
import { variable } from '../variables';

/** What scanners, policy engines and controllers write again by themselves. */
const NOT_WORTH_KEEPING = [
  'events',
  'events.events.k8s.io',
  'clustercompliancereports.aquasecurity.github.io',
  'clusterconfigauditreports.aquasecurity.github.io',
  'clusterinfraassessmentreports.aquasecurity.github.io',
  'clusterrbacassessmentreports.aquasecurity.github.io',
  'clustersbomreports.aquasecurity.github.io',
  'clustervulnerabilityreports.aquasecurity.github.io',
  'configauditreports.aquasecurity.github.io',
  'exposedsecretreports.aquasecurity.github.io',
  'infraassessmentreports.aquasecurity.github.io',
  'rbacassessmentreports.aquasecurity.github.io',
  'sbomreports.aquasecurity.github.io',
  'vulnerabilityreports.aquasecurity.github.io',
  'clusterpolicyreports.wgpolicyk8s.io',
  'policyreports.wgpolicyk8s.io',
  'clusterephemeralreports.reports.kyverno.io',
  'ephemeralreports.reports.kyverno.io',
];

/** Backs up API objects to S3. Volumes are Longhorn's to copy, databases backup-jobs' and CloudNativePG's. */
export class Velero extends Component<'velero', 'cluster-secrets' | 'cilium'> {
  readonly release: HelmRelease<VeleroValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'velero', { provides: { groups: ['velero.io'] } });
    const credentials = this.secret('velero-credentials', {
      cloud: 'supplied: a credentials file in the form of AWS; where there is no object store, any placeholder',
    });
    const backsUpObjectsOnly = { snapshotVolumes: false, defaultVolumesToFsBackup: false };
    const containerSecurityContext = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } };

    new Namespace(this, 'namespace', { podSecurity: 'restricted' }); // with the node agent it would have to be privileged
    const repository = new HelmRepository(this, 'helm-repository', {
      name: 'vmware-tanzu',
      url: 'https://vmware-tanzu.github.io/helm-charts',
    });
    this.release = new HelmRelease<VeleroValues>(this, 'helm-release', {
      chart: { repository, name: 'velero', version: '11.x' }, // 12.x is Velero 1.18, which needs the plugin's 1.14
      crds: 'CreateReplace',
      values: {
        upgradeCRDs: false, // Flux does it; the chart's Job pulls an image that ends at Kubernetes 1.33 (vmware-tanzu/helm-charts#727)
        initContainers: [
          {
            name: 'velero-plugin-for-aws',
            image: 'docker.io/velero/velero-plugin-for-aws:v1.13.2', // 1.13 belongs to Velero 1.17
            volumeMounts: [{ mountPath: '/target', name: 'plugins' }],
            securityContext: containerSecurityContext,
          },
        ],
        credentials: { existingSecret: credentials.name },
        configuration: {
          // Not `default`: the chart's own entry has neither provider nor bucket, and a list is replaced whole.
          backupStorageLocation: [
            {
              name: 'default',
              provider: 'aws',
              bucket: variable('BACKUP_S3_BUCKET'),
              prefix: variable('CLUSTER_NAME'),
              default: true,
              accessMode: 'ReadWrite',
              credential: credentials.key('cloud'),
              config: {
                region: variable('BACKUP_S3_REGION'),
                s3ForcePathStyle: 'true',
                s3Url: variable('BACKUP_S3_ENDPOINT'),
                checksumAlgorithm: '', // stores that are not Amazon's refuse the checksums of its newer client
              },
            },
          ],
          volumeSnapshotLocation: [],
        },
        snapshotsEnabled: false, // no CSI snapshot controller here
        schedules: {
          'daily-cluster': {
            schedule: '17 2 * * *',
            skipImmediately: true, // not at every change of the release
            template: {
              ttl: '168h',
              storageLocation: 'default',
              includeClusterResources: true,
              ...backsUpObjectsOnly,
              // Flux makes its own objects again from Git, and the key of all Secrets does not belong in a bucket.
              excludedNamespaces: ['flux-system', 'kube-node-lease'],
              excludedResources: NOT_WORTH_KEEPING,
            },
          },
          'hourly-apps': {
            disabled: true, // a cluster that wants it turns it on
            schedule: '47 * * * *',
            skipImmediately: true,
            template: {
              ttl: '72h',
              storageLocation: 'default',
              ...backsUpObjectsOnly,
              includedNamespaces: ['netcorp', 'postgre', 'redis', 'rabbitmq', 'mongodb', 'strapi-postgres'],
              excludedResources: NOT_WORTH_KEEPING,
            },
          },
        },
        metrics: {
          serviceMonitor: { enabled: false },
          nodeAgentPodMonitor: { enabled: false },
          prometheusRule: { enabled: false },
        },
        resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
        terminationGracePeriodSeconds: 300, // an hour by default, which a drain of its node would wait
        podSecurityContext: {
          runAsNonRoot: true,
          runAsUser: 1000, // the image names its user, cnb: Kubernetes cannot tell that it is not root
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
        containerSecurityContext,
      },
    });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', { egress: [toKubeApi(), toDns(), toOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(8085)] });
    // An object store on one of the nodes, as in the office, is not `world`.
    new CiliumNetworkPolicy(policies, 'allow-object-store', {
      egress: [toEntities(['world', 'host', 'remote-node', 'kube-apiserver'], 443, 9000)],
    });
  }
}
