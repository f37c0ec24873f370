import type { Streams } from './cli/perform';
import { type Place, run } from './cli/run';
import { platform } from './platform';

/** The whole program: what `main.ts` loads when it does not know the outcome yet. */
export function program(args: readonly string[], place: Place, streams: Streams): number {
  return run(args, platform, place, streams);
}
