import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { quietly } from './disk-error';
import type { Made } from './perform';

/*
 * What a program makes, kept beside it. The tree follows from the program alone: the walls keep the disk, the clock and the
 * environment out of everything that makes it. So as long as the program is the same, a run need not compute it again; it only
 * compares it with what is on disk. The build names the program after its content, and the memory after the program.
 */

/** What the program made last time; undefined where there is no memory of it, or none that is whole. */
export function recall(memory: string): Made | undefined {
  try {
    const text = readFileSync(memory, 'utf8');
    const start = text.indexOf('\n') + 1;
    if (text.slice(0, start) !== `${checksum(text, start)}\n`) return undefined;
    const end = text.indexOf('\n', start);
    const head: unknown = JSON.parse(text.slice(start, end));
    if (!isHead(head)) return undefined;
    const files = new Map<string, string>();
    let at = end + 1;
    for (const [path, length] of head.files) {
      files.set(path, text.slice(at, at + length));
      at += length;
    }
    return at === text.length && files.size > 0
      ? { clusters: head.clusters, components: head.components, files, remarks: [], lasting: true }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what the program made. A folder that cannot be written to costs time, and nothing else. */
export function remember(memory: string, made: Made): void {
  if (!made.lasting || made.remarks.length > 0) return; // what has to be said has to be said every time
  const temporary = `${memory}.${process.pid}.tmp`;
  try {
    const files = [...made.files].map(([path, { length }]) => [path, length] as const);
    const head: Head = { clusters: made.clusters, components: made.components, files };
    const text = `${JSON.stringify(head)}\n${[...made.files.values()].join('')}`;
    writeFileSync(temporary, `${checksum(text, 0)}\n${text}`);
    renameSync(temporary, memory);
  } catch {
    quietly(() => rmSync(temporary, { force: true }));
  }
}

/** The line after the checksum of all that follows it; then the texts, one after the other, since as JSON they would take three times as long. */
interface Head extends Pick<Made, 'clusters' | 'components'> {
  readonly files: readonly (readonly [path: string, length: number])[];
}

function isHead(value: unknown): value is Head {
  if (typeof value !== 'object' || value === null || !('files' in value) || !Array.isArray(value.files)) return false;
  if (!('clusters' in value && 'components' in value)) return false;
  const isCount = (count: unknown) => Number.isInteger(count) && Number(count) >= 0;
  const isEntry = (entry: unknown) => Array.isArray(entry) && typeof entry[0] === 'string' && isCount(entry[1]);
  return isCount(value.clusters) && isCount(value.components) && value.files.every(isEntry);
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo): against a damaged file, not against an enemy. `crypto` would take longer to load than this to run. */
function checksum(text: string, from: number): number {
  let sum = 0x811c9dc5;
  for (let at = from; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return sum >>> 0;
}
