import { dirname, join } from 'node:path';
import { synthFromMemory } from './cli/from-memory';
import type { Streams } from './cli/perform';
import type { Place } from './cli/run';

/** Path of the bundled program without its ending, relative to this file; the build names it after its content. */
declare const PROGRAM: string;

const args = process.argv.slice(2);
const place: Place = { home: dirname(__dirname), copy: process.env.CDK8S_OUTDIR, memory: join(__dirname, `${PROGRAM}.json`) };
const streams: Streams = { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) };

process.exitCode = synthFromMemory(args, place, streams) ?? load().program(args, place, streams);

function load(): typeof import('./program') {
  return require(PROGRAM);
}
