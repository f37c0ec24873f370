import type { MongoDBCommunity as MongoDBCommunityObject } from '../../imports/mongodbcommunity.mongodb.com';
import { kind } from '../flux';

/** mongodbcommunity.mongodb.com/v1 MongoDBCommunity. Phase Failed is passing at start, so it is never called failed. */
export class MongoDBCommunity extends kind<MongoDBCommunityObject>('mongodbcommunity.mongodb.com/v1', 'MongoDBCommunity', {
  health: { current: "has(status.phase) && status.phase == 'Running'" },
}) {}
