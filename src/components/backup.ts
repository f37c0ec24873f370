import { Component, Directory, type FluxRepo, type SecretRef } from '../flux';
import {
  backupStore,
  CiliumNetworkPolicy,
  ConfigMap,
  Namespace,
  POSTGRES_IMAGE,
  ScriptJob,
  ServiceAccount,
  toDns,
  toEntities,
} from '../manifests';
import { variable } from '../variables';

/** Keeps the backup store: drops what is too old, proves each night that it could be restored from, copies it off site. */
export class Backup extends Component<'backup', 'cluster-secrets' | 'nfs-provisioner' | 'cilium'> {
  /** Read by the off-site copy only. */
  readonly backupCredentials: SecretRef;
  readonly prune: ScriptJob<'RETENTION_DAYS'>;
  readonly verify: ScriptJob<'DATABASES'>;
  readonly offsite: ScriptJob<'KEEP_WITHIN'>;

  constructor(repo: FluxRepo) {
    super(repo, 'backup', {
      because: {
        'cluster-secrets': 'credentials of the off-site copy, where there is one',
        'nfs-provisioner': 'proves that the NFS server can be mounted',
      },
    });
    const credentials = this.secret('backup-credentials', {
      AWS_ACCESS_KEY_ID: 'supplied',
      AWS_SECRET_ACCESS_KEY: 'supplied',
      RESTIC_PASSWORD: 'generated', // keep it off site too: without it the copy cannot be read
    });
    this.backupCredentials = credentials;

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    const store = backupStore(this, { name: 'backup-store', nfs: { server: variable('NFS_SERVER'), path: variable('NFS_BACKUP_PATH') } });
    const serviceAccount = new ServiceAccount(this, 'service-account', {
      metadata: { name: 'backup' },
      automountServiceAccountToken: false,
    });
    const scripts = new ConfigMap(this, 'config-map', {
      metadata: {
        name: 'backup-scripts',
        annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' }, // the variables in it are the shell's
      },
      data: { 'prune.sh': PRUNE, 'verify.sh': VERIFY, 'sync.sh': SYNC },
    });

    // The dumps of the night are written from 01:15 to 04:00 at the latest, Velero begins at 02:17.
    this.prune = new ScriptJob(this, 'backup-prune', {
      schedule: '10 5 * * *',
      image: POSTGRES_IMAGE, // for its bash and GNU tools: no image more to pull
      scripts,
      script: 'prune.sh',
      store,
      serviceAccount,
      env: { RETENTION_DAYS: '14', KEEP_NEWEST: '3' },
      memory: '128Mi',
    });
    this.verify = new ScriptJob(this, 'backup-verify', {
      schedule: '30 5 * * *',
      image: POSTGRES_IMAGE, // for its pg_restore, which must not be older than the pg_dump
      scripts,
      script: 'verify.sh',
      store,
      readOnly: true,
      serviceAccount,
      env: {
        DATABASES: 'postgre strapi-postgres mongodb redis', // the folders that the jobs of backup-jobs write to
        MAX_AGE_HOURS: '26', // a day, and two hours for a slow night
      },
      memory: '256Mi',
    });
    this.offsite = new ScriptJob(this, 'backup-offsite', {
      schedule: '0 6 * * *',
      image: 'docker.io/restic/restic:0.18.1',
      interpreter: '/bin/sh', // busybox: the image has no bash
      scripts,
      script: 'sync.sh',
      store,
      readOnly: true,
      serviceAccount,
      env: {
        KEEP_WITHIN: '90d',
        RESTIC_REPOSITORY: `s3:${variable('BACKUP_S3_ENDPOINT')}/${variable('BACKUP_S3_BUCKET')}/restic`,
        RESTIC_CACHE_DIR: '/tmp/restic',
        RESTIC_PASSWORD: credentials.key('RESTIC_PASSWORD'),
        AWS_ACCESS_KEY_ID: credentials.key('AWS_ACCESS_KEY_ID'),
        AWS_SECRET_ACCESS_KEY: credentials.key('AWS_SECRET_ACCESS_KEY'),
      },
      memory: '512Mi', // restic holds the index of the repository
      temporary: '1Gi', // its cache, and the packs that it makes
      deadlineSeconds: 14400, // the first copy sends everything
    });

    const policies = new Directory(this, 'cilium-network-policies');
    // The node mounts NFS, not the pod: prune and verify need no network at all.
    new CiliumNetworkPolicy(policies, 'allow-dns', {
      egress: [toDns()],
      ingress: [{}], // an empty rule: nobody may connect
    });
    new CiliumNetworkPolicy(policies, 'allow-object-store', {
      endpoints: { matchLabels: { 'app.kubernetes.io/name': 'backup-offsite' } },
      egress: [
        toEntities(['world'], 443),
        toEntities(['host', 'remote-node', 'kube-apiserver'], 9000), // a store on a node of the cluster is not `world`
      ],
    });
  }
}

