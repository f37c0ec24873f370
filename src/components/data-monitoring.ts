import { type FluxRepo, Monitoring } from '../flux';
import { alert, PodMonitor, PrometheusRule, ServiceMonitor } from '../manifests';
import type { DatabaseOperators } from './database-operators';
import type { Mongodb } from './mongodb';
import type { Postgre } from './postgre';
import type { Rabbitmq } from './rabbitmq';
import type { Redis } from './redis';
import type { StrapiPostgres } from './strapi-postgres';

export interface DataMonitoringProps {
  readonly databaseOperators: DatabaseOperators;
  readonly postgre: Postgre;
  readonly strapiPostgres: StrapiPostgres;
  readonly redis: Redis;
  readonly rabbitmq: Rabbitmq;
  /** Its metrics ask for a password. */
  readonly mongodb: Mongodb;
}

/**
 * Monitors and alerts of the data stores and their operators, each in the namespace of what it watches. Not in
 * netcorp-monitoring: that waits for a healthy application, and an application without its stores is not.
 */
export class DataMonitoring extends Monitoring<
  'data-monitoring',
  'database-operators' | 'postgre' | 'strapi-postgres' | 'redis' | 'rabbitmq' | 'mongodb'
> {
  readonly rabbitmqRule: PrometheusRule;

  constructor(repo: FluxRepo, { databaseOperators, postgre, strapiPostgres, redis, rabbitmq, mongodb }: DataMonitoringProps) {
    super(repo, 'data-monitoring', { namespace: databaseOperators.namespace });

    // Of the operators only these have a port for metrics; MongoDB's declares none.
    new PodMonitor(this, 'pod-monitor-cloudnative-pg', {
      metadata: { name: 'cloudnative-pg' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'cloudnative-pg' } },
        podMetricsEndpoints: [{ port: 'metrics', interval: INTERVAL }],
      },
    });
    new PodMonitor(this, 'pod-monitor-rabbitmq-cluster-operator', {
      metadata: { name: 'rabbitmq-cluster-operator' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/component': 'rabbitmq-operator' } },
        podMetricsEndpoints: [{ port: 'http', interval: INTERVAL }],
      },
    });
    new PodMonitor(this, 'pod-monitor-rabbitmq-topology-operator', {
      metadata: { name: 'rabbitmq-topology-operator' },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/component': 'messaging-topology-operator' } },
        podMetricsEndpoints: [{ port: 'http-metrics', interval: INTERVAL }],
      },
    });
    new PrometheusRule(this, 'prometheus-rule-database-operators', {
      metadata: { name: 'database-operators' },
      spec: {
        groups: [
          {
            name: 'database-operators',
            rules: [
              alert('DatabaseOperatorReconcileErrors', 'warning', {
                for: '15m',
                expr: 'sum by (namespace, pod, controller) (rate(controller_runtime_reconcile_errors_total{namespace="database-operators"}[10m])) > 0.1',
                summary: 'Database operator keeps failing to reconcile',
                description:
                  'Controller {{ $labels.controller }} of {{ $labels.pod }} fails {{ $value | humanize }} times a second: changes to its stores do not arrive.',
              }),
              alert('DatabaseOperatorNotReady', 'critical', {
                for: '10m',
                expr: 'kube_deployment_status_replicas_available{namespace="database-operators"} < 1',
                summary: 'Database operator is down',
                description:
                  'No pod of {{ $labels.deployment }} is available: no failover, and while its webhooks are unanswered no change to its stores.',
              }),
              alert('DatabaseOperatorWebhookSlow', 'warning', {
                for: '15m',
                expr: 'histogram_quantile(0.99, sum by (le, webhook) (rate(controller_runtime_webhook_latency_seconds_bucket{namespace="database-operators"}[10m]))) > 2',
                summary: 'Webhook of a database operator is slow',
                description:
                  'One call in a hundred of {{ $labels.webhook }} takes {{ $value | humanizeDuration }}; the API server gives up after ten seconds.',
              }),
              alert('DatabaseOperatorWorkqueueBacklog', 'warning', {
                for: '15m',
                expr: 'sum by (pod, name) (workqueue_depth{namespace="database-operators"}) > 50',
                summary: 'Database operator cannot keep up',
                description: '{{ $value }} objects wait in queue {{ $labels.name }} of {{ $labels.pod }}.',
              }),
            ],
          },
        ],
      },
    });

    new PodMonitor(this, 'pod-monitor-postgre', {
      metadata: { name: 'postgre', namespace: postgre.namespace },
      spec: {
        // The role too: pgbouncer's pods bear the Cluster's label, and a port of the same name.
        selector: { matchLabels: { 'cnpg.io/cluster': postgre.cluster.name, 'cnpg.io/podRole': 'instance' } },
        podMetricsEndpoints: [{ port: 'metrics', interval: INTERVAL }],
      },
    });
    new PodMonitor(this, 'pod-monitor-postgre-pooler-rw', {
      metadata: { name: postgre.pooler.name, namespace: postgre.namespace },
      spec: {
        selector: { matchLabels: { 'cnpg.io/poolerName': postgre.pooler.name } },
        podMetricsEndpoints: [{ port: 'metrics', interval: INTERVAL }],
      },
    });
    new PrometheusRule(this, 'prometheus-rule-postgre', {
      metadata: { name: 'postgre', namespace: postgre.namespace },
      spec: {
        groups: [
          {
            name: 'postgre',
            rules: [
              alert('PostgreInstanceDown', 'critical', {
                for: '2m',
                expr: 'min by (namespace, pod) (cnpg_collector_up{namespace="postgre"}) == 0',
                summary: 'PostgreSQL instance is down',
                description: 'PostgreSQL in {{ $labels.pod }} does not answer its instance manager.',
              }),
              alert('PostgreReplicationLag', 'warning', {
                for: '5m',
                expr: 'max by (namespace, pod) (cnpg_pg_replication_lag{namespace="postgre"}) > 30',
                summary: 'PostgreSQL replica lags behind',
                description:
                  '{{ $labels.pod }} is {{ $value | humanizeDuration }} behind its primary: readers see old data, and a failover to it would lose some.',
              }),
              alert('PostgreNoStreamingReplica', 'critical', {
                for: '10m',
                expr: 'max by (namespace) (cnpg_pg_replication_streaming_replicas{namespace="postgre"}) < 1',
                summary: 'PostgreSQL has no replica',
                description: 'No instance follows the primary: commits are confirmed by nobody else, and there is nothing to fail over to.',
              }),
              alert('PostgreWalArchiveBacklog', 'critical', {
                for: '15m',
                expr: 'max by (namespace, pod) (cnpg_collector_pg_wal_archive_status{namespace="postgre",value="ready"}) > 10',
                summary: 'PostgreSQL cannot archive its WAL',
                description:
                  '{{ $value }} segments wait in {{ $labels.pod }} for the object store; they stay on its volume until that is full and PostgreSQL stops. In a cluster made anew: the old archive may lie in its place.',
              }),
              alert('PostgreBackupTooOld', 'critical', {
                for: '30m',
                expr: 'time() - max by (namespace) (cnpg_collector_last_available_backup_timestamp{namespace="postgre"} > 0) > 129600', // 36 h
                summary: 'PostgreSQL has no recent base backup',
                description: 'The last base backup is {{ $value | humanizeDuration }} old; one is due each night.',
              }),
              alert('PostgreConnectionsHigh', 'warning', {
                for: '10m',
                expr: 'sum by (namespace, pod) (cnpg_backends_total{namespace="postgre"}) / max by (namespace, pod) (cnpg_pg_settings_setting{namespace="postgre",name="max_connections"}) > 0.85',
                summary: 'PostgreSQL is running out of connections',
                description: '{{ $labels.pod }} uses {{ $value | humanizePercentage }} of max_connections.',
              }),
              alert('PgBouncerClientsWaiting', 'warning', {
                for: '5m',
                expr: 'max by (namespace, pod, database) (cnpg_pgbouncer_pools_cl_waiting{namespace="postgre"}) > 10',
                summary: 'Clients wait for a PostgreSQL connection',
                description:
                  '{{ $value }} clients of database {{ $labels.database }} wait in {{ $labels.pod }} for a free server connection.',
              }),
            ],
          },
        ],
      },
    });

    new PodMonitor(this, 'pod-monitor-strapi-postgres', {
      metadata: { name: 'strapi-postgres', namespace: strapiPostgres.namespace },
      spec: {
        selector: { matchLabels: { 'cnpg.io/cluster': strapiPostgres.cluster.name, 'cnpg.io/podRole': 'instance' } },
        podMetricsEndpoints: [{ port: 'metrics', interval: INTERVAL }],
      },
    });
    new PrometheusRule(this, 'prometheus-rule-strapi-postgres', {
      metadata: { name: 'strapi-postgres', namespace: strapiPostgres.namespace },
      spec: {
        groups: [
          {
            name: 'strapi-postgres',
            rules: [
              alert('StrapiPostgresDown', 'critical', {
                for: '2m',
                expr: 'min by (namespace, pod) (cnpg_collector_up{namespace="strapi-postgres"}) == 0',
                summary: "PostgreSQL instance of Strapi's is down",
                description: 'PostgreSQL in {{ $labels.pod }} does not answer its instance manager.',
              }),
              alert('StrapiPostgresLongTransaction', 'warning', {
                for: '5m',
                expr: 'max by (namespace, pod) (cnpg_backends_max_tx_duration_seconds{namespace="strapi-postgres"}) > 900',
                summary: 'Strapi keeps a transaction open',
                description:
                  'A transaction in {{ $labels.pod }} has been open for {{ $value | humanizeDuration }}: it holds its locks, and vacuum waits for it.',
              }),
              alert('StrapiPostgresWalArchiveBacklog', 'critical', {
                for: '15m',
                expr: 'max by (namespace, pod) (cnpg_collector_pg_wal_archive_status{namespace="strapi-postgres",value="ready"}) > 10',
                summary: "Strapi's PostgreSQL cannot archive its WAL",
                description:
                  '{{ $value }} segments wait in {{ $labels.pod }} for the object store; they stay on its volume until that is full and PostgreSQL stops. In a cluster made anew: the old archive may lie in its place.',
              }),
              alert('StrapiPostgresBackupTooOld', 'critical', {
                for: '30m',
                expr: 'time() - max by (namespace) (cnpg_collector_last_available_backup_timestamp{namespace="strapi-postgres"} > 0) > 129600', // 36 h
                summary: "Strapi's PostgreSQL has no recent base backup",
                description: 'The last base backup is {{ $value | humanizeDuration }} old; one is due each night.',
              }),
              alert('StrapiPostgresVolumeFillingUp', 'warning', {
                for: '10m',
                expr: 'kubelet_volume_stats_available_bytes{namespace="strapi-postgres"} / kubelet_volume_stats_capacity_bytes{namespace="strapi-postgres"} < 0.15',
                summary: "Volume of Strapi's PostgreSQL is filling up",
                description: '{{ $value | humanizePercentage }} of {{ $labels.persistentvolumeclaim }} is left.',
              }),
            ],
          },
        ],
      },
    });

    new ServiceMonitor(this, 'service-monitor-redis', {
      metadata: { name: 'redis', namespace: redis.namespace },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'redis', 'app.kubernetes.io/component': 'metrics' } },
        endpoints: [{ port: 'http-metrics', interval: INTERVAL }],
      },
    });
    new PrometheusRule(this, 'prometheus-rule-redis', {
      metadata: { name: 'redis', namespace: redis.namespace },
      spec: {
        groups: [
          {
            name: 'redis',
            rules: [
              alert('RedisDown', 'critical', {
                for: '2m',
                expr: 'redis_up{namespace="redis"} == 0',
                summary: 'Redis is down',
                description: 'The exporter beside it cannot reach the server in {{ $labels.pod }}.',
              }),
              alert('RedisReplicaLinkDown', 'warning', {
                for: '5m',
                expr: 'redis_master_link_up{namespace="redis"} == 0',
                summary: 'Redis replica has lost its master',
                description: '{{ $labels.pod }} has no connection to its master, and what it serves is getting old.',
              }),
              alert('RedisNoReplica', 'warning', {
                for: '10m',
                expr: 'max by (namespace) (redis_connected_slaves{namespace="redis"}) < 1',
                summary: 'Redis master has no replica',
                description: 'Nobody follows the master: its volume is the only copy of the data.',
              }),
              alert('RedisMemoryHigh', 'warning', {
                for: '10m',
                expr: 'redis_memory_used_bytes{namespace="redis"} / (redis_memory_max_bytes{namespace="redis"} > 0) > 0.9',
                summary: 'Redis is running out of memory',
                description:
                  '{{ $labels.pod }} uses {{ $value | humanizePercentage }} of maxmemory; nothing is evicted, so writes fail once it is full.',
              }),
              alert('RedisRejectedConnections', 'warning', {
                for: '5m',
                expr: 'increase(redis_rejected_connections_total{namespace="redis"}[10m]) > 0',
                summary: 'Redis turns clients away',
                description: '{{ $labels.pod }} has rejected connections because maxclients is reached.',
              }),
              alert('RedisAofWriteFailing', 'critical', {
                for: '5m',
                expr: 'redis_aof_last_write_status{namespace="redis"} == 0',
                summary: 'Redis cannot write its append-only file',
                description:
                  'The last write of {{ $labels.pod }} to its append-only file failed: it refuses writes, and a restart loses what is not on disk.',
              }),
            ],
          },
        ],
      },
    });

    new ServiceMonitor(this, 'service-monitor-rabbitmq', {
      metadata: { name: 'rabbitmq', namespace: rabbitmq.namespace },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': rabbitmq.cluster.name, 'app.kubernetes.io/component': 'rabbitmq' } },
        endpoints: [
          { port: 'prometheus', path: '/metrics', interval: INTERVAL },
          {
            port: 'prometheus',
            path: '/metrics/detailed', // by queue, which /metrics sums up
            params: { family: ['queue_coarse_metrics', 'queue_consumer_count'] },
            interval: INTERVAL,
            relabelings: [{ targetLabel: 'endpoint', replacement: 'prometheus-detailed' }], // or its `up` is the other's
          },
        ],
      },
    });
    this.rabbitmqRule = new PrometheusRule(this, 'prometheus-rule-rabbitmq', {
      metadata: { name: 'rabbitmq', namespace: rabbitmq.namespace },
      spec: {
        groups: [
          {
            name: 'rabbitmq',
            rules: [
              alert('RabbitmqNodesMissing', 'critical', {
                for: '10m',
                expr: this.rabbitmqNodesBelow(3),
                summary: 'RabbitMQ nodes are missing',
                description: 'Only {{ $value }} nodes answer; without a majority quorum queues stop.',
              }),
              alert('RabbitmqMemoryAlarm', 'critical', {
                for: '1m',
                expr: 'max by (namespace, pod) (rabbitmq_alarms_memory_used_watermark{namespace="rabbitmq"}) > 0',
                summary: 'RabbitMQ is out of memory',
                description: '{{ $labels.pod }} has passed its memory watermark: the whole cluster blocks publishers.',
              }),
              alert('RabbitmqDiskAlarm', 'critical', {
                for: '1m',
                expr: 'max by (namespace, pod) (rabbitmq_alarms_free_disk_space_watermark{namespace="rabbitmq"}) > 0',
                summary: 'RabbitMQ is out of disk space',
                description: 'Less than disk_free_limit is left on {{ $labels.pod }}: the whole cluster blocks publishers.',
              }),
              alert('RabbitmqUnroutableMessages', 'warning', {
                for: '10m',
                expr: 'sum by (namespace) (increase(rabbitmq_channel_messages_unroutable_dropped_total{namespace="rabbitmq"}[5m]) + increase(rabbitmq_channel_messages_unroutable_returned_total{namespace="rabbitmq"}[5m])) > 0',
                summary: 'RabbitMQ messages reach no queue',
                description: '{{ $value | humanize }} messages in five minutes had no queue to go to: a binding or a queue is missing.',
              }),
              alert('RabbitmqQueueBacklog', 'warning', {
                for: '15m',
                expr: 'sum by (namespace, vhost, queue) (rabbitmq_detailed_queue_messages_ready{namespace="rabbitmq"}) > 10000',
                summary: 'RabbitMQ queue is growing',
                description: '{{ $value | humanize }} messages wait in queue {{ $labels.queue }} of {{ $labels.vhost }}.',
              }),
              alert('RabbitmqQueueWithoutConsumers', 'warning', {
                for: '15m',
                expr: 'sum by (namespace, vhost, queue) (rabbitmq_detailed_queue_consumers{namespace="rabbitmq"}) == 0 and sum by (namespace, vhost, queue) (rabbitmq_detailed_queue_messages{namespace="rabbitmq"}) > 0',
                summary: 'RabbitMQ queue has messages and no consumer',
                description: 'Nobody takes messages from queue {{ $labels.queue }} of {{ $labels.vhost }}.',
              }),
            ],
          },
        ],
      },
    });

    new ServiceMonitor(this, 'service-monitor-mongodb', {
      // Beside the Secret: Prometheus reads it in the monitor's own namespace.
      metadata: { name: 'mongodb', namespace: mongodb.namespace },
      spec: {
        selector: { matchLabels: { app: 'mongodb-svc' } },
        endpoints: [
          {
            port: 'prometheus',
            interval: INTERVAL,
            basicAuth: { username: mongodb.metricsCredentials.key('username'), password: mongodb.metricsCredentials.key('password') },
          },
        ],
      },
    });
    new PrometheusRule(this, 'prometheus-rule-mongodb', {
      metadata: { name: 'mongodb', namespace: mongodb.namespace },
      spec: {
        groups: [
          {
            name: 'mongodb',
            rules: [
              alert('MongodbMemberDown', 'critical', {
                for: '5m',
                expr: 'up{namespace="mongodb"} == 0',
                summary: 'MongoDB member is down',
                description: 'The agent in {{ $labels.pod }} does not answer.',
              }),
              alert('MongodbReplicaSetDegraded', 'warning', {
                for: '10m',
                expr: 'kube_statefulset_status_replicas_ready{namespace="mongodb",statefulset="mongodb"} < kube_statefulset_replicas{namespace="mongodb",statefulset="mongodb"}',
                summary: 'MongoDB replica set is not complete',
                description: 'Only {{ $value }} members are ready; without a majority there is no primary, and nothing can be written.',
              }),
              alert('MongodbConnectionsExhausting', 'warning', {
                for: '5m',
                expr: 'mongodb_connections_available{namespace="mongodb"} < 100',
                summary: 'MongoDB is running out of connections',
                description: '{{ $labels.pod }} has {{ $value }} connections left.',
              }),
              alert('MongodbReadLatencyHigh', 'warning', {
                for: '10m',
                // in microseconds
                expr: 'rate(mongodb_opLatencies_reads_latency{namespace="mongodb"}[5m]) / clamp_min(rate(mongodb_opLatencies_reads_ops{namespace="mongodb"}[5m]), 0.001) > 100000',
                summary: 'MongoDB reads are slow',
                description:
                  'A read in {{ $labels.pod }} takes more than 100 ms on average: an index is missing, or the cache is too small.',
              }),
              alert('MongodbRestarted', 'warning', {
                for: '1m',
                expr: 'mongodb_uptimeMillis{namespace="mongodb"} < 600000',
                summary: 'MongoDB member has restarted',
                description: 'The server in {{ $labels.pod }} has been up for less than ten minutes.',
              }),
              alert('MongodbVolumeFillingUp', 'warning', {
                for: '10m',
                expr: 'kubelet_volume_stats_available_bytes{namespace="mongodb"} / kubelet_volume_stats_capacity_bytes{namespace="mongodb"} < 0.15',
                summary: 'MongoDB volume is filling up',
                description: '{{ $value | humanizePercentage }} of {{ $labels.persistentvolumeclaim }} is left.',
              }),
            ],
          },
        ],
      },
    });
  }

  /** PromQL: fewer nodes of RabbitMQ answer. By pod, since a node may be scraped twice; nobody counts when all are gone, hence `absent`. */
  rabbitmqNodesBelow(nodes: number): string {
    const info = 'rabbitmq_build_info{namespace="rabbitmq"}';
    return `count by (namespace) (count by (namespace, pod) (${info})) < ${nodes} or absent(${info}) - 1`;
  }
}

const INTERVAL = '30s';
