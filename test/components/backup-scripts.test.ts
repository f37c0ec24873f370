import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { components } from '../../src/components';
import { type AnyComponent, componentFiles, FluxRepo } from '../../src/flux';

// The scripts as they stand in the emitted ConfigMaps, run with the emitted command and environment of each CronJob: with the
// real shell and the real core utilities, and with stubs for what would need a server.

interface ConfigMap {
  readonly kind: 'ConfigMap';
  readonly data: Readonly<Record<string, string>>;
}

interface EnvVar {
  readonly name: string;
  readonly value?: string;
}

interface CronJob {
  readonly kind: 'CronJob';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly jobTemplate: {
      readonly spec: {
        readonly template: {
          readonly spec: {
            readonly containers: readonly [{ readonly command: readonly [string, string]; readonly env: readonly EnvVar[] }];
          };
        };
      };
    };
  };
}

const { scripts, jobs } = emitted();

/** The images are Debian and Alpine; `find -printf` and `date -d` do not exist everywhere. */
const onLinux = process.platform === 'linux' ? describe : describe.skip;

let room: string;
let store: string;

beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'backup-scripts-'));
  store = join(room, 'store');
  for (const name of ['store', 'scripts', 'bin', 'tmp']) mkdirSync(join(room, name));
  for (const [name, text] of scripts) writeFileSync(join(room, 'scripts', name), text);
});

afterEach(() => rmSync(room, { recursive: true, force: true }));

