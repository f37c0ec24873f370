import { Command, CommanderError } from 'commander';
import { type FluxRepo, Refused } from '../flux';
import { refusal, refusalJson, summary, summaryJson } from './report';
import { synth } from './synth';

/** What the program ended with, for scripts. */
export const EXIT = {
  /** Done, also when there was nothing to do. */
  done: 0,
  /** The input was refused; nothing was written. */
  refused: 1,
  /** The arguments were not understood. */
  usage: 2,
  /** A mistake in strata itself. */
  broken: 3,
} as const;

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Where the program runs. */
export interface Place {
  /** Folder of the project, in which `dist/` lies. */
  readonly home: string;
  /** Folder that cdk8s's own command line expects a copy in, if it is who called. */
  readonly copy?: string | undefined;
}

interface SynthOptions {
  readonly out: string;
  readonly quiet?: true;
  readonly json?: true;
}

/**
 * Runs one command line.
 *
 * @param args without the program's own name
 * @param repository makes the constructs, if the command needs them
 * @returns the exit code, one of `EXIT`
 */
export function run(args: readonly string[], repository: () => FluxRepo, { home, copy }: Place, { out, err }: Streams): number {
  let json = false;
  const program = new Command('strata')
    .description('Writes a Flux CD GitOps repository from typed code.')
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err });
  program
    .command('synth')
    .description('write the manifests; nothing is written when anything is wrong')
    .option('--out <folder>', 'folder to write to, the root of the GitOps branch', `${home}/dist`)
    .option('--quiet', 'print nothing but findings')
    .option('--json', 'print one JSON object: written, removed, unchanged, clusters, components; or findings')
    .action((options: SynthOptions) => {
      json = options.json ?? false;
      const start = performance.now();
      const done = synth(repository, options.out, copy);
      if (options.json) out(`${summaryJson(done)}\n`);
      else if (!options.quiet) out(`${summary(done, options.out, performance.now() - start)}\n`);
    });

  try {
    program.parse(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (!(error instanceof Refused)) {
      err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return EXIT.broken;
    }
    if (json) out(`${refusalJson(error)}\n`);
    else err(refusal(error));
    return EXIT.refused;
  }
}
