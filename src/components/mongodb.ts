import { Component, Directory, type FluxRepo, type SecretRef } from '../flux';
import {
  CiliumNetworkPolicy,
  fromMonitoring,
  fromNamespaces,
  fromOwnNamespace,
  MongodbReplicaSet,
  Namespace,
  Role,
  RoleBinding,
  ServiceAccount,
  toDns,
  toKubeApi,
  toOwnNamespace,
  VolumeJob,
  volumeJobLabels,
} from '../manifests';
import { variable } from '../variables';
import type { LonghornSystem } from './longhorn-system';

export interface MongodbProps {
  /** Takes the backups of its volumes. */
  readonly longhornSystem: LonghornSystem;
}

/** The application's document store: a replica set that MongoDB's own operator runs. */
export class Mongodb extends Component<'mongodb', 'longhorn-system' | 'database-operators' | 'cluster-secrets' | 'cilium'> {
  /** Version of the servers, in full; their tools fit them. */
  readonly version = '8.0.14';
  readonly replicaSet: MongodbReplicaSet;
  /** What Prometheus signs in with. */
  readonly metricsCredentials: SecretRef<'username' | 'password'>;

  constructor(repo: FluxRepo, { longhornSystem }: MongodbProps) {
    super(repo, 'mongodb', {
      timeout: '15m', // members start one after another, and the agents then agree on a configuration
    });
    const netcorp = this.secret('mongodb-netcorp-password', { password: 'generated' });
    const metrics = this.secret('mongodb-metrics', { username: 'fixed: prometheus', password: 'generated' });
    this.metricsCredentials = metrics;

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    // The pods run under this account, and neither the operator nor its chart makes it outside its own namespace.
    const account = new ServiceAccount(this, 'service-account', { metadata: { name: 'mongodb-kubernetes-appdb' } });
    const role = new Role(this, 'role', {
      metadata: { name: 'mongodb-kubernetes-appdb' },
      rules: [
        { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'patch', 'delete'] }, // agents report there, and restart a member for an upgrade
      ],
    });
    new RoleBinding(this, 'role-binding', {
      metadata: { name: 'mongodb-kubernetes-appdb' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role.name },
      subjects: [{ kind: 'ServiceAccount', name: account.name, namespace: this.namespace }],
    });
    this.replicaSet = new MongodbReplicaSet(this, 'mongodb-community', {
      metadata: { name: 'mongodb' },
      spec: {
        members: 3,
        type: 'ReplicaSet',
        version: this.version,
        featureCompatibilityVersion: '8.0',
        security: {
          authentication: { modes: ['SCRAM'] },
          tls: { enabled: false }, // once on, it cannot be turned off again
        },
        users: [
          {
            name: 'netcorp',
            db: 'admin',
            passwordSecretRef: netcorp.key('password'),
            roles: [{ name: 'readWrite', db: 'netcorp' }],
            scramCredentialsSecretName: 'mongodb-netcorp',
            connectionStringSecretName: 'mongodb-netcorp-connection',
          },
        ],
        prometheus: { username: 'prometheus', passwordSecretRef: metrics.key('password'), port: 9216 },
        agent: { logLevel: 'WARN', logFile: '/dev/stdout' }, // a file would fill logs-volume
        additionalMongodConfig: {
          'storage.wiredTiger.engineConfig.cacheSizeGB': 0.25, // by default half of the node's memory, whatever the pod's limit
        },
        statefulSet: {
          spec: {
            template: {
              metadata: { annotations: { 'linkerd.io/inject': 'disabled' } },
              spec: {
                // Takes the place of the operator's own as a whole. The seccomp profile must stand here: the merge of
                // mongodb-kubernetes 1.7.0 drops it from containers.
                securityContext: { runAsNonRoot: true, runAsUser: 2000, fsGroup: 2000, seccompProfile: { type: 'RuntimeDefault' } },
                affinity: {
                  podAntiAffinity: {
                    preferredDuringSchedulingIgnoredDuringExecution: [
                      {
                        weight: 100,
                        podAffinityTerm: {
                          labelSelector: { matchLabels: { app: 'mongodb-svc' } },
                          topologyKey: 'kubernetes.io/hostname',
                        },
                      },
                    ],
                  },
                },
                initContainers: [
                  {
                    name: 'mongod-posthook',
                    securityContext: { capabilities: { drop: ['ALL'] } },
                    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
                  },
                  {
                    name: 'mongodb-agent-readinessprobe',
                    securityContext: { capabilities: { drop: ['ALL'] } },
                    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
                  },
                ],
                containers: [
                  {
                    name: 'mongod',
                    securityContext: { capabilities: { drop: ['ALL'] } },
                    resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } },
                  },
                  {
                    name: 'mongodb-agent',
                    securityContext: { capabilities: { drop: ['ALL'] } },
                    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
                  },
                ],
              },
            },
            // 10G and 2G of the cluster's default class, if left to the operator.
            volumeClaimTemplates: [
              {
                metadata: { name: 'data-volume', labels: volumeJobLabels('mongodb-backup') },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  storageClassName: variable('DATABASE_STORAGE_CLASS'),
                  resources: { requests: { storage: '10Gi' } },
                },
              },
              {
                metadata: { name: 'logs-volume' },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  storageClassName: variable('DATABASE_STORAGE_CLASS'),
                  resources: { requests: { storage: '1Gi' } },
                },
              },
            ],
          },
        },
      },
    });
    new VolumeJob(this, 'recurring-job-mongodb-backup', {
      name: 'mongodb-backup',
      namespace: longhornSystem.namespace,
      task: 'backup', // a journaled member restores from it; members differ in time, so restore one and let the others resync
      cron: '45 1 * * *',
      retain: 7,
    });

    const policies = new Directory(this, 'cilium-network-policies');
    // Agents and readiness probes read Secrets and patch pods: cut off from the API server no member ever gets ready.
    new CiliumNetworkPolicy(policies, 'allow-k8s-api', { egress: [toKubeApi(), toDns(), toOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-same-namespace', { ingress: [fromOwnNamespace()] });
    new CiliumNetworkPolicy(policies, 'allow-clients', { ingress: [fromNamespaces(['netcorp', 'backup-jobs'], 27017)] });
    new CiliumNetworkPolicy(policies, 'allow-metrics', { ingress: [fromMonitoring(9216)] });
  }
}
