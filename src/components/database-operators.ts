import type { CloudnativePgValues } from '../../imports/charts/cloudnative-pg';
import type { MongodbKubernetesValues } from '../../imports/charts/mongodb-kubernetes';
import type { RabbitmqClusterOperatorValues } from '../../imports/charts/rabbitmq-cluster-operator';
import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumNetworkPolicy,
  fromKubeApi,
  fromMonitoring,
  fromOwnNamespace,
  HelmRelease,
  HelmRepository,
  Namespace,
  toDns,
  toKubeApi,
  toNamespace,
  toOwnNamespace,
} from '../manifests';

/** The operators of PostgreSQL, RabbitMQ and MongoDB, which run the stores of all namespaces from this one. */
export class DatabaseOperators extends Component<'database-operators', 'nfs-provisioner' | 'cert-manager' | 'cilium'> {
  readonly cloudnativePg: HelmRelease<CloudnativePgValues>;
  readonly rabbitmqOperator: HelmRelease<RabbitmqClusterOperatorValues>;

  constructor(repo: FluxRepo) {
    super(repo, 'database-operators', {
      provides: { groups: ['postgresql.cnpg.io', 'rabbitmq.com', 'mongodbcommunity.mongodb.com'] },
      because: {
        'nfs-provisioner': 'storage before databases; no operator has a volume, and each store waits for its own class',
        'cert-manager': "webhook certificate of RabbitMQ's topology operator, made by its chart",
      },
    });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const cnpg = new HelmRepository(this, 'helm-repository-cnpg', {
      name: 'cnpg',
      url: 'https://cloudnative-pg.github.io/charts',
    });
    const cloudpirates = new HelmRepository(this, 'helm-repository-cloudpirates', {
      name: 'cloudpirates',
      url: 'oci://registry-1.docker.io/cloudpirates',
    });
    const mongodb = new HelmRepository(this, 'helm-repository-mongodb', {
      name: 'mongodb',
      url: 'https://mongodb.github.io/helm-charts',
    });

    // Never renamed or moved: its CRDs bear the release's name, and another release could not adopt them.
    this.cloudnativePg = new HelmRelease<CloudnativePgValues>(this, 'helm-release-cloudnative-pg', {
      name: 'cloudnative-pg',
      chart: { repository: cnpg, name: 'cloudnative-pg', version: '0.27.x' },
      crds: 'Skip', // templates, kept on uninstall
      onFailure: { retry: true, because: 'an uninstall between attempts would cut the running Clusters off from their operator' },
      values: {
        replicaCount: 2, // fail-closed webhooks: with one, nobody can apply a Cluster while it restarts
        resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
        monitoring: { podMonitorEnabled: false },
      },
    });

    // Not the vendor's chart, since there is none; Bitnami's pulls images that are frozen. This one runs upstream's images.
    // The Service's name has 62 characters with this release name, and 63 is the limit.
    this.rabbitmqOperator = new HelmRelease<RabbitmqClusterOperatorValues>(this, 'helm-release-rabbitmq-cluster-operator', {
      name: 'rabbitmq-cluster-operator',
      chart: { repository: cloudpirates, name: 'rabbitmq-cluster-operator', version: '0.2.x' },
      crds: 'CreateReplace',
      onFailure: { retry: true, because: 'an uninstall between attempts would cut the running brokers off from their operator' },
      values: {
        useCertManager: true, // the chart's own certificate lasts a year and is never renewed
        clusterOperator: {
          replicaCount: 2,
          resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
          networkPolicy: { enabled: false }, // allows everything, beside our policies
          metrics: { serviceMonitor: { enabled: false }, podMonitor: { enabled: false } },
        },
        msgTopologyOperator: {
          replicaCount: 2, // its 13 webhooks fail closed too
          resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '256Mi' } },
          networkPolicy: { enabled: false },
          metrics: { serviceMonitor: { enabled: false }, podMonitor: { enabled: false } },
        },
      },
    });

    new HelmRelease<MongodbKubernetesValues>(this, 'helm-release-mongodb-kubernetes', {
      name: 'mongodb-kubernetes',
      chart: { repository: mongodb, name: 'mongodb-kubernetes', version: '1.7.x' },
      crds: 'CreateReplace',
      onFailure: { retry: true, because: 'an uninstall between attempts would cut the running replica sets off from their operator' },
      values: {
        registry: { pullPolicy: 'IfNotPresent' },
        operator: {
          // Every namespace: with the name of one the chart puts RoleBindings into it, and that namespace waits for this release.
          watchNamespace: '*',
          watchedResources: ['mongodbcommunity'],
          createResourcesServiceAccountsAndRoles: false, // the replica set brings its own, in its namespace
          enableClusterMongoDBRoles: false,
          webhook: { installClusterRole: false }, // only for Enterprise kinds; without the right to register it only logs
          telemetry: { enabled: false, send: { enabled: false } }, // on by default, weekly
          // The chart's defaults are baseline: no seccomp profile, no dropped capabilities.
          podSecurityContext: { runAsNonRoot: true, runAsUser: 2000, seccompProfile: { type: 'RuntimeDefault' } },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          // mongodb-kubernetes 1.7 reads all four, and fails to render without one.
          resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
        },
      },
    });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', {
      egress: [toKubeApi(), toDns(), toOwnNamespace()],
      ingress: [fromKubeApi(9443)], // webhooks of CloudNativePG and of RabbitMQ's topology operator
    });
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-stores', {
      egress: [
        toNamespace('postgre', [8000, 5432]), // 8000: the instance manager, which tells the operator whether Postgres is well
        toNamespace('strapi-postgres', [8000, 5432]),
        toNamespace('rabbitmq', [15672]), // topology, and the cluster operator's quorum check
      ],
    });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(8080, 9782)] });
  }
}
