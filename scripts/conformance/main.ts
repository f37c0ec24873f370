import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refused, refuse, say } from '../../src/flux/finding';
import { tools } from '../tools/tools';
import { realKustomize } from './builder';
import { checkCluster, type Verdict } from './check';
import { clustersOf } from './clusters';
import { FLAWLESS, PLANTED } from './planted';

const ROOT = join(__dirname, '../..');

/** Two builds at a time: kustomize is one process each, and more only wait for each other. */
const SEATS = 2;

const USAGE = `Builds what kustomize-controller would build, with the real kustomize, and checks it.

usage: npm run conformance [-- --tree DIR]

  --tree DIR   check this tree; by default the program is built and its synth checked`;

/** The tree that was asked for, or a fresh one: never whatever an earlier synth left in dist/. */
function treeToCheck(given: string | undefined, work: string): string {
  if (given !== undefined) return resolve(given);
  const tree = join(work, 'tree');
  try {
    execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
    execFileSync(process.execPath, ['build/strata.js', 'synth', '--quiet', '--out', tree], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    return refuse({
      rule: 'no-tree',
      file: 'build/strata.js',
      what: said.split('\n')[0] || (error instanceof Error ? error.message : String(error)),
      where: 'synth --quiet --out, into a temporary folder',
      why: 'without a tree there is nothing to build',
      fix: 'run npm run synth and correct what it finds, or give a tree with --tree DIR',
    });
  }
  return tree;
}

async function checkTree(tree: string, work: string, kubectl: string, seats = SEATS): Promise<readonly Verdict[]> {
  const clusters = clustersOf(tree);
  mkdirSync(work, { recursive: true });
  const build = realKustomize(kubectl, tree, work, seats);
  return Promise.all(clusters.map((cluster) => checkCluster(cluster, build)));
}

/** The checks themselves, on small trees with one mistake each: a check that finds nothing may have looked at nothing. */
async function checkTheChecks(work: string, kubectl: string): Promise<{ readonly passed: number; readonly missed: readonly string[] }> {
  const missed: string[] = [];
  const rulesFoundIn = async (name: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const tree = join(work, name, 'tree');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    const verdicts = await checkTree(tree, join(work, name, 'work'), kubectl, 1);
    return verdicts.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  };
  const cases = [{ rule: '', mistake: 'a flawless tree', files: FLAWLESS }, ...PLANTED];
  const lane = async (first: number): Promise<void> => {
    for (const [index, { rule, mistake, files }] of cases.entries()) {
      if (index % SEATS !== first) continue;
      const found = (await rulesFoundIn(`planted-${index}`, files)).join(', ');
      if (found !== rule) missed.push(`${mistake}: expected ${rule || 'nothing'}, found ${found || 'nothing'}`);
    }
  };
  await Promise.all(Array.from({ length: SEATS }, (_, first) => lane(first)));
  return { passed: PLANTED.length + 1 - missed.length, missed };
}

function inWords({ cluster, kustomizations, objects, patches, foreign, failed }: Verdict): string {
  const elsewhere = foreign.length === 0 ? '' : `, ${foreign.length} in another repository (${foreign.join(', ')})`;
  return `${cluster}: ${kustomizations} Kustomizations, ${objects} objects, ${patches} patches${elsewhere}${failed === 0 ? '' : `: ${failed} failed`}`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { tree: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const work = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'strata-conformance-'));
  try {
    const { kubectl } = tools((line) => console.error(line));
    const checks = await checkTheChecks(work, kubectl);
    console.log(`planted mistakes: ${checks.passed} of ${PLANTED.length + 1} told right`);
    for (const line of checks.missed) console.log(`  ${line}`);

    const verdicts = await checkTree(treeToCheck(values.tree, work), join(work, 'seats'), kubectl);
    for (const verdict of verdicts) {
      console.log(inWords(verdict));
      if (verdict.findings.length > 0) console.log(`\n${verdict.findings.map(say).join('\n\n')}\n`);
    }
    const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, checks.passed);
    const failed = verdicts.reduce((sum, verdict) => sum + verdict.failed, checks.missed.length);
    console.log(`conformance: ${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    console.log('conformance: 0 passed, 1 failed');
    return 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

main().then((code) => {
  process.exitCode = code;
});