describe('every script', () => {
  test.each([...scripts])('%s has no braces that Flux would take for a variable', (_, text) => {
    expect(text).not.toContain('${');
  });

  test.each([...scripts])('%s is one that its shell can parse', (_, text) => {
    const shell = text.startsWith('#!/bin/bash\n') ? '/bin/bash' : '/bin/sh';
    expect(spawnSync(shell, ['-n'], { input: text, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  test('the verified databases are those that are dumped', () => {
    const dumped = [...jobs.values()].flatMap((job) =>
      environment(job)
        .filter(({ name }) => name === 'NAME')
        .map(({ value }) => value),
    );
    expect(environment(jobNamed('backup-verify'))).toContainEqual({ name: 'DATABASES', value: dumped.join(' ') });
  });
});

onLinux('a dump', () => {
  const GOOD = {
    pg_dump: `${optionsInto('file', '--file')}; head -c 2000 /dev/zero >"$file"`,
    pg_restore: 'exit 0',
    mongodump: `${optionsInto('file', '--archive=')}; { printf '\\155\\342\\231\\201'; head -c 500 /dev/urandom; } | gzip >"$file"`,
    'redis-cli': `${optionsInto('file', '--rdb')}; printf 'REDIS0012%0100d' 0 >"$file"`,
    'redis-check-rdb': 'exit 0',
  };
  const DUMPS = [
    ['postgre-dump', 'postgre', 'dump'],
    ['strapi-postgres-dump', 'strapi-postgres', 'dump'],
    ['mongodb-dump', 'mongodb', 'archive.gz'],
    ['redis-dump', 'redis', 'rdb'],
  ] as const;

  test.each(DUMPS)('%s leaves exactly the dump and its checksum, for nobody else to read', (job, database, extension) => {
    expect(run(job, GOOD)).toMatchObject({ status: 0 });
    const [dump = '', checksum = '', ...more] = filesOf(database);
    expect(dump).toMatch(new RegExp(`^${database}-[0-9]{8}T[0-9]{6}Z\\.${extension}$`));
    expect([checksum, more]).toEqual([`${dump}.sha256`, []]);
    expect(contentOf(database, checksum)).toBe(`${sha256(readFileSync(join(store, database, dump)))}  ${dump}\n`);
    expect([dump, checksum].map((file) => statSync(join(store, database, file)).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  test('what the four jobs write is what backup-verify accepts', () => {
    for (const [job] of DUMPS) run(job, GOOD);
    expect(run('backup-verify', GOOD)).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    ['postgre-dump', 'postgre', 'the server ends it half-way', { ...GOOD, pg_dump: `${GOOD.pg_dump}; exit 1` }],
    ['postgre-dump', 'postgre', 'pg_restore cannot read it', { ...GOOD, pg_restore: 'exit 1' }],
    ['postgre-dump', 'postgre', 'it is empty', { ...GOOD, pg_dump: `${optionsInto('file', '--file')}; : >"$file"` }],
    ['postgre-dump', 'postgre', 'its checksum cannot be made', { ...GOOD, sha256sum: 'exit 1' }],
    ['postgre-dump', 'postgre', 'the server of the volume does not take it', { ...GOOD, sync: 'exit 1' }],
    ['postgre-dump', 'postgre', 'the last renaming fails', { ...GOOD, mv: 'case $2 in *.sha256) /bin/mv "$1" "$2" ;; *) exit 1 ;; esac' }],
    ['mongodb-dump', 'mongodb', 'the server ends it half-way', { ...GOOD, mongodump: `${GOOD.mongodump}; exit 1` }],
    ['mongodb-dump', 'mongodb', 'gzip cannot read it', { ...GOOD, mongodump: `${optionsInto('file', '--archive=')}; echo no >"$file"` }],
    ['redis-dump', 'redis', 'the server ends it half-way', { ...GOOD, 'redis-cli': `${GOOD['redis-cli']}; exit 1` }],
    ['redis-dump', 'redis', 'redis-check-rdb cannot read it', { ...GOOD, 'redis-check-rdb': 'echo truncated; exit 1' }],
  ])('%s leaves nothing in %s and fails when %s', (job, database, _, stubs) => {
    const { status } = run(job, stubs);
    expect(status).not.toBe(0);
    expect(filesOf(database)).toEqual([]);
  });

  test('a failure leaves earlier dumps alone', () => {
    dump('postgre', ago(1), 'dump');
    const before = filesOf('postgre');
    run('postgre-dump', { ...GOOD, pg_dump: 'exit 1' });
    expect(filesOf('postgre')).toEqual(before);
  });

  test('postgre-dump asks the replicas first, and the primary only if they fail', () => {
    const spared = run('postgre-dump', GOOD);
    expect(hostsIn(spared.calls)).toEqual(['postgre-ro.postgre.svc']);
    rmSync(join(store, 'postgre'), { recursive: true });
    const fellBack = run('postgre-dump', { ...GOOD, pg_dump: `case "$*" in *postgre-ro*) exit 1 ;; esac; ${GOOD.pg_dump}` });
    expect(fellBack).toMatchObject({ status: 0 });
    expect(hostsIn(fellBack.calls)).toEqual(['postgre-ro.postgre.svc', 'postgre-rw.postgre.svc']);
  });

  test('no password stands in the arguments of a process', () => {
    for (const [job] of DUMPS) expect(run(job, GOOD).calls.join('\n')).not.toContain('secret value');
  });

  test('mongodump gets its address from a file, quoted', () => {
    const stubs = { ...GOOD, mongodump: `${optionsInto('config', '--config')}; cat "$config"; ${GOOD.mongodump}` };
    expect(run('mongodb-dump', stubs, { MONGODB_URI: "mongodb://netcorp:it's@mongodb-svc/" }).stdout).toContain(
      "uri: 'mongodb://netcorp:it''s@mongodb-svc/'\n",
    );
  });
});

onLinux('backup-prune', () => {
  test('deletes what is older than the retention, with its checksum', () => {
    const kept = [1, 2, 3, 13].map((days) => dump('postgre', ago(days), 'dump'));
    dump('postgre', ago(15), 'dump');
    dump('postgre', ago(300), 'dump');
    expect(run('backup-prune')).toMatchObject({ status: 0, stderr: '' });
    expect(filesOf('postgre')).toEqual(withChecksums(kept));
  });

  test('keeps the newest three of each database, however old', () => {
    const kept = [100, 101, 102].map((days) => dump('redis', ago(days), 'rdb'));
    dump('redis', ago(103), 'rdb');
    const other = [200, 201].map((days) => dump('mongodb', ago(days), 'archive.gz'));
    run('backup-prune');
    expect(filesOf('redis')).toEqual(withChecksums(kept));
    expect(filesOf('mongodb')).toEqual(withChecksums(other));
  });

  test('does not count a dump without a checksum among the three', () => {
    const kept = [100, 101, 102].map((days) => dump('redis', ago(days), 'rdb'));
    rmSync(join(store, 'redis', `${dump('redis', ago(99), 'rdb')}.sha256`));
    run('backup-prune');
    expect(filesOf('redis')).toEqual(withChecksums(kept));
  });

  test('deletes the leftovers of failed dumps once nobody can be writing them', () => {
    const file = dump('postgre', ago(2), 'dump');
    for (const name of ['postgre-20250101T011500Z.dump.partial', 'postgre-20250101T011500Z.dump.sha256']) aged(place('postgre', name), 2);
    const fresh = ['postgre-20250102T011500Z.dump.partial', 'postgre-20250102T011500Z.dump.sha256'];
    for (const name of fresh) place('postgre', name);
    aged(join(store, 'postgre', `${file}.sha256`), 2);
    run('backup-prune');
    expect(filesOf('postgre')).toEqual([...withChecksums([file]), ...fresh].sort());
  });

  test('touches nothing that is not a dump', () => {
    const foreign = [
      place('lost+found', 'lost+found-20200101T000000Z.dump'),
      place('postgre', 'notes.txt'),
      place('postgre', 'strapi-postgres-20200101T000000Z.dump'),
      place('postgre', 'postgre-20200101.dump'),
    ];
    expect(run('backup-prune')).toMatchObject({ status: 0 });
    for (const path of foreign) expect(readFileSync(path, 'utf8')).toBe('x');
  });

  test('accepts an empty store', () => {
    expect(run('backup-prune')).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(['', '0', '-1', '14d'])('deletes nothing when RETENTION_DAYS is %p', (days) => {
    for (const age of [1, 2, 3, 400]) dump('postgre', ago(age), 'dump');
    const before = filesOf('postgre');
    expect(run('backup-prune', {}, { RETENTION_DAYS: days }).status).not.toBe(0);
    expect(filesOf('postgre')).toEqual(before);
  });
});

onLinux('backup-verify', () => {
  const READABLE = { pg_restore: 'exit 0' };
  let newest: Readonly<Record<string, string>>;

  beforeEach(() => {
    for (const name of ['postgre', 'strapi-postgres']) dump(name, ago(1.5), 'dump');
    newest = {
      postgre: dump('postgre', ago(0.2), 'dump'),
      'strapi-postgres': dump('strapi-postgres', ago(0.2), 'dump'),
      mongodb: dump('mongodb', ago(0.2), 'archive.gz'),
      redis: dump('redis', ago(0.2), 'rdb'),
    };
  });

  const newestOf = (name: string) => join(store, name, newest[name] ?? '');

  test('is content with a young and whole dump of each database', () => {
    expect(run('backup-verify', READABLE)).toMatchObject({ status: 0, stderr: '' });
  });

  test.each([
    ['there is no dump', () => rmSync(join(store, 'redis'), { recursive: true })],
    [
      'older than 26 hours',
      () => {
        rmSync(newestOf('redis'));
        dump('redis', ago(27 / 24), 'rdb');
      },
    ],
    ['only 9 bytes', () => writeFileSync(newestOf('redis'), 'REDIS0012')],
    ['no checksum beside it', () => rmSync(`${newestOf('redis')}.sha256`)],
    ['not the bytes that were written', () => writeFileSync(newestOf('redis'), `REDIS${'x'.repeat(200)}`)],
    ['cannot be read', () => sealed(newestOf('redis'), Buffer.alloc(200))],
  ])('says %p, and fails', (problem, spoil) => {
    spoil();
    const { status, stderr } = run('backup-verify', READABLE);
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`ERROR: redis: .*${problem}\n$`));
  });

  test('does not take just any gzip file for an archive of mongodump', () => {
    sealed(newestOf('mongodb'), gzipSync(Buffer.from('a'.repeat(50_000))));
    expect(run('backup-verify', READABLE).stderr).toContain('ERROR: mongodb:');
  });

  test('reports every database that is not well', () => {
    rmSync(newestOf('mongodb'));
    rmSync(newestOf('redis'));
    const { stderr } = run('backup-verify', { pg_restore: 'case "$*" in */strapi-postgres/*) exit 1 ;; esac' });
    expect([...stderr.matchAll(/ERROR: ([a-z-]+):/g)].map(([, name]) => name)).toEqual(['strapi-postgres', 'mongodb', 'redis']);
  });
});

onLinux('backup-offsite', () => {
  const answers = (codes: Readonly<Record<string, number>>) => ({
    restic: `case $1 in ${Object.entries(codes)
      .map(([verb, code]) => `${verb}) exit ${code} ;;`)
      .join(' ')} esac; exit 0`,
  });
  const verbs = ({ calls }: { readonly calls: readonly string[] }) => calls.map((call) => call.split(' ')[1]);

  beforeEach(() => {
    dump('postgre', ago(0.2), 'dump');
  });

  test('copies, forgets what is too old, and checks', () => {
    const result = run('backup-offsite', answers({}));
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(verbs(result)).toEqual(['cat', 'unlock', 'backup', 'forget', 'check']);
    expect(result.calls[2]).toContain(store);
    expect(result.calls[3]).toContain('--keep-within 90d --prune');
  });

  test('makes the repository when there is none', () => {
    expect(verbs(run('backup-offsite', answers({ cat: 10 })))).toEqual(['cat', 'init', 'unlock', 'backup', 'forget', 'check']);
  });

  test.each([1, 11, 12])('makes none and copies nothing when restic cannot tell (exit code %i)', (code) => {
    const result = run('backup-offsite', answers({ cat: code }));
    expect(result).toMatchObject({ status: code });
    expect(verbs(result)).toEqual(['cat']);
  });

  test('forgets nothing where the credentials may only add', () => {
    expect(verbs(run('backup-offsite', answers({}), { KEEP_WITHIN: '' }))).toEqual(['cat', 'unlock', 'backup', 'check']);
  });

  test('forgets nothing after a copy that is not whole', () => {
    const result = run('backup-offsite', answers({ backup: 3 }));
    expect(result).toMatchObject({ status: 3 });
    expect(verbs(result)).toEqual(['cat', 'unlock', 'backup']);
  });

  test('gets past the lock of a run that was killed: whatever needs one comes after the unlock, and the look before takes none', () => {
    const { calls } = run('backup-offsite', answers({}));
    expect(calls[0]).toBe('restic cat config --no-lock');
    expect(calls[1]).toBe('restic unlock');
  });

  test('does not copy an empty store over the good copies', () => {
    rmSync(join(store, 'postgre'), { recursive: true });
    const result = run('backup-offsite', answers({}));
    expect(result.status).not.toBe(0);
    expect(result.calls).toEqual([]);
  });
});

/** Runs a CronJob's command with its environment; Secrets hold `secret value`, the mounted folders are those of the room. */
function run(job: string, stubs: Readonly<Record<string, string>> = {}, change: Readonly<Record<string, string>> = {}) {
  rmSync(join(room, 'bin'), { recursive: true });
  mkdirSync(join(room, 'bin'));
  const log = join(room, 'calls');
  writeFileSync(log, '');
  for (const [name, body] of Object.entries(stubs)) {
    writeFileSync(join(room, 'bin', name), `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>'${log}'\n${body}\n`);
    chmodSync(join(room, 'bin', name), 0o755);
  }
  const mounted = (text: string) => text.replace(/^\/(store|scripts|tmp)(?=\/|$)/, `${room}/$1`);
  const [shell, script] = jobNamed(job).spec.jobTemplate.spec.template.spec.containers[0].command;
  const env = Object.fromEntries(environment(jobNamed(job)).map(({ name, value }) => [name, mounted(value ?? 'secret value')]));
  const { status, stdout, stderr } = spawnSync(shell, [mounted(script)], {
    env: { PATH: `${join(room, 'bin')}:/usr/local/bin:/usr/bin:/bin`, ...env, ...change },
    encoding: 'utf8',
  });
  return { status, stdout, stderr, calls: readFileSync(log, 'utf8').split('\n').filter(Boolean) };
}

/** Shell code for a stub: puts an option's value into a variable, `--file x` or, if the option ends in `=`, `--file=x`. */
function optionsInto(variable: string, option: string): string {
  return option.endsWith('=')
    ? `for each in "$@"; do case $each in ${option}*) ${variable}=$(echo "$each" | sed 's/^[^=]*=//') ;; esac; done`
    : `last=; for each in "$@"; do if [ "$last" = ${option} ]; then ${variable}=$each; fi; last=$each; done`;
}

function hostsIn(calls: readonly string[]): readonly (string | undefined)[] {
  return calls.flatMap((call) => (call.startsWith('pg_dump ') ? [/--host (\S+)/.exec(call)?.[1]] : []));
}

/** Puts a whole dump with its checksum into the store. */
function dump(database: string, time: Date, extension: 'dump' | 'archive.gz' | 'rdb'): string {
  const content = {
    dump: Buffer.alloc(2000, 'x'),
    'archive.gz': gzipSync(
      Buffer.concat([Buffer.from([0x6d, 0xe2, 0x99, 0x81]), Buffer.from(Array.from({ length: 500 }, (_, i) => i % 251))]),
    ),
    rdb: Buffer.from(`REDIS0012${'x'.repeat(100)}`),
  };
  const file = `${database}-${time.toISOString().replace(/[-:]|\.\d+/g, '')}.${extension}`;
  sealed(place(database, file), content[extension]);
  return file;
}

/** Writes a file and the checksum beside it. */
function sealed(path: string, content: Buffer): void {
  writeFileSync(path, content);
  writeFileSync(`${path}.sha256`, `${sha256(content)}  ${path.split('/').at(-1)}\n`);
}

function place(folder: string, file: string): string {
  mkdirSync(join(store, folder), { recursive: true });
  writeFileSync(join(store, folder, file), 'x');
  return join(store, folder, file);
}

function aged(path: string, days: number): void {
  utimesSync(path, ago(days), ago(days));
}

function ago(days: number): Date {
  return new Date(Date.now() - days * 86_400_000);
}

function filesOf(database: string): readonly string[] {
  return readdirSync(join(store, database)).sort();
}

function contentOf(database: string, file: string): string {
  return readFileSync(join(store, database, file), 'utf8');
}

function withChecksums(dumps: readonly string[]): readonly string[] {
  return dumps.flatMap((file) => [file, `${file}.sha256`]).sort();
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function environment(job: CronJob): readonly EnvVar[] {
  return job.spec.jobTemplate.spec.template.spec.containers[0].env;
}

function jobNamed(name: string): CronJob {
  const job = jobs.get(name);
  if (!job) throw new Error(`no CronJob ${name} is emitted`);
  return job;
}

/** The scripts and the CronJobs, read from the emitted YAML. */
function emitted() {
  const repo = new FluxRepo({ url: 'ssh://git@git.example.org/platform/infra.git', branch: 'main' });
  const { backup, backupJobs } = components(repo);
  const objects = [...objectsOf(backup), ...objectsOf(backupJobs)];
  return {
    scripts: new Map(objects.flatMap((object) => (object.kind === 'ConfigMap' ? Object.entries(object.data) : []))),
    jobs: new Map(objects.flatMap((object) => (object.kind === 'CronJob' ? [[object.metadata.name, object]] : []))),
  };
}

function objectsOf(component: AnyComponent): readonly (ConfigMap | CronJob)[] {
  return [...componentFiles(component).files.values()].map(({ text }) => parse(text));
}
