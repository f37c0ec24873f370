import { realpathSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Finding, Refused, say } from '../flux/finding';
import { refusal, refusalJson, summary, summaryJson } from './report';
import { writeTree } from './write-tree';

/** What the program ended with, for scripts. */
export const EXIT = {
  /** Done, also when there was nothing to do; a check found no error. */
  done: 0,
  /** The input was refused, and nothing was written; a check found errors, or warnings where it is strict. */
  refused: 1,
  /** The arguments were not understood. */
  usage: 2,
  /** A mistake in strata itself. */
  broken: 3,
} as const;

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Everything that `synth` is about to write: computed, and without a finding. */
export interface Made {
  readonly clusters: number;
  readonly components: number;
  /** Path relative to the root, and text. */
  readonly files: ReadonlyMap<string, string>;
  /** Findings that stop nothing: warnings, and what is worth knowing. */
  readonly remarks: readonly Finding[];
  /** Whether the same program makes the same tomorrow: not when something is accepted until a day. */
  readonly lasting: boolean;
}

export interface SynthOptions {
  /** Folder of the project, which no tree may be written over: its golden tree bears our header too. */
  readonly home: string;
  /** Folder that becomes the root of the GitOps branch. */
  readonly out: string;
  /** A second folder for the same tree: cdk8s's own command line expects the one it names. */
  readonly copy?: string | undefined;
  /** Print nothing but findings. */
  readonly quiet?: boolean | undefined;
  /** Print one JSON object. */
  readonly json?: boolean | undefined;
}

/**
 * Makes the tree, writes it and says what happened. Findings of any kind mean that nothing is written.
 *
 * @returns the exit code, one of `EXIT`
 */
export function perform(make: () => Made, { home, out, copy, quiet, json }: SynthOptions, streams: Streams): number {
  const start = performance.now();
  try {
    for (const folder of copy === undefined ? [out] : [out, copy]) refuseProject(home, resolve(folder));
    const { clusters, components, files, remarks } = make();
    const done = { clusters, components, ...writeTree(resolve(out), files) };
    if (copy !== undefined) writeCopy(resolve(copy), files, out);
    const warnings = remarks.filter(({ severity }) => severity === 'warning');
    if (!json && warnings.length > 0) streams.err(warnings.map((one) => `${say(one)}\n\n`).join(''));
    if (json) streams.out(`${summaryJson(done)}\n`);
    else if (!quiet) streams.out(`${summary(done, out, performance.now() - start)}\n`);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof Refused)) return broken(error, streams);
    if (json) streams.out(`${refusalJson(error)}\n`);
    else streams.err(refusal(error));
    return EXIT.refused;
  }
}

/** What the project keeps in folders of its own. */
const KEPT = new Set(['.ci', '.git', 'docs', 'imports', 'node_modules', 'scripts', 'src', 'test']);

/** The path without links, as far as it is there. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(real(dirname(path)), relative(dirname(path), path));
  }
}

function refuseProject(home: string, folder: string): void {
  const inside = relative(real(home), real(folder)).split(sep);
  if (inside[0] !== '' && !inside.every((step) => step === '..') && !KEPT.has(inside[0] ?? '')) return;
  const finding: Finding = {
    rule: 'output-holds-source',
    file: folder,
    what: 'the folder to write to is that of the project, one above it, or one of its sources',
    where: '--out',
    why: 'synth removes files of its own that it no longer emits; the golden tree would be among them',
    fix: 'name a folder inside the project that holds nothing else, or one elsewhere',
  };
  throw new Refused([finding]);
}

function writeCopy(copy: string, files: ReadonlyMap<string, string>, out: string): void {
  try {
    writeTree(copy, files);
  } catch (error) {
    throw error instanceof Refused ? new Refused(error.findings, `${out} is complete, the copy is not`) : error;
  }
}

/** Says what went wrong inside; nothing an author could mend. */
export function broken(error: unknown, { err }: Streams): number {
  err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.broken;
}
