import type { RecurringJobSpec } from '../../imports/longhorn.io';
import type { AnyComponent } from '../flux';
import { RecurringJob } from './longhorn';

export interface VolumeJobProps {
  /** Name of the object and of the job, at most 40 characters; `volumeJobLabels` takes the same. */
  readonly name: string;
  /** Longhorn's own: it looks for jobs nowhere else. */
  readonly namespace: string;
  readonly task: NonNullable<RecurringJobSpec['task']>;
  /** Five fields, UTC: `15 1 * * *`. */
  readonly cron: string;
  /** How many of its snapshots or backups Longhorn keeps of each volume. */
  readonly retain: number;
}

/**
 * longhorn.io/v1beta2 RecurringJob for the volumes whose claims ask for it by label, one at a time. It is in no group: group
 * `default` would take in every volume of the cluster.
 */
export class VolumeJob extends RecurringJob {
  constructor(scope: AnyComponent, id: string, { name, namespace, task, cron, retain }: VolumeJobProps) {
    super(scope, id, {
      metadata: { name, namespace },
      // Nothing is left out: Longhorn's webhook would fill it in, and what is in Git would not be what is in the cluster.
      spec: { name, task, cron, groups: [], retain, concurrency: 1, labels: { app: scope.name }, parameters: {} },
    });
  }
}

/** Labels by which a claim puts its volume under a VolumeJob; without the first Longhorn does not look at the claim. */
export function volumeJobLabels(name: string): Readonly<Record<string, string>> {
  return { 'recurring-job.longhorn.io/source': 'enabled', [`recurring-job.longhorn.io/${name}`]: 'enabled' };
}
