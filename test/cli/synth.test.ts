import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/*
 * The program itself, as a process: strata.js, built once from the sources under test.
 */
const home = join(__dirname, '..', '..');
let program: string;
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'strata-'));
  program = join(scratch, 'strata.js');
  execFileSync(process.execPath, [join(home, 'scripts', 'build.mjs'), scratch], { cwd: home });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Run {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

function synth(out: string, { cwd = home, env = {}, flags = ['--json'] }: Run = {}): string {
  return execFileSync(process.execPath, [program, 'synth', '--out', out, ...flags], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

function tree(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), readFileSync(path, 'utf8')]),
  );
}

test('a second run writes nothing and touches no file', () => {
  const out = join(scratch, 'twice');
  const first = JSON.parse(synth(out));
  const times = [...tree(out).keys()].map((path) => statSync(join(out, path)).mtimeMs);
  const second = JSON.parse(synth(out));
  expect(first.written.length).toBeGreaterThan(300);
  expect(second).toEqual({ ...first, written: [], unchanged: first.written.length });
  expect([...tree(out).keys()].map((path) => statSync(join(out, path)).mtimeMs)).toEqual(times);
});

test('the working directory, time zone, language, user and clock make no difference', () => {
  const one = join(scratch, 'one');
  const other = join(scratch, 'other');
  const flags = ['--fresh', '--quiet'];
  synth(one, { flags, env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C', USER: 'a', HOME: '/root' } });
  synth(other, {
    flags,
    cwd: tmpdir(),
    env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'b', HOME: scratch, SOURCE_DATE_EPOCH: '0' },
  });
  const clock = join(scratch, 'clock');
  writeFileSync(join(scratch, 'clock.cjs'), 'const { now } = Date; Date.now = () => now() + 1e12; Math.random = () => 0.5;');
  synth(clock, { flags, env: { NODE_OPTIONS: `--require ${join(scratch, 'clock.cjs')}` } });
  expect(tree(other)).toEqual(tree(one));
  expect(tree(clock)).toEqual(tree(one));
});

test('a file that is not ours survives, one of ours that is no longer emitted goes, and so does its empty folder', () => {
  const out = join(scratch, 'foreign');
  synth(out);
  writeFileSync(join(out, 'namespaces', 'redis', 'notes.md'), 'by hand');
  mkdirSync(join(out, 'namespaces', 'old'));
  const header = readFileSync(join(out, 'namespaces', 'redis', 'namespace.yaml'), 'utf8').split('\n')[0];
  writeFileSync(join(out, 'namespaces', 'old', 'namespace.yaml'), `${header}\nkind: Namespace\n`);
  // As ADR 0021 says: a copy of the template, with our header, which sops keeps.
  const secret = join(out, 'clusters', 'staging', 'secrets', 'redis.redis-auth.sops.yaml');
  cpSync(secret.replace('.sops.', '.template.'), secret);
  const done = JSON.parse(synth(out));
  expect(done).toMatchObject({ written: [], removed: ['namespaces/old/namespace.yaml'] });
  expect(existsSync(join(out, 'namespaces', 'old'))).toBe(false);
  expect(readFileSync(join(out, 'namespaces', 'redis', 'notes.md'), 'utf8')).toBe('by hand');
  expect(existsSync(secret)).toBe(true);
});

test('a changed file is put right, and only that one is written', () => {
  const out = join(scratch, 'changed');
  synth(out);
  const path = join(out, 'namespaces', 'redis', 'namespace.yaml');
  const right = readFileSync(path, 'utf8');
  writeFileSync(path, right.replace('restricted', 'privileged'));
  expect(JSON.parse(synth(out))).toMatchObject({ written: ['namespaces/redis/namespace.yaml'], removed: [] });
  expect(readFileSync(path, 'utf8')).toBe(right);
});

test('the summary says what there is and what happened; --quiet says nothing', () => {
  const out = join(scratch, 'summary');
  expect(synth(out, { flags: [] })).toMatch(
    /^\d+ clusters, \d+ components\n\d+ files in \S+: \d+ written, 0 unchanged, 0 removed \(\d+ ms\)\n {2}\+ /,
  );
  expect(synth(out, { flags: [] })).toMatch(
    /^\d+ clusters, \d+ components\n\d+ files in \S+: 0 written, \d+ unchanged, 0 removed \(\d+ ms\)\n$/,
  );
  expect(synth(out, { flags: ['--quiet'] })).toBe('');
});

/** A copy of the project, changed and built: the program's path. */
function changedProject(name: string, changes: Readonly<Record<string, (text: string) => string>>): string {
  const copy = join(scratch, name);
  for (const part of ['src', 'imports', 'scripts', 'package.json', 'tsconfig.json'])
    cpSync(join(home, part), join(copy, part), { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    const text = readFileSync(join(copy, 'src', file), 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(join(copy, 'src', file), change(text));
  }
  symlinkSync(join(home, 'node_modules'), join(copy, 'node_modules')); // packages are found from the sources upwards
  execFileSync(process.execPath, [join(home, 'scripts', 'build.mjs'), join(copy, 'build'), join(copy, 'src')], { cwd: home });
  return join(copy, 'build', 'strata.js');
}

test("a mistake of an author's, through the built program: exit code 1, four lines, no stack trace, and the tree as it was", () => {
  const out = join(scratch, 'mistaken');
  synth(out);
  const before = tree(out);
  const mistaken = changedProject('mistake', {
    'components/reloader.ts': (text) => text.replace("(this, 'namespace'", "(this, 'NameSpace_X'"),
  });
  const plain = spawnSync(process.execPath, [mistaken, 'synth', '--out', out], { encoding: 'utf8' });
  expect(plain).toMatchObject({ status: 1, stdout: '' });
  expect(plain.stderr).toMatchInlineSnapshot(`
"src/components/reloader.ts: invalid-name
  what   "NameSpace_X" cannot name a file here: it is no file name of ours
  where  construct "NameSpace_X" in reloader
  why    the id becomes the file and, unless metadata.name is given, the object
  fix    use lower-case letters, digits and dashes, beginning with a letter, once in each folder

1 finding; nothing was written
"
`);
  const json = spawnSync(process.execPath, [mistaken, 'synth', '--json', '--out', out], { encoding: 'utf8' });
  expect(json).toMatchObject({ status: 1, stderr: '' });
  expect(JSON.parse(json.stdout)).toMatchObject({ findings: [{ rule: 'invalid-name' }], written: 'nothing was written' });
  expect(tree(out)).toEqual(before);
});

test.each(['.', '..', 'test', 'src/components', 'link', ''])('nothing is written over the project itself: --out %j', (folder) => {
  const project = join(changedProject(`over-${folder.replaceAll(/\W/g, '_')}`, {}), '..', '..');
  symlinkSync('.', join(project, 'link'));
  const before = tree(join(project, 'src'));
  const { status, stderr } = spawnSync(process.execPath, [join(project, 'build', 'strata.js'), 'synth', '--out', folder], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(status).toBe(folder === '' ? 2 : 1);
  expect(stderr).toContain(folder === '' ? 'names no folder' : 'output-holds-source');
  expect(tree(join(project, 'src'))).toEqual(before);
  expect(existsSync(join(project, 'clusters'))).toBe(false);
});

test('deleting a deployment and its component removes exactly its files', () => {
  const without = (text: string) => text.replace(/^.*[rR]eloader.*\n/gm, '');
  const undeployed = (text: string) =>
    text.replace(/^ {2}(const reloader = )?cluster\.deploy\(components\.reloader(, \{[\s\S]*?\n {2}\})?\);\n/m, '');
  const clusters = Object.fromEntries(['local-kube', 'staging', 'production'].map((cluster) => [`clusters/${cluster}.ts`, undeployed]));
  const smaller = changedProject('smaller', { ...clusters, 'components/index.ts': without });
  rmSync(join(scratch, 'smaller', 'src', 'components', 'reloader.ts'));

  const out = join(scratch, 'small');
  synth(out);
  const done = JSON.parse(execFileSync(process.execPath, [smaller, 'synth', '--out', out, '--json'], { encoding: 'utf8' }));
  expect(done.removed).toEqual(
    ['helm-release', 'helm-repository', 'kustomization', 'namespace'].map((name) => `namespaces/reloader/${name}.yaml`),
  );
  expect(done.written).toEqual(['local-kube', 'production', 'staging'].map((cluster) => `clusters/${cluster}/infrastructure.yaml`));
});

test('what the same program made is remembered; --fresh computes it again, and the bytes are the same', () => {
  const remembered = join(scratch, 'remembered');
  const fresh = join(scratch, 'fresh');
  synth(remembered);
  synth(remembered, { flags: ['--quiet', '--json'] });
  synth(fresh, { flags: ['--fresh', '--json'] });
  expect(tree(fresh)).toEqual(tree(remembered));
  const [memory = ''] = readdirSync(scratch).filter((name) => /^program-[0-9a-f]{16}\.json$/.test(name));
  const kept = readFileSync(join(scratch, memory), 'utf8');
  const damaged = [
    kept.slice(0, -1),
    kept.replace('prune: false', 'prune: true '),
    kept.replace('production/infrastructure.yaml', 'production/infrastructurf.yaml'),
    `${0x811c9dc5}\n`,
    'not JSON',
    '',
  ];
  for (const text of damaged) {
    writeFileSync(join(scratch, memory), text); // a memory that is not whole is none
    expect(JSON.parse(synth(fresh))).toMatchObject({ written: [], removed: [] });
    expect(readFileSync(join(scratch, memory), 'utf8')).toBe(kept);
  }
});

test('a synth loads nothing that it does not need: no YAML reader, no patches, no child processes, no types, no compiler', () => {
  writeFileSync(
    join(scratch, 'loaded.cjs'),
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(join(scratch, 'loaded.json'))}, JSON.stringify({
      files: Object.keys(require.cache), builtIn: process.moduleLoadList })));`,
  );
  synth(join(scratch, 'loading'), { flags: ['--fresh', '--quiet'], env: { NODE_OPTIONS: `--require ${join(scratch, 'loaded.cjs')}` } });
  const { files, builtIn } = JSON.parse(readFileSync(join(scratch, 'loaded.json'), 'utf8'));
  const names = files.map((path: string) => relative(scratch, path)).sort();
  expect(names).toEqual(['loaded.cjs', expect.stringMatching(/^program-[0-9a-f]{16}\.js$/), 'strata.js']);
  expect(builtIn.filter((name: string) => /NativeModule (child_process|crypto)$/.test(name))).toEqual([]);
  const program = readFileSync(join(scratch, names[1]), 'utf8');
  expect(program.match(/node_modules\/(yaml|commander|cdk8s-plus-30|typescript)\/|__stripped_by_cdk8s__/g)).toBeNull();
});

test('a bare ApiObject comes out of the built program like any other', () => {
  const bare = `new ApiObject(this, 'bare', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'bare', namespace: 'reloader' } });`;
  const program = changedProject('bare', {
    'components/reloader.ts': (text) =>
      `import { ApiObject } from 'cdk8s';\n${text.replace("new Namespace(this, 'namespace'", `${bare}\n    new Namespace(this, 'namespace'`)}`,
  });
  const out = join(scratch, 'with-bare');
  execFileSync(process.execPath, [program, 'synth', '--quiet', '--out', out]);
  expect(readFileSync(join(out, 'namespaces', 'reloader', 'bare.yaml'), 'utf8')).toMatch('kind: ConfigMap');
});

test("called by cdk8s's own command line, it makes the folder that is expected of it, with the same tree", () => {
  const out = join(scratch, 'called');
  const copy = join(scratch, 'copy');
  synth(out, { env: { CDK8S_OUTDIR: copy } });
  expect(tree(copy)).toEqual(tree(out));
});

test('two runs at once both succeed, and leave one whole tree', async () => {
  const whole = join(scratch, 'whole');
  synth(whole);
  for (let round = 0; round < 5; round += 1) {
    const out = join(scratch, `at-once-${round}`);
    const runs = [0, 1].map(
      () =>
        new Promise((done) => {
          spawn(process.execPath, [program, 'synth', '--quiet', '--out', out]).on('close', done);
        }),
    );
    expect(await Promise.all(runs)).toEqual([0, 0]);
    expect(tree(out)).toEqual(tree(whole));
  }
}, 60_000);

/** Runs synth in a process that the system kills for good in the middle of a call: the one after `good` calls below `place`. */
function killed(place: string, call: 'writeFileSync' | 'renameSync' | 'rmSync', good: number): void {
  const preload = join(scratch, 'killed.cjs');
  writeFileSync(
    preload,
    `const fs = require('node:fs'); const { ${call}: real } = fs; let left = ${good};
    fs.${call} = (path, ...rest) => {
      if (!path.startsWith(${JSON.stringify(place)}) || left-- > 0) return real(path, ...rest);
      if ('${call}' === 'writeFileSync') real(path, rest[0].slice(0, 20)); // half a file, as a disk would have it
      process.kill(process.pid, 'SIGKILL');
    };`,
  );
  const { signal } = spawnSync(process.execPath, ['--require', preload, program, 'synth', '--quiet', '--out', join(place, 'dist')]);
  expect(signal).toBe('SIGKILL');
}

test.each([
  ['writeFileSync', 0],
  ['writeFileSync', 150],
  ['renameSync', 0],
] as const)('killed in %s after %i calls, before there was a tree: there is none, and the next run makes it', (call, good) => {
  const place = join(scratch, `born-${call}-${good}`);
  const out = join(place, 'dist');
  killed(place, call, good);
  expect(existsSync(out)).toBe(false);
  synth(out);
  expect(readdirSync(place)).toEqual(['dist']);
  const whole = join(scratch, 'unharmed');
  synth(whole);
  expect(tree(out)).toEqual(tree(whole));
});

test.each([
  ['writeFileSync', 0],
  ['writeFileSync', 20],
  ['renameSync', 0],
  ['renameSync', 20],
  ['rmSync', 1],
] as const)('killed in %s after %i calls, over an older tree: each file is whole, and the next run completes', (call, good) => {
  const place = join(scratch, `older-${call}-${good}`);
  const out = join(place, 'dist');
  synth(out);
  const right = tree(out);
  const older = new Map([...right].map(([path, text], at) => [path, at % 8 === 0 ? `${text}# older\n` : text]));
  for (const name of ['a', 'b', 'c']) older.set(`namespaces/old/${name}.yaml`, `${[...right.values()][0]?.split('\n')[0]}\nkind: Old\n`);
  mkdirSync(join(out, 'namespaces', 'old'));
  for (const [path, text] of older) writeFileSync(join(out, path), text);

  killed(place, call, good);
  const found = [...tree(out)].filter(([path]) => !path.endsWith('.strata-tmp'));
  for (const [path, text] of found) expect([older.get(path), right.get(path)]).toContain(text);
  const replaced = found.filter(([path, text]) => older.get(path) !== right.get(path) && text === right.get(path)).length;
  const changed = [...right].filter(([path, text]) => older.get(path) !== text).length;
  expect(replaced).toBe({ writeFileSync: 0, renameSync: good, rmSync: changed }[call]);

  synth(out);
  expect(tree(out)).toEqual(right);
  expect(existsSync(join(out, 'namespaces', 'old'))).toBe(false);
});
