import { dirname, join } from 'node:path';
import { isCode } from './cli/disk-error';
import { recall } from './cli/memory';
import { perform, type Streams } from './cli/perform';
import { plainSynth } from './cli/plain-synth';
import type { Place } from './cli/run';

/** Path of the bundled program without its ending, relative to this file; the build names it after its content. */
declare const PROGRAM: string;

const memory = join(__dirname, `${PROGRAM}.json`);
const place: Place = { home: dirname(__dirname), copy: process.env.CDK8S_OUTDIR || undefined };
const streams: Streams = { out: writer(() => process.stdout), err: writer(() => process.stderr) };

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  const options = plainSynth(args);
  if (!options) return program().run(args, place, streams);
  const make = () => (options.fresh ? undefined : recall(memory)) ?? program().make(memory);
  return perform(make, { ...place, out: join(place.home, 'dist'), ...options }, streams);
}

/**
 * Loaded only when it is not known yet what it would make. V8 is to wait ten times as long before it optimises a function: in a run of a
 * second or two, compiling for speed takes more of the processor than it saves. What runs for long is optimised all the same. Node 20
 * alone: later ones have the flag no more, and say so.
 */
function program(): typeof import('./program') {
  if (process.versions.v8.startsWith('11.')) {
    const { setFlagsFromString }: typeof import('node:v8') = require('node:v8');
    setFlagsFromString('--interrupt-budget=675840');
  }
  return require(PROGRAM);
}

/** Who reads us may leave when they have seen enough: `strata render production | head`. That is no mistake of anybody's. */
function writer(stream: () => NodeJS.WriteStream): (text: string) => void {
  let listening = false;
  return (text) => {
    if (!listening) {
      stream().on('error', (error) => {
        if (!isCode(error, 'EPIPE')) throw error;
      });
    }
    listening = true;
    stream().write(text);
  };
}
