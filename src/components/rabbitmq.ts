import { Component, Directory, type FluxRepo } from '../flux';
import {
  CiliumNetworkPolicy,
  fromComponent,
  fromMonitoring,
  fromNamespace,
  fromOwnNamespace,
  Namespace,
  Permission,
  Queue,
  RabbitmqCluster,
  toDns,
  toKubeApi,
  toOwnNamespace,
  User,
  Vhost,
  VolumeJob,
  volumeJobLabels,
} from '../manifests';
import { variable } from '../variables';
import type { DatabaseOperators } from './database-operators';
import type { LonghornSystem } from './longhorn-system';

export interface RabbitmqProps {
  /** Its operators write the topology through the management port. */
  readonly databaseOperators: DatabaseOperators;
  /** Takes the snapshots of its volumes. */
  readonly longhornSystem: LonghornSystem;
}

/** The application's message broker, with the virtual host, user and queue that the application expects to find. */
export class Rabbitmq extends Component<'rabbitmq', 'longhorn-system' | 'database-operators' | 'cluster-secrets' | 'cilium'> {
  readonly cluster: RabbitmqCluster;

  constructor(repo: FluxRepo, { databaseOperators, longhornSystem }: RabbitmqProps) {
    super(repo, 'rabbitmq', {
      timeout: '15m', // nodes start one after another, and the topology follows the last
    });
    const netcorp = this.secret('rabbitmq-netcorp-user', { username: 'fixed: netcorp', password: 'generated' });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    this.cluster = new RabbitmqCluster(this, 'rabbitmq-cluster', {
      metadata: { name: 'rabbitmq' },
      spec: {
        replicas: 3, // odd, for the majority of quorum queues; the operator never shrinks it
        image: 'docker.io/library/rabbitmq:4.1.6-management', // left out, the operator would write its own choice here
        persistence: { storageClassName: variable('DATABASE_STORAGE_CLASS'), storage: '5Gi' }, // deleted with this object
        resources: {
          // Memory requested = limit, or condition NoWarnings turns False.
          requests: { cpu: '100m', memory: '512Mi' },
          limits: { cpu: '1', memory: '512Mi' },
        },
        rabbitmq: {
          additionalConfig: `\
cluster_partition_handling = pause_minority
vm_memory_high_watermark.relative = 0.6
disk_free_limit.absolute = 1GB
default_queue_type = quorum
`,
        },
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 100,
                podAffinityTerm: {
                  labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'rabbitmq' } },
                  topologyKey: 'kubernetes.io/hostname',
                },
              },
            ],
          },
        },
        terminationGracePeriodSeconds: 300, // a week by default, for which a drain would wait
        delayStartSeconds: 10, // 30 by default
        autoEnableAllFeatureFlags: true, // a later 4.x refuses to start without the stable ones
        override: {
          statefulSet: {
            spec: {
              template: { metadata: { annotations: { 'linkerd.io/inject': 'disabled' } } }, // Erlang's distribution breaks behind a proxy
              // The only way to label the claim; it replaces the operator's own template, so all of that stands here again.
              // Never changes once it is made.
              volumeClaimTemplates: [
                {
                  metadata: {
                    name: 'persistence',
                    namespace: this.namespace,
                    labels: {
                      'app.kubernetes.io/name': 'rabbitmq',
                      'app.kubernetes.io/component': 'rabbitmq',
                      'app.kubernetes.io/part-of': 'rabbitmq',
                      ...volumeJobLabels('rabbitmq-backup'),
                    },
                  },
                  spec: {
                    accessModes: ['ReadWriteOnce'],
                    storageClassName: variable('DATABASE_STORAGE_CLASS'),
                    resources: { requests: { storage: '5Gi' } }, // as persistence.storage
                  },
                },
              ],
            },
          },
        },
      },
    });
    const rabbitmqClusterReference = { name: this.cluster.name };
    const vhost = 'netcorp';
    new Vhost(this, 'vhost', {
      metadata: { name: 'netcorp' },
      spec: { name: vhost, defaultQueueType: 'quorum', rabbitmqClusterReference },
    });
    const user = new User(this, 'user', {
      metadata: { name: 'netcorp' },
      // Read once, when the user is made: after a new password this object has to be touched.
      spec: { importCredentialsSecret: { name: netcorp.name }, rabbitmqClusterReference },
    });
    new Permission(this, 'permission', {
      metadata: { name: 'netcorp' },
      spec: {
        vhost,
        userReference: { name: user.name },
        permissions: { configure: '.*', write: '.*', read: '.*' },
        rabbitmqClusterReference,
      },
    });
    new Queue(this, 'queue', {
      metadata: { name: 'netcorp-jobs' },
      spec: { name: 'netcorp.jobs', vhost, type: 'quorum', durable: true, rabbitmqClusterReference },
    });
    new VolumeJob(this, 'recurring-job-rabbitmq-backup', {
      name: 'rabbitmq-backup',
      namespace: longhornSystem.namespace,
      task: 'snapshot', // to undo a mistake on one node; no broker is restored from it, and the definitions are in Git
      cron: '30 1 * * *',
      retain: 3,
    });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', { egress: [toKubeApi(), toDns(), toOwnNamespace()] }); // peer discovery
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] }); // epmd and distribution, or no node starts
    new CiliumNetworkPolicy(policies, 'allow-operator', { ingress: [fromComponent(databaseOperators, 15672)] });
    new CiliumNetworkPolicy(policies, 'allow-clients', { ingress: [fromNamespace('netcorp', [5672])] });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(15692)] });
  }
}
