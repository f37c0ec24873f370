import { relative } from 'node:path';
import { type Refused, say } from '../flux/finding';
import type { WriteResult } from './write-tree';

/** What a run of `synth` did. */
export interface Synthesis extends WriteResult {
  readonly clusters: number;
  readonly components: number;
}

/** The summary people read: what there is, what changed on disk, how long it took. */
export function summary(done: Synthesis, out: string, milliseconds: number): string {
  const files = [`${done.written.length} written`, `${done.unchanged} unchanged`, `${done.removed.length} removed`].join(', ');
  return [
    `${count(done.clusters, 'cluster')}, ${count(done.components, 'component')}`,
    `${count(done.written.length + done.unchanged, 'file')} in ${relative(process.cwd(), out) || '.'}: ${files} (${Math.round(milliseconds)} ms)`,
    ...list('+', done.written),
    ...list('-', done.removed),
  ].join('\n');
}

/** The same for programs: one JSON object, no time in it, so that equal runs print equal bytes. */
export function summaryJson(done: Synthesis): string {
  return JSON.stringify(done);
}

/** Every finding in its four lines, then how many there are and what was written in spite of them: nothing, as a rule. */
export function refusal({ findings, written }: Refused): string {
  return `${findings.map(say).join('\n\n')}\n\n${count(findings.length, 'finding')}; ${written}\n`;
}

/** The same for programs. */
export function refusalJson({ findings, written }: Refused): string {
  return JSON.stringify({ findings, written });
}

/** Enough to see what a change did; a first run writes hundreds. */
const LISTED = 12;

function list(sign: string, paths: readonly string[]): readonly string[] {
  const more = paths.length > LISTED ? [`  ${sign} … and ${paths.length - LISTED} more`] : [];
  return [...paths.slice(0, LISTED).map((path) => `  ${sign} ${path}`), ...more];
}

/** `1 file`, `2 files`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
