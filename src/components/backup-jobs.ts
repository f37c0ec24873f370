import { Component, Directory, type FluxRepo } from '../flux';
import { backupStore, CiliumNetworkPolicy, ConfigMap, Namespace, ScriptJob, ServiceAccount, toComponent, toDns } from '../manifests';
import { variable } from '../variables';
import type { Mongodb } from './mongodb';
import type { Postgre } from './postgre';
import type { Redis } from './redis';
import type { StrapiPostgres } from './strapi-postgres';

export interface BackupJobsProps {
  readonly postgre: Postgre;
  readonly strapiPostgres: StrapiPostgres;
  readonly mongodb: Mongodb;
  readonly redis: Redis;
}

/**
 * Dumps every database each night into the store that `backup` keeps. It waits for no database: a night without one is a Job
 * that fails, and the next night's may not.
 */
export class BackupJobs extends Component<'backup-jobs', 'nfs-provisioner' | 'cluster-secrets' | 'cilium'> {
  readonly redisDump: ScriptJob<'HOST'>;

  constructor(repo: FluxRepo, { postgre, strapiPostgres, mongodb, redis }: BackupJobsProps) {
    super(repo, 'backup-jobs', { because: { 'nfs-provisioner': 'proves that the NFS server can be mounted' } });
    // Copies: a pod cannot read a Secret of another namespace.
    const postgreDump = this.secret('postgre-dump', { username: 'derived from postgre-app', password: 'derived from postgre-app' });
    const strapiPostgresDump = this.secret('strapi-postgres-dump', {
      username: 'derived from strapi-postgres-app',
      password: 'derived from strapi-postgres-app',
    });
    const mongodbDump = this.secret('mongodb-dump', {
      // `secondary` alone would find nobody in a set of one member
      uri: `derived from mongodb-netcorp-password: mongodb://netcorp:PASSWORD@mongodb-svc.${mongodb.namespace}/?replicaSet=mongodb&authSource=admin&readPreference=secondaryPreferred`,
    });
    const redisDump = this.secret('redis-dump', { password: 'derived from redis-auth' });

    new Namespace(this, 'namespace', { podSecurity: 'restricted' });
    // The folder that `backup` prunes and verifies.
    const store = backupStore(this, {
      name: 'backup-jobs-store',
      nfs: { server: variable('NFS_SERVER'), path: variable('NFS_BACKUP_PATH') },
    });
    const serviceAccount = new ServiceAccount(this, 'service-account', {
      metadata: { name: 'backup-jobs' },
      automountServiceAccountToken: false,
    });
    const scripts = new ConfigMap(this, 'config-map', {
      metadata: {
        name: 'dump-scripts',
        annotations: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' }, // the variables in it are the shell's
      },
      data: { 'store.sh': STORE, 'postgres.sh': POSTGRES, 'mongodb.sh': MONGODB, 'redis.sh': REDIS },
    });

    new ScriptJob(this, 'postgre-dump', {
      schedule: '15 1 * * *',
      image: postgre.image, // pg_dump refuses a server of a later major than its own
      scripts,
      script: 'postgres.sh',
      store,
      serviceAccount,
      env: {
        NAME: postgre.name,
        // A replica first, to spare the primary. With one instance there is none, and a conflict with replay ends a dump there.
        HOSTS: `postgre-ro.${postgre.namespace}.svc postgre-rw.${postgre.namespace}.svc`,
        PGDATABASE: 'netcorp',
        PGUSER: postgreDump.key('username'),
        PGPASSWORD: postgreDump.key('password'),
      },
      memory: '256Mi',
    });
    new ScriptJob(this, 'strapi-postgres-dump', {
      schedule: '30 1 * * *',
      image: strapiPostgres.image,
      scripts,
      script: 'postgres.sh',
      store,
      serviceAccount,
      env: {
        NAME: strapiPostgres.name,
        HOSTS: `strapi-postgres-rw.${strapiPostgres.namespace}.svc`,
        PGDATABASE: 'strapi',
        PGUSER: strapiPostgresDump.key('username'),
        PGPASSWORD: strapiPostgresDump.key('password'),
      },
      memory: '256Mi',
    });
    new ScriptJob(this, 'mongodb-dump', {
      schedule: '45 1 * * *',
      image: `docker.io/library/mongo:${mongodb.version}`, // has the database tools; the servers' own image need not
      scripts,
      script: 'mongodb.sh',
      store,
      serviceAccount,
      env: { NAME: mongodb.name, MONGODB_DATABASE: 'netcorp', MONGODB_URI: mongodbDump.key('uri') },
      memory: '512Mi',
    });
    this.redisDump = new ScriptJob(this, 'redis-dump', {
      schedule: '0 2 * * *',
      image: 'docker.io/library/redis:8.2.2-bookworm', // the client only: any 8.2 fits, and the servers' image is frozen
      scripts,
      script: 'redis.sh',
      store,
      serviceAccount,
      env: { NAME: redis.name, HOST: `redis-master.${redis.namespace}.svc`, REDISCLI_AUTH: redisDump.key('password') },
      memory: '128Mi',
    });

    const policies = new Directory(this, 'cilium-network-policies');
    new CiliumNetworkPolicy(policies, 'allow-databases', {
      egress: [
        toDns(),
        toComponent(postgre, 5432),
        toComponent(strapiPostgres, 5432),
        toComponent(mongodb, 27017),
        toComponent(redis, 6379),
      ],
      ingress: [{}], // an empty rule: nobody may connect
    });
  }
}

