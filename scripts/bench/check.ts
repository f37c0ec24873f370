import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { diskFiles } from '../../src/cli/disk-files';
import { inspect } from '../../src/effective';
import { tools } from '../tools/tools';

/*
 * npm run bench:check [-- --rounds N] [DIR …]: `strata check` of a Flux repository, the whole process, beside the real kustomize over the
 * same paths, one process each as a person or a script would run them. Without DIR: our own tree. Medians; the ratio is the result.
 */

const ROOT = join(__dirname, '..', '..');
const STRATA = join(ROOT, 'build', 'strata.js');

function milliseconds(run: () => void): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** A run whose exit code does not matter: a finding is no failure of the measurement. */
function quietly(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { cwd: ROOT, stdio: 'ignore', maxBuffer: 1 << 28 });
  } catch {
    // it found something, or refuses a folder
  }
}

function main(): void {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string', default: '5' } } });
  const { kubectl } = tools((line) => console.error(line));
  execFileSync(process.execPath, [join(ROOT, 'scripts', 'build.mjs')], { cwd: ROOT, stdio: 'ignore' });
  const made = mkdtempSync(join(tmpdir(), 'strata-bench-'));
  quietly(process.execPath, [STRATA, 'synth', '--quiet', '--out', made]);
  console.log('| tree | Flux Kustomizations | folders | `strata check` ms | `kustomize build` of each folder, ms | ratio |');
  console.log('| --- | --: | --: | --: | --: | --: |');
  for (const dir of positionals.length === 0 ? [made] : positionals) {
    const { clusters } = inspect(diskFiles(resolve(dir)));
    const all = clusters.flatMap(({ kustomizations }) => kustomizations);
    const folders = [...new Set(all.filter(({ failure }) => failure?.kind !== 'foreign').map(({ path }) => path))];
    const listed = folders.filter((path) => existsSync(join(dir, path, 'kustomization.yaml')));
    const check: number[] = [];
    const build: number[] = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      check.push(milliseconds(() => quietly(process.execPath, [STRATA, 'check', ...(dir === made ? [] : [dir])])));
      build.push(
        milliseconds(() => {
          for (const path of listed) quietly(kubectl, ['kustomize', join(dir, path), '--load-restrictor', 'LoadRestrictionsNone']);
        }),
      );
    }
    const ratio = median(check.map((one, round) => one / (build[round] ?? Number.NaN)));
    const name = dir === made ? 'our three clusters' : dir.split('/').filter(Boolean).at(-1);
    console.log(
      `| ${name} | ${all.length} | ${listed.length} | ${median(check).toFixed(0)} | ${median(build).toFixed(0)} | ${ratio.toFixed(2)} |`,
    );
  }
  rmSync(made, { recursive: true, force: true });
}

main();
