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

/** Computes the tree and keeps it in the file `memory`, for the next run. */
export function make(memory: string, home: string): Made {
  const made = compute(home);
  remember(memory, made);
  return made;
}

/** Runs any command line. */
export function run(args: readonly string[], place: Place, streams: Streams): number {
  return runCommand(
    args,
    () => compute(place.home),
    place,
    streams,
    () => fluxEngine(platform, contextOf(place.home)),
  );
}

/** Makes the class that `validations` of cdk8s.yaml names. */
export function validation(home: string): ValidationClass {
  const { cdk8sValidation }: typeof import('./cli/cdk8s-validation') = require('./cli/cdk8s-validation');
  return cdk8sValidation(() => fluxEngine(platform, contextOf(home)));
}

function compute(home: string): Made {
  return synthesize(platform, contextOf(home));
}

function contextOf(home: string): SynthesisContext {
  return { schemas: schemaFiles(join(home, 'imports', 'schemas')), today: today() };
}