const PRUNE = String.raw`#!/bin/bash
# Deletes the dumps that are older than RETENTION_DAYS, but never the newest KEEP_NEWEST whole ones of a database:
# when the dumps stop, the last good ones stay. Ages are read from the names, which a copy or a restore does not change.
set -euo pipefail
export LC_ALL=C

log() { printf '%s prune: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"; }

for setting in "$RETENTION_DAYS" "$KEEP_NEWEST"; do
  case $setting in
    '' | 0* | *[!0-9]*)
      log "ERROR: RETENTION_DAYS and KEEP_NEWEST are numbers from 1, not '$setting': nothing deleted" >&2
      exit 1
      ;;
  esac
done

cutoff=$(date -u -d "@$(($(date +%s) - RETENTION_DAYS * 86400))" +%Y%m%d%H%M%S)

# The dumps of a database in its folder, newest first.
dumps_of() {
  find "$STORE/$1" -maxdepth 1 -type f -printf '%f\n' |
    sed -nE "/\.(sha256|partial)$/d; /^$1-[0-9]{8}T[0-9]{6}Z\.[a-z.]+$/p" |
    sort -r
}

# The time in the name of a dump, as a number.
stamp_of() { printf '%s\n' "$1" | sed -E 's/^.*-([0-9]{8})T([0-9]{6})Z\..*$/\1\2/'; }

# What is left of dumps that failed: a day old, so nobody is writing it any more.
leftovers_of() {
  find "$STORE/$1" -maxdepth 1 -type f -name "$1-*.partial" -mmin +1440 -printf '%f\n'
  find "$STORE/$1" -maxdepth 1 -type f -name "$1-*.sha256" -mmin +1440 -printf '%f\n' | while IFS= read -r file; do
    if [ ! -e "$STORE/$1/$(basename "$file" .sha256)" ]; then printf '%s\n' "$file"; fi
  done
}

prune() {
  local name=$1 kept=0 deleted=0 whole=0 file files
  files=$(dumps_of "$name")
  while IFS= read -r file; do
    [ -n "$file" ] || continue
    if [ -s "$STORE/$name/$file.sha256" ] && [ "$whole" -lt "$KEEP_NEWEST" ]; then
      whole=$((whole + 1))
      kept=$((kept + 1))
    elif [ "$(stamp_of "$file")" -lt "$cutoff" ]; then
      log "$name: deleting $file"
      rm -f -- "$STORE/$name/$file"
      rm -f -- "$STORE/$name/$file.sha256"
      deleted=$((deleted + 1))
    else
      kept=$((kept + 1))
    fi
  done <<<"$files"
  files=$(leftovers_of "$name")
  while IFS= read -r file; do
    [ -n "$file" ] || continue
    log "$name: deleting $file, left by a dump that failed"
    rm -f -- "$STORE/$name/$file"
  done <<<"$files"
  log "$name: $deleted deleted, $kept kept"
}

for folder in "$STORE"/*/; do
  [ -d "$folder" ] || continue # an empty store
  name=$(basename "$folder")
  case $name in
    *[!a-z0-9-]*) log "$name: not a folder of dumps, left alone" ;; # lost+found
    *) prune "$name" ;;
  esac
done
`;

