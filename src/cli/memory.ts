import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Made } from './perform';

/*
 * What a program makes, kept beside it. The tree follows from the program alone: the walls keep the disk, the clock and the
 * environment out of everything that makes it. So as long as the program is the same, a run need not compute it again; it only
 * compares it with what is on disk. The build names the program after its content, and the memory after the program.
 */

/** What the program made last time; undefined where there is no memory of it, or none that can be read. */
export function recall(memory: string): Made | undefined {
  try {
    const text = readFileSync(memory, 'utf8');
    const end = text.indexOf('\n');
    const head: unknown = JSON.parse(text.slice(0, end));
    if (!isHead(head)) return undefined;
    const files = new Map<string, string>();
    let at = end + 1;
    for (const [path, length] of head.files) {
      files.set(path, text.slice(at, at + length));
      at += length;
    }
    return at === text.length ? { clusters: head.clusters, components: head.components, files } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what the program made. A folder that cannot be written to costs time, and nothing else. */
export function remember(memory: string, made: Made): void {
  const temporary = `${memory}.tmp`;
  try {
    const head: Head = { ...made, files: [...made.files].map(([path, { length }]) => [path, length]) };
    writeFileSync(temporary, `${JSON.stringify(head)}\n${[...made.files.values()].join('')}`);
    renameSync(temporary, memory);
  } catch {
    rmSync(temporary, { force: true });
  }
}

/** The first line; the texts follow it, one after the other, since as JSON they would take three times as long. */
type Head = Omit<Made, 'files'> & { readonly files: readonly (readonly [path: string, length: number])[] };

function isHead(value: unknown): value is Head {
  return (
    typeof value === 'object' &&
    value !== null &&
    'files' in value &&
    Array.isArray(value.files) &&
    'clusters' in value &&
    'components' in value
  );
}
