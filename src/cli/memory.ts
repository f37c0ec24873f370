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
    const kept: unknown = JSON.parse(readFileSync(memory, 'utf8'));
    return isKept(kept) ? { ...kept, files: new Map(kept.files) } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what the program made. A folder that cannot be written to costs time, and nothing else. */
export function remember(memory: string, made: Made): void {
  const temporary = `${memory}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify({ ...made, files: [...made.files] }));
    renameSync(temporary, memory);
  } catch {
    rmSync(temporary, { force: true });
  }
}

type Kept = Omit<Made, 'files'> & { readonly files: readonly (readonly [string, string])[] };

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'files' in value &&
    Array.isArray(value.files) &&
    'clusters' in value &&
    'components' in value
  );
}