const VERIFY = String.raw`#!/bin/bash
# Looks at the newest dump of each of DATABASES: not older than MAX_AGE_HOURS, not suspiciously small, the same bytes as
# when it was written, and readable by the tool that would restore it. Reports all that is wrong, then fails.
set -euo pipefail
export LC_ALL=C

log() { printf '%s verify: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"; }

cutoff=$(date -u -d "@$(($(date +%s) - MAX_AGE_HOURS * 3600))" +%Y%m%d%H%M%S)

newest_of() {
  [ -d "$STORE/$1" ] || return 0
  find "$STORE/$1" -maxdepth 1 -type f -printf '%f\n' |
    sed -nE "/\.(sha256|partial)$/d; /^$1-[0-9]{8}T[0-9]{6}Z\.[a-z.]+$/p" |
    sort |
    tail -n 1
}

stamp_of() { printf '%s\n' "$1" | sed -E 's/^.*-([0-9]{8})T([0-9]{6})Z\..*$/\1\2/'; }

# A dump of an empty database is larger than this.
floor_of() {
  case $1 in
    *.dump) echo 512 ;;
    *) echo 64 ;;
  esac
}

# Whether the file is what its name says, as far as that can be told without restoring it.
is_readable() {
  local start
  case $1 in
    *.dump) pg_restore --list "$1" >/dev/null ;;
    *.archive.gz)
      # gzip's own checksum covers it to the end; the first four bytes are those of an archive of mongodump
      gzip -t "$1" || return 1
      start=$(gzip -dc "$1" 2>/dev/null | head -c 4 | od -An -tx1 | tr -d ' \n') || true
      [ "$start" = 6de29981 ]
      ;;
    *.rdb) [ "$(head -c 5 "$1")" = REDIS ] ;;
    *) return 1 ;;
  esac
}

# Prints what is wrong with the newest dump of a database; nothing if all is well.
problem_of() {
  local file=$1 path=$2 size
  [ -n "$file" ] || { echo 'there is no dump' && return; }
  [ "$(stamp_of "$file")" -ge "$cutoff" ] || { echo "older than $MAX_AGE_HOURS hours" && return; }
  size=$(stat -c %s "$path")
  [ "$size" -ge "$(floor_of "$file")" ] || { echo "only $size bytes" && return; }
  [ -s "$path.sha256" ] || { echo 'no checksum beside it' && return; }
  [ "$(sha256sum <"$path" | cut -d ' ' -f 1)" = "$(cut -d ' ' -f 1 "$path.sha256")" ] || { echo 'not the bytes that were written' && return; }
  is_readable "$path" || { echo 'cannot be read' && return; }
}

failed=0
for name in $DATABASES; do
  file=$(newest_of "$name")
  problem=$(problem_of "$file" "$STORE/$name/$file")
  if [ -z "$problem" ]; then
    log "$name: $file is good, $(stat -c %s "$STORE/$name/$file") bytes"
  else
    log "ERROR: $name: $file $problem" >&2
    failed=1
  fi
done
exit "$failed"
`;

const SYNC = String.raw`#!/bin/sh
# Copies the store into a restic repository in the object store: encrypted before it leaves, each block sent once.
set -eu

log() { printf '%s sync: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"; }

# With a wrong server behind the mount every copy would be empty, and the good ones would be forgotten one by one.
if [ -z "$(find "$STORE" -name '*.sha256' -type f 2>/dev/null | head -n 1)" ]; then
  log "ERROR: no dump in $STORE, nothing copied" >&2
  exit 1
fi

status=0
restic cat config --no-lock >/dev/null || status=$?
case $status in
  0) ;;
  10) # restic's code, since 0.17, for a repository that is not there; any other failure must not make a second one
    log "making the repository $RESTIC_REPOSITORY"
    restic init
    ;;
  *)
    log "ERROR: cannot open $RESTIC_REPOSITORY, restic exit code $status" >&2
    exit "$status"
    ;;
esac

# A run that was killed leaves its lock, which no later run would get past. Takes away only those not renewed for half an hour.
restic unlock

log "copying $STORE to $RESTIC_REPOSITORY"
restic backup --host backup --tag store --exclude '*.partial' --exclude lost+found "$STORE"

# Empty where the credentials may only add: who holds others forgets from elsewhere.
if [ -n "$KEEP_WITHIN" ]; then
  log "forgetting copies older than $KEEP_WITHIN"
  restic forget --host backup --tag store --group-by host,tags --keep-within "$KEEP_WITHIN" --prune
fi

restic check
log 'done'
`;
