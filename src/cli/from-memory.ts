import { parseArgs } from 'node:util';
import { recall } from './memory';
import { perform, type Streams } from './perform';
import type { Place } from './run';

/**
 * Runs `synth` with the tree that the same program made before, without loading the program. Undefined where that cannot be: another
 * command, an argument that only the program can explain, `--fresh`, or nothing remembered.
 */
export function synthFromMemory(args: readonly string[], { home, copy, memory }: Place, streams: Streams): number | undefined {
  const options = plainSynth(args);
  const made = options && memory !== undefined ? recall(memory) : undefined;
  return options && made && perform(() => made, { ...options, out: options.out ?? `${home}/dist`, copy }, streams);
}

function plainSynth([command, ...rest]: readonly string[]) {
  if (command !== 'synth') return undefined;
  const options = { out: { type: 'string' }, quiet: { type: 'boolean' }, json: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args: rest, options }).values;
  } catch {
    return undefined;
  }
}
