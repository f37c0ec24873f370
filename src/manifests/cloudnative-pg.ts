import type {
  Cluster as ClusterObject,
  Pooler as PoolerObject,
  ScheduledBackup as ScheduledBackupObject,
} from '../../imports/postgresql.cnpg.io';
import { condition, kind } from '../flux';

/** postgresql.cnpg.io/v1 Cluster. Ready is False in every rolling restart, so it is never called failed. */
export class PostgresCluster extends kind<ClusterObject>('postgresql.cnpg.io/v1', 'Cluster', { health: condition('Ready') }) {}

/** postgresql.cnpg.io/v1 Pooler: pgbouncer before a Cluster. */
export class Pooler extends kind<PoolerObject>('postgresql.cnpg.io/v1', 'Pooler') {}

/** postgresql.cnpg.io/v1 ScheduledBackup. Its schedule has six fields: seconds come first. */
export class ScheduledBackup extends kind<ScheduledBackupObject>('postgresql.cnpg.io/v1', 'ScheduledBackup') {}
