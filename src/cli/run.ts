import type { Colours } from './check-report';
import { addCheck, addRender } from './commands';
import type { Engine } from './engine';
import { broken, EXIT, type Made, perform, type Streams, type SynthOptions } from './perform';

/** Where the program runs. */
export interface Place {
  /** Folder of the project, in which `dist/` lies. */
  readonly home: string;
  /** Folder that cdk8s's own command line expects a copy in, if it is who called. */
  readonly copy?: string | undefined;
}

/** Colours where a person reads, and has not said that they want none (https://no-color.org). */
function terminal(): Colours {
  const { createColors }: typeof import('picocolors') = require('picocolors');
  return createColors(process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb');
}

/**
 * Runs one command line, whatever it is.
 *
 * @param args without the program's own name
 * @param make computes the tree, if the command needs it
 * @param engine inspects repositories, if the command needs it; without one there is no command that does
 * @returns the exit code, one of `EXIT`
 */
export function run(args: readonly string[], make: () => Made, { home, copy }: Place, streams: Streams, engine?: () => Engine): number {
  // Loaded here: the usual run, a plain synth, never comes by.
  const { Command, CommanderError, InvalidArgumentError }: typeof import('commander') = require('commander');
  let code: number = EXIT.done;
  const named = (folder: string) => {
    if (folder === '') throw new InvalidArgumentError('It names no folder.');
    return folder;
  };
  const program = new Command('strata')
    .description('Writes a Flux CD GitOps repository from typed code, and checks any.')
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err });
  program
    .command('synth')
    .description('write the manifests; nothing is written when anything is wrong')
    .option('--out <folder>', 'folder to write to, the root of the GitOps branch', named, `${home}/dist`)
    .option('--quiet', 'print nothing but findings')
    .option('--json', 'print one JSON object: written, removed, unchanged, clusters, components; or findings')
    .option('--fresh', 'compute everything again, even if the program has not changed since the last run')
    .action((options: SynthOptions) => {
      code = perform(make, { ...options, home, copy }, streams);
    });
  if (engine) {
    addCheck(program, (folder, options) => {
      const { performCheck }: typeof import('./check') = require('./check');
      code = performCheck(engine(), { ...options, folder }, streams, terminal());
    });
    addRender(program, (cluster, kustomization, options) => {
      const { performRender }: typeof import('./render') = require('./render');
      code = performRender(engine(), { ...options, cluster, kustomization }, streams, terminal());
    });
  }

  try {
    program.parse(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return broken(error, streams);
  }
}