const STORE = String.raw`#!/bin/bash
# Read by the dump scripts. A dump shows in the store only when it is whole: it is written under another name, checked,
# flushed to the disk of the server, and renamed last. One that fails leaves nothing behind.
set -euo pipefail
umask 077

log() { printf '%s %s: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$NAME" "$*"; }

fail() {
  log "ERROR: $*" >&2
  exit 1
}

# begin EXTENSION: names the dump; $partial is the file to write it to.
begin() {
  folder=$STORE/$NAME
  file=$NAME-$(date -u +%Y%m%dT%H%M%SZ).$1
  partial=$folder/$file.partial
  mkdir -p "$folder"
  trap discard EXIT
}

discard() {
  rm -f "$partial" "$folder/$file.sha256.partial"
  if [ ! -e "$folder/$file" ]; then rm -f "$folder/$file.sha256"; fi
}

# publish: makes the dump visible, its checksum first.
publish() {
  local sum
  [ -s "$partial" ] || fail 'the dump is empty'
  sync "$partial"
  sum=$(sha256sum "$partial" | cut -d ' ' -f 1)
  printf '%s  %s\n' "$sum" "$file" >"$folder/$file.sha256.partial"
  sync "$folder/$file.sha256.partial"
  mv "$folder/$file.sha256.partial" "$folder/$file.sha256"
  mv "$partial" "$folder/$file"
  sync "$folder"
  log "wrote $file, $(stat -c %s "$folder/$file") bytes, sha256 $sum"
}
`;

const POSTGRES = `#!/bin/bash
# Dumps database PGDATABASE from the first of HOSTS that gives a whole dump. The owner's rights suffice for all but the
# roles, which the operator makes.
set -euo pipefail
# shellcheck source=/dev/null
. "$(dirname "$0")/store.sh"

export PGCONNECT_TIMEOUT=10
export PGSSLMODE=require # the operator's servers always speak TLS

begin dump
dumped_from=
for host in $HOSTS; do
  log "dumping database $PGDATABASE from $host"
  # A migration that holds a table ends the dump after a minute, instead of the job's deadline ending it.
  if pg_dump --host "$host" --no-password --lock-wait-timeout 60s --format custom --file "$partial"; then
    dumped_from=$host
    break
  fi
  log "WARNING: no dump from $host" >&2
done
[ -n "$dumped_from" ] || fail "none of $HOSTS gave a dump"

# Turns it into SQL, for nobody: reads every block to the end.
pg_restore --file /dev/null "$partial" || fail 'the dump cannot be read'
publish
`;

const MONGODB = String.raw`#!/bin/bash
# Dumps database MONGODB_DATABASE into one compressed archive.
set -euo pipefail
# shellcheck source=/dev/null
. "$(dirname "$0")/store.sh"

# The address holds the password: in a file, since arguments show in the node's list of processes.
config=$TMPDIR/mongodump.yaml
printf "uri: '%s'\n" "$(printf '%s' "$MONGODB_URI" | sed "s/'/''/g")" >"$config"

begin archive.gz
log "dumping database $MONGODB_DATABASE"
mongodump --config "$config" --db "$MONGODB_DATABASE" --gzip --archive="$partial" || fail 'mongodump failed'
gzip -t "$partial" || fail 'the dump cannot be read'
publish
`;

const REDIS = `#!/bin/bash
# Lets the server at HOST send a snapshot, as it would to a new replica. REDISCLI_AUTH is the password.
set -euo pipefail
# shellcheck source=/dev/null
. "$(dirname "$0")/store.sh"

begin rdb
log "taking a snapshot from $HOST"
redis-cli -h "$HOST" -p 6379 --rdb "$partial" || fail 'redis-cli failed'
# Reads it to its own checksum; redis-cli does not.
if ! report=$(redis-check-rdb "$partial" 2>&1); then
  log "$report" >&2
  fail 'the snapshot cannot be read'
fi
publish
`;
