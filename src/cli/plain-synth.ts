import { parseArgs } from 'node:util';
import type { SynthOptions } from './perform';

/**
 * The options of a command line that is plainly a `synth`, so that the usual run need not load what explains the others. Undefined for
 * any other, and for arguments that need explaining.
 */
export function plainSynth([command, ...rest]: readonly string[]): (Partial<SynthOptions> & { readonly fresh?: boolean }) | undefined {
  if (command !== 'synth') return undefined;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({ args: rest, options: { out: { type: 'string' }, quiet: flag, json: flag, fresh: flag } });
    return values.out === '' ? undefined : values;
  } catch {
    return undefined;
  }
}
