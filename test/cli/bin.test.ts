import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * `npx strata`, in a copy of the project as `npm ci` leaves it: nothing built.
 */
const home = join(__dirname, '..', '..');
let copy: string;

beforeAll(() => {
  copy = fs.mkdtempSync(join(tmpdir(), 'strata-bin-'));
  for (const part of ['bin', 'src', 'imports', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'])
    fs.cpSync(join(home, part), join(copy, part), { recursive: true });
  fs.symlinkSync(join(home, 'node_modules'), join(copy, 'node_modules'));
  fs.mkdirSync(join(copy, 'below'));
});
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

function npx(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'strata', ...args], { cwd, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const builtAt = () => fs.statSync(join(copy, 'build', 'strata.js')).mtimeMs;

test('builds what is not there, runs it where it was called, and builds again only what is stale', () => {
  expect(npx(copy, 'check', '--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('strata check') });
  const first = builtAt();

  const elsewhere = npx(join(copy, 'below'), 'check', './nowhere'); // a path is one from there
  expect(elsewhere).toMatchObject({ status: 2, stdout: '' });
  expect(elsewhere.stderr).toContain('there is no such folder');
  fs.writeFileSync(join(copy, 'below', 'file'), '');
  expect(npx(join(copy, 'below'), 'check', 'file').stderr).toContain('it is no folder');
  expect(builtAt()).toBe(first);

  const later = new Date(first + 5000);
  fs.utimesSync(join(copy, 'src', 'platform.ts'), later, later);
  npx(copy, 'check', '--help');
  expect(builtAt()).toBeGreaterThan(first);
}, 60_000);

test('who reads us may leave when they have seen enough', () => {
  const { stdout, stderr } = spawnSync('sh', ['-c', 'npx --no-install strata render production | head -n 1'], {
    cwd: copy,
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^# \S+\.yaml\n$/);
  expect(stderr).not.toContain('EPIPE');
});
