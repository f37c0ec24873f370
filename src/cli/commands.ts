import type { Command } from 'commander';
import { type CheckOptions, FORMATS } from './check-options';
import type { RenderOptions } from './render';

/*
 * The options of the commands that only read, as commander is told of them.
 */

export function addCheck(program: Command, action: (folder: string | undefined, options: Omit<CheckOptions, 'folder'>) => void): void {
  const { Option }: typeof import('commander') = require('commander');
  const collect = (name: string, names: readonly string[] = []) => [...names, name];
  program
    .command('check')
    .description('hold the rules against what each cluster of a Flux repository would get; needs no cluster and no network')
    .argument('[folder]', 'root of the repository; without it, the tree of this project')
    .option('--cluster <path>', 'only the cluster that is synced from this folder: clusters/production')
    .addOption(new Option('--format <format>', 'how to print what was found').choices(FORMATS).default('text'))
    .option('--strict', 'warnings fail too')
    .option('--info', 'show infos: style, speed, what could not be told')
    .option('--rule <name>', 'only this rule; may be repeated', collect)
    .option('--skip <name>', 'without this rule; may be repeated', collect)
    .addHelpText('after', EXIT_CODES)
    .action(action);
}

const EXIT_CODES = `
Exit codes: 0 nothing wrong, or only warnings; 1 errors, or warnings with --strict; 2 arguments that make no sense;
3 a mistake of strata itself.`;

export function addRender(
  program: Command,
  action: (cluster: string, kustomization: string | undefined, options: Pick<RenderOptions, 'dir'>) => void,
): void {
  program
    .command('render')
    .description('print what Flux would apply, patched and with its variables, as YAML')
    .argument('<cluster>', 'name of the cluster: production')
    .argument('[kustomization]', 'only this Flux Kustomization: redis, or flux-system/redis')
    .option('--dir <folder>', 'root of the repository; without it, the tree of this project')
    .action(action);
}
