import type { RecurringJob as RecurringJobObject } from '../../imports/longhorn.io';
import { kind } from '../flux';

/** longhorn.io/v1beta2 RecurringJob: snapshots and backups of volumes; it lives in longhorn-system. */
export class RecurringJob extends kind<RecurringJobObject>('longhorn.io/v1beta2', 'RecurringJob') {}
