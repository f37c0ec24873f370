import type {
  Permission as PermissionObject,
  Queue as QueueObject,
  RabbitmqCluster as RabbitmqClusterObject,
  User as UserObject,
  Vhost as VhostObject,
} from '../../imports/rabbitmq.com';
import { condition, kind } from '../flux';

const VERSION = 'rabbitmq.com/v1beta1';
const health = condition('Ready');

/** rabbitmq.com/v1beta1 RabbitmqCluster. */
export class RabbitmqCluster extends kind<RabbitmqClusterObject>(VERSION, 'RabbitmqCluster', { health: condition('AllReplicasReady') }) {}

/** rabbitmq.com/v1beta1 Vhost. */
export class Vhost extends kind<VhostObject>(VERSION, 'Vhost', { health }) {}

/** rabbitmq.com/v1beta1 User. */
export class User extends kind<UserObject>(VERSION, 'User', { health }) {}

/** rabbitmq.com/v1beta1 Permission. */
export class Permission extends kind<PermissionObject>(VERSION, 'Permission', { health }) {}

/** rabbitmq.com/v1beta1 Queue. */
export class Queue extends kind<QueueObject>(VERSION, 'Queue', { health }) {}
