import { join } from 'node:path';
import type { ValidationClass } from './cli/cdk8s-validation';
import { fluxEngine } from './cli/flux-engine';
import { remember } from './cli/memory';
import type { Made, Streams } from './cli/perform';
import { type Place, run as runCommand } from './cli/run';
import { schemaFiles } from './cli/schema-files';
import { type SynthesisContext, synthesize } from './cli/synth';
import { today } from './cli/today';
import { platform } from './platform';

/** Folder of the schemas beside the program; the build copies them there and names it after what is in them. */
declare const SCHEMAS: string;

/** Computes the tree and keeps it in the file `memory`, for the next run. */
export function make(memory: string): Made {
  const made = compute();
  remember(memory, made);
  return made;
}

/** Runs any command line. */
export function run(args: readonly string[], place: Place, streams: Streams): number {
  return runCommand(args, compute, place, streams, () => fluxEngine(platform, context()));
}

/** Makes the class that `validations` of cdk8s.yaml names. */
export function validation(): ValidationClass {
  const { cdk8sValidation }: typeof import('./cli/cdk8s-validation') = require('./cli/cdk8s-validation');
  return cdk8sValidation(() => fluxEngine(platform, context()));
}

function compute(): Made {
  return synthesize(platform, context());
}

function context(): SynthesisContext {
  return { schemas: schemaFiles(join(__dirname, SCHEMAS)), today: today() };
}
