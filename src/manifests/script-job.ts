import type { EnvVar } from '../../imports/k8s';
import type { AnyComponent, Patch } from '../flux';
import { type ConfigMap, CronJob, type PersistentVolumeClaim, type ServiceAccount } from './core';

/** Where a secret value stands, as `SecretRef.key` gives it. */
interface SecretKey {
  readonly name: string;
  readonly key: string;
}

export interface ScriptJobProps<Env extends string> {
  /** When it runs, five cron fields, in UTC: `15 1 * * *`. */
  readonly schedule: `${string} ${string} ${string} ${string} ${string}`;
  /** Image with an exact tag. Its entrypoint is not run: `interpreter` is. */
  readonly image: `${string}:${string}`;
  /** Which shell of the image runs the script. @default `/bin/bash` */
  readonly interpreter?: '/bin/bash' | '/bin/sh';
  /** Name of the script, a key of `scripts`. */
  readonly script: string;
  /** Scripts, mounted at `/scripts`. */
  readonly scripts: ConfigMap;
  /** Volume of the backups, mounted at `/store`. */
  readonly store: PersistentVolumeClaim;
  /** Whether it only reads the store. @default false */
  readonly readOnly?: boolean;
  readonly serviceAccount: ServiceAccount;
  /** Environment of the script, beside `STORE`, where the store is mounted, and `HOME` and `TMPDIR`, an empty folder. */
  readonly env: Readonly<Record<Env, string | SecretKey>>;
  /** Memory limit, `256Mi`. */
  readonly memory: `${number}Mi`;
  /** Room for temporary files on the node. @default `64Mi` */
  readonly temporary?: `${number}Mi` | `${number}Gi`;
  /** After how many seconds a run counts as failed. @default 3600 */
  readonly deadlineSeconds?: number;
}

/**
 * batch/v1 CronJob that runs one script against the backup store: never twice at once, without rights in the cluster, and
 * within the Pod Security level `restricted`. The pods carry the job's name as `app.kubernetes.io/name`.
 *
 * @typeParam Env the names of the script's variables
 */
export class ScriptJob<const Env extends string = string> extends CronJob {
  constructor(scope: AnyComponent, id: string, props: ScriptJobProps<Env>) {
    const labels = { 'app.kubernetes.io/name': id };
    super(scope, id, {
      metadata: { labels },
      spec: {
        schedule: props.schedule,
        timeZone: 'Etc/UTC',
        concurrencyPolicy: 'Forbid',
        startingDeadlineSeconds: 3600, // after an outage a run up to an hour late is made up for, an older one is not
        suspend: false,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 2,
        jobTemplate: {
          metadata: { labels },
          spec: {
            backoffLimit: 2,
            activeDeadlineSeconds: props.deadlineSeconds ?? 3600,
            ttlSecondsAfterFinished: 172800, // two days: so long does the alert on a failed job last
            template: {
              metadata: { labels },
              spec: {
                restartPolicy: 'Never', // each attempt is a pod of its own, with a log of its own
                serviceAccountName: props.serviceAccount.name,
                automountServiceAccountToken: false,
                enableServiceLinks: false,
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: 65534, // owner of the exported folder; fsGroup would change nothing on NFS
                  runAsGroup: 65534,
                  seccompProfile: { type: 'RuntimeDefault' },
                },
                containers: [
                  {
                    name: 'script',
                    image: props.image,
                    command: [props.interpreter ?? '/bin/bash', `/scripts/${props.script}`],
                    env: [
                      { name: 'STORE', value: '/store' },
                      { name: 'HOME', value: '/tmp' }, // the user has none, and the image's file system is read-only
                      { name: 'TMPDIR', value: '/tmp' },
                      ...environment(props.env),
                    ],
                    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: props.memory } },
                    securityContext: {
                      allowPrivilegeEscalation: false,
                      readOnlyRootFilesystem: true,
                      capabilities: { drop: ['ALL'] },
                    },
                    volumeMounts: [
                      { name: 'store', mountPath: '/store', ...(props.readOnly && { readOnly: true }) },
                      { name: 'scripts', mountPath: '/scripts', readOnly: true },
                      { name: 'tmp', mountPath: '/tmp' },
                    ],
                  },
                ],
                volumes: [
                  { name: 'store', persistentVolumeClaim: { claimName: props.store.name } },
                  { name: 'scripts', configMap: { name: props.scripts.name, defaultMode: 0o555 } },
                  { name: 'tmp', emptyDir: { sizeLimit: props.temporary ?? '64Mi' } },
                ],
              },
            },
          },
        },
      },
    });
  }

  /** Changes variables of the script in one cluster. */
  patchEnv(change: { readonly [Name in Env]?: string }): Patch {
    const env = environment(change);
    return this.patch({ spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'script', env }] } } } } } });
  }
}

function environment(variables: { readonly [name: string]: string | SecretKey | undefined }): readonly EnvVar[] {
  return Object.entries(variables).map(([name, value]) =>
    typeof value === 'object' ? { name, valueFrom: { secretKeyRef: value } } : { name, value },
  );
}
