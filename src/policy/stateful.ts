import type { KubernetesObject } from '../flux';
import { groupOf } from './rule';

/** Kinds whose deletion takes data, or the objects of others, along. */
const STATEFUL: ReadonlySet<string> = new Set([
  ' Namespace',
  ' PersistentVolume',
  ' PersistentVolumeClaim',
  'apps StatefulSet',
  'apiextensions.k8s.io CustomResourceDefinition',
  'postgresql.cnpg.io Cluster',
  'postgresql.cnpg.io Database',
  'rabbitmq.com RabbitmqCluster',
  'mongodbcommunity.mongodb.com MongoDBCommunity',
  'mongodb.com MongoDB',
  'psmdb.percona.com PerconaServerMongoDB',
  'pxc.percona.com PerconaXtraDBCluster',
  'k8s.mariadb.com MariaDB',
  'mysql.oracle.com InnoDBCluster',
  'acid.zalan.do postgresql',
  'kafka.strimzi.io Kafka',
  'elasticsearch.k8s.elastic.co Elasticsearch',
  'dragonflydb.io Dragonfly',
  'redis.redis.opstreelabs.in Redis',
  'redis.redis.opstreelabs.in RedisCluster',
  'minio.min.io Tenant',
  'ceph.rook.io CephCluster',
  'ceph.rook.io CephBlockPool',
  'ceph.rook.io CephFilesystem',
  'ceph.rook.io CephObjectStore',
]);

export function isStateful(object: KubernetesObject): boolean {
  return STATEFUL.has(`${groupOf(object)} ${object.kind}`);
}
