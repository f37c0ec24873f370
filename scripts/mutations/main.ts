import { join } from 'node:path';
import { schemaFiles } from '../../src/cli/schema-files';
import { acceptancesOf, judged } from '../../src/cli/synth';
import { inspect } from '../../src/effective';
import { type Finding, say, texts } from '../../src/flux';
import { filesFrom } from '../../src/kustomize';
import { platform } from '../../src/platform';
import { audit } from '../../src/policy';
import type { Fault, Texts } from './fault';
import { FAULTS } from './faults';

/*
 * npm run mutations: plants one mistake after the other in the tree that synth writes, and looks whether the rule that is meant for it
 * speaks. The untouched tree must be clean.
 */

const TODAY = '2026-01-01'; // no acceptance of ours ends
const schemas = schemaFiles(join(__dirname, '..', '..', 'imports', 'schemas'));
const repo = platform();
const { tree, findings: clean } = judged(repo, { schemas, today: TODAY });
const accepted = acceptancesOf(repo);

const key = ({ rule, file, where, what }: Finding): string => JSON.stringify([rule, file, where, what]);
const before = new Set(clean.map(key));

/** What is new in the tree with a mistake in it. */
function found({ plant }: Fault): readonly Finding[] {
  const changed: Texts = new Map(texts(tree));
  plant(changed);
  // Objects that were not touched need not be read again.
  const objects = (path: string) => (changed.get(path) === tree.get(path)?.text ? tree.get(path)?.objects : undefined);
  const repository = inspect(filesFrom(changed, { objects }));
  const sourceOf = (path: string) => tree.get(path)?.source;
  return audit(repository, { schemas, pinned: true }, { today: TODAY, accepted, everywhere: repo.sourceFile, sourceOf }).filter(
    (finding) => !before.has(key(finding)),
  );
}

const verbose = process.argv.includes('--verbose');
let failed = 0;
const fail = (lines: readonly string[]): void => {
  failed += 1;
  console.log(lines.join('\n'));
};

const loud = clean.filter(({ severity }) => severity !== 'info');
if (loud.length > 0) fail(['the untouched tree is not clean:', ...loud.map(say)]);
else console.log(`the untouched tree is clean: ${tree.size} files`);

const width = Math.max(...FAULTS.map(({ rule }) => rule.length));
for (const fault of FAULTS) {
  try {
    const all = found(fault);
    const hit = all.filter(({ rule }) => rule === fault.rule);
    const others = [...new Set(all.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule))].filter(
      (rule) => rule !== fault.rule,
    );
    if (hit[0]) {
      console.log(`caught  ${fault.rule.padEnd(width)}  ${fault.mistake}${others.length > 0 ? ` (also: ${others.join(', ')})` : ''}`);
      if (verbose) console.log(say(hit[0]));
    } else fail([`MISSED  ${fault.rule.padEnd(width)}  ${fault.mistake}`, ...all.map(say)]);
  } catch (error) {
    fail([`BROKEN  ${fault.rule.padEnd(width)}  ${fault.mistake}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
console.log(`mutations: ${FAULTS.length + 1 - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
