import { remember } from './cli/memory';
import type { Made, Streams } from './cli/perform';
import { type Place, run as runCommand } from './cli/run';
import { synthesize } from './cli/synth';
import { platform } from './platform';

/** Computes the tree and keeps it in the file `memory`, for the next run. */
export function make(memory: string): Made {
  const made = synthesize(platform);
  remember(memory, made);
  return made;
}

/** Runs any command line. */
export function run(args: readonly string[], place: Place, streams: Streams): number {
  return runCommand(args, () => synthesize(platform), place, streams);
}
