// npm run bench [-- --rounds N]: whole processes, one run of each in turn (A B C D A B C D …), so that a machine that slows down
// for a minute slows all alike; medians, and ratios worked out round by round. Milliseconds are this machine's; ratios are the result.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeDefault } from './default.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const STRATA = join(ROOT, 'build/strata.js');
const GNU_TIME = '/usr/bin/time';
const TMPFS = '/dev/shm';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '9' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds takes a whole number from 1, not ${values.rounds}`);

/**
 * The environment without what would drown the measurement: on Node 20 a set NODE_EXTRA_CA_CERTS reads the certificate store at every
 * start and more than doubles it; npm's own variables would make npx look in another folder; cdk8s would ask for its newest version.
 */
function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(NODE_EXTRA_CA_CERTS|NODE_OPTIONS|npm_.*)$/.test(name));
  return { ...Object.fromEntries(kept), CDK8S_CHECK_UPGRADE: 'false' };
}

const env = cleanEnvironment();

/** One run: wall time in ms and the largest process in MiB. */
async function once({ argv, cwd, before }, work) {
  const made = before?.() ?? {};
  const [command, ...rest] = [...argv, ...(made.args ?? [])];
  const memory = join(work, 'memory');
  const timed = existsSync(GNU_TIME) ? [GNU_TIME, ['-q', '-f', '%M', '-o', memory, command, ...rest]] : [command, rest];
  const start = process.hrtime.bigint();
  const child = spawn(timed[0], timed[1], { cwd: cwd ?? ROOT, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  let peak = 0;
  const polling = existsSync(GNU_TIME) ? undefined : setInterval(() => (peak = Math.max(peak, highWater(child.pid))), 2);
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  clearInterval(polling);
  made.after?.();
  if (code !== 0) throw new Error(`exit ${code}: ${argv.join(' ')}\n${said.slice(-2000)}`);
  return { wall, mib: (polling === undefined ? Number(readFileSync(memory, 'utf8').trim().split('\n').at(-1)) : peak) / 1024 };
}

/** Without GNU time: the kernel's own high-water mark, as long as the process is there to ask. */
function highWater(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function measure(rows, work) {
  const runs = rows.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, row] of rows.entries()) {
      const run = await once(row, work);
      if (round >= 0) runs[index].push(run); // the first round only warms the disk's cache
    }
    process.stderr.write(round < 0 ? 'w' : '.');
  }
  process.stderr.write('\n');
  const ratio = (over, under) => median(runs[over].map(({ wall }, round) => wall / runs[under][round].wall));
  return rows.map(({ name }, index) => ({
    name,
    wall: median(runs[index].map((run) => run.wall)),
    fastest: Math.min(...runs[index].map((run) => run.wall)),
    mib: median(runs[index].map((run) => run.mib)),
    toNode: ratio(index, 0),
    toDefault: ratio(index, rows.length - 1),
  }));
}

function table(head, rows) {
  const cells = [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

async function main() {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  const isFast = existsSync(TMPFS);
  if (!isFast)
    console.log(`no ${TMPFS} here: output goes to the temporary folder, and writing many files to a disk varies by a factor of ten\n`);
  const work = mkdtempSync(join(isFast ? TMPFS : tmpdir(), 'strata-bench-'));
  try {
    const tree = join(work, 'tree');
    const synth = [process.execPath, STRATA, 'synth', '--quiet', '--out'];
    const computed = [process.execPath, STRATA, 'synth', '--fresh', '--quiet', '--out'];
    execFileSync(synth[0], [...synth.slice(1), tree], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const usual = makeDefault({ tree, folder: join(ROOT, '.cache/bench'), root: ROOT, env });

    const fresh = (() => {
      let count = 0;
      return () => {
        const folder = join(work, `fresh-${count++}`);
        return { args: [folder], after: () => rmSync(folder, { recursive: true, force: true }) };
      };
    })();
    mkdirSync(join(work, 'default'));
    const usualArgv = ['npx', 'cdk8s', 'synth', '--app', 'npx ts-node main.ts', '--output', join(work, 'default')];
    const results = await measure(
      [
        { name: '`node -e 0`', argv: [process.execPath, '-e', '0'] },
        // --fresh: without it the tree that the same program made before would be remembered, and only written.
        { name: 'synth, computed and written into an empty folder', argv: computed, before: fresh },
        { name: 'synth, computed, nothing to write', argv: [...computed, tree] },
        { name: 'synth, nothing to do', argv: [...synth, tree] },
        { name: '`cdk8s synth` with ts-node, the same objects', argv: usualArgv, cwd: usual.folder },
      ],
      work,
    );

    console.log(`${usual.objects} objects in ${usual.charts} charts, ${rounds} rounds, Node ${process.version}, medians\n`);
    const inWords = ({ name, wall, fastest, mib, toNode }) => [
      name,
      wall.toFixed(0),
      fastest.toFixed(0),
      mib.toFixed(0),
      toNode.toFixed(2),
    ];
    console.log(table(['whole process', 'ms', 'fastest', 'peak MiB', 'x `node -e 0`'], results.map(inWords)));

    const [, cold, , idle] = results;
    const target = (name, limit, measured, isMet) => [name, limit, measured, isMet ? 'met' : '**missed**'];
    const targets = [
      target('synth into an empty folder, to `node -e 0`', '≤ 6x', `${cold.toNode.toFixed(2)}x`, cold.toNode <= 6),
      target('synth with nothing to do, to `node -e 0`', '≤ 4x', `${idle.toNode.toFixed(2)}x`, idle.toNode <= 4),
      target('synth into an empty folder, to the default', '≤ 1/15', `1/${(1 / cold.toDefault).toFixed(1)}`, cold.toDefault <= 1 / 15),
      target('peak memory of a synth', '< 120 MiB', `${cold.mib.toFixed(0)} MiB`, cold.mib < 120),
    ];
    console.log(`\n${table(['target', 'limit', 'measured', ''], targets)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

await main();
