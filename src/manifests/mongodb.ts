import type { StatefulSetSpec } from '../../imports/k8s';
import type { MongoDBCommunity, MongoDBCommunitySpec } from '../../imports/mongodbcommunity.mongodb.com';
import { type DeepPartial, kind } from '../flux';

/** The CRD takes anything as `statefulSet.spec` and a typo vanishes there, so it gets the type of what it is merged into. */
export interface MongodbReplicaSetObject extends Omit<MongoDBCommunity, 'spec'> {
  readonly spec: Omit<MongoDBCommunitySpec, 'statefulSet'> & { readonly statefulSet?: { readonly spec: DeepPartial<StatefulSetSpec> } };
}

/** mongodbcommunity.mongodb.com/v1 MongoDBCommunity. Phase Failed is passing at start, so it is never called failed. */
export class MongodbReplicaSet extends kind<MongodbReplicaSetObject>('mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', {
  health: { current: "has(status.phase) && status.phase == 'Running'" },
}) {}
