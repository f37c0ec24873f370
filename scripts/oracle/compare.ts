/**
 * Holds our build against Flux's own: node --import tsx scripts/oracle/compare.ts [--runs 500] [--seed 1] [--rounds 1] [--tree DIR]
 *
 * Each round makes cases from a seed, and the next round from the next one. With --tree every Flux Kustomization of a generated tree is
 * built by both first; --rounds 0 leaves it at that. The last line says how many cases passed.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { OracleCase, Outcome } from './case';
import { CASES } from './cases';
import { builtOracle, Oracle } from './oracle';
import { type OurOutcome, ours } from './ours';
import { compareTree } from './tree';

const ROOT = join(__dirname, '../..');

/** Undefined where both agree, else what is different. `unsupported` agrees with everything: we say that we do not know. */
function difference(flux: Outcome, own: OurOutcome): string | undefined {
  if ('unsupported' in own) return undefined;
  if ('error' in own) return 'error' in flux ? undefined : `we refuse it: ${own.error}`;
  if ('error' in flux) return `Flux refuses it: ${flux.error}`;
  const [theirs, mine] = [flux.objects.map(sorted), own.objects.map(sorted)];
  const at = theirs.findIndex((text, index) => text !== mine[index]);
  if (at === -1 && theirs.length === mine.length) return undefined;
  return at === -1
    ? `Flux has ${theirs.length} objects, we have ${mine.length}`
    : `object ${at}\n    flux ${theirs[at]}\n    ours ${mine[at]}`;
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, node: unknown) => {
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
    return Object.fromEntries(Object.entries(node).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      rounds: { type: 'string', default: '1' },
      only: { type: 'string' },
      tree: { type: 'string' },
    },
  });
  const program = builtOracle(ROOT);
  if (program === undefined) return 0;
  const oracle = new Oracle(program);
  let passed = 0;
  let failed = 0;
  let unsupported = 0;
  let refused = 0;
  try {
    if (values.tree !== undefined) {
      for (const { name, flux, own } of await compareTree(values.tree, oracle)) {
        const found = difference(flux, own);
        if (found === undefined) passed++;
        else {
          failed++;
          console.log(`${name}: ${found}`);
        }
      }
    }
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [name, cases] of Object.entries(CASES)) {
        if (values.only !== undefined && values.only !== name) continue;
        const seed = Number(values.seed) + round;
        const result = await fc.check(
          fc.asyncProperty(cases, async (each: OracleCase) => {
            const own = ours(each);
            const flux = await oracle.ask(each);
            const found = difference(flux, own);
            if (found !== undefined) throw new Error(found);
            if ('unsupported' in own) unsupported++;
            else passed++;
            if ('error' in own) refused++;
          }),
          { seed, numRuns: Number(values.runs), endOnFailure: false, verbose: 0 },
        );
        if (!result.failed) continue;
        failed++;
        console.log(
          `${name}, seed ${seed}, after ${result.numRuns} cases: ${result.errorInstance instanceof Error ? result.errorInstance.message : 'interrupted'}`,
        );
        console.log(JSON.stringify(result.counterexample?.[0], null, 1));
      }
    }
  } finally {
    oracle.end();
  }
  console.log(`both refused ${refused}; we do not know ${unsupported}`);
  console.log(`oracle: ${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 3;
  },
);
