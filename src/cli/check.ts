import type { Repository } from '../effective';
import { type Finding, Refused } from '../flux/finding';
import { filesFrom } from '../kustomize/files';
import { nearest } from '../policy/nearest';
import { checkJson } from './check-json';
import type { CheckOptions } from './check-options';
import { type Colours, checkReport } from './check-report';
import { type Checked, checkedOf, type RuleFacts } from './checked';
import type { DiskFiles } from './disk-files';
import type { Engine, Examined } from './engine';
import { normal, opened } from './opened';
import { EXIT, type Streams } from './perform';
import { guarded, UsageError } from './refused-arguments';
import { sarif } from './sarif';

/**
 * Holds the rules against what each cluster of a repository would get, and says what it found.
 *
 * @returns the exit code: `EXIT.refused` for errors, or for warnings where `strict`
 */
export function performCheck(engine: Engine, options: CheckOptions, streams: Streams, colours: Colours): number {
  return guarded(streams, () => {
    const checked = check(engine, options);
    streams.out(printed(checked, options, engine.rules, colours));
    const { error, warning } = checked.counts;
    return error > 0 || (options.strict && warning > 0) ? EXIT.refused : EXIT.done;
  });
}

function printed(checked: Checked, { format }: CheckOptions, rules: readonly RuleFacts[], colours: Colours): string {
  if (format === 'json') return `${checkJson(checked)}\n`;
  if (format === 'sarif') return `${sarif(checked, rules)}\n`;
  return checkReport(checked, colours);
}

/** The same without a word: what was found, and how far it could look. */
export function check(engine: Engine, { folder, cluster, info = false, rule = [], skip = [] }: CheckOptions): Checked {
  const rules = selected(engine.rules, rule, skip);
  const path = cluster === undefined ? undefined : normal(cluster);
  const files = folder === undefined ? undefined : opened(folder);
  const { repository, findings, withoutSchema } = files ? ofFolder(engine, files, path, rules) : ofOwn(engine, path, rules);
  return checkedOf(repository, {
    // Of one cluster alone nobody knows whether an acceptance is needed in another.
    findings: path === undefined ? findings : findings.filter((one) => one.rule !== 'unused-acceptance'),
    problems: files?.problems() ?? [],
    ...(withoutSchema && { withoutSchema }),
    showInfos: info,
  });
}

function ofFolder(engine: Engine, files: DiskFiles, cluster: string | undefined, rules: readonly string[] | undefined): Examined {
  const repository = engine.inspect(files, cluster);
  if (repository.clusters.length > 0) return engine.examine(repository, rules);
  if (cluster !== undefined) throw noSuchCluster(cluster, engine.inspect(files));
  return { repository: { ...repository, problems: [] }, findings: [nothingToCheck(repository)] };
}

/** What is wrong with the code that makes the tree is no rule's: it is left out where rules are named. */
function ofOwn(engine: Engine, cluster: string | undefined, rules: readonly string[] | undefined): Examined {
  const { repository, findings, withoutSchema } = made(engine);
  const clusters = repository.clusters.filter(({ root }) => cluster === undefined || root.path === cluster);
  if (cluster !== undefined && clusters.length === 0 && repository.clusters.length > 0) throw noSuchCluster(cluster, repository);
  const others = repository.clusters.filter((one) => !clusters.includes(one)).map(({ name }) => `${name}: `);
  const asked = rules && new Set(rules);
  return {
    repository: { ...repository, clusters },
    findings: findings.filter(
      (finding) =>
        (asked === undefined || asked.has(finding.rule)) && !others.some((other) => finding.kustomization?.startsWith(other) ?? false),
    ),
    ...(withoutSchema && { withoutSchema }),
  };
}

/** Where a constructor refuses, there is no tree; what it says is what there is to say. */
function made(engine: Engine): Examined {
  try {
    return engine.own();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { repository: { files: filesFrom(new Map()), clusters: [], unreached: [], problems: [] }, findings: error.findings };
  }
}

/** Names of the rules to ask; undefined for all. */
function selected(rules: readonly RuleFacts[], only: readonly string[], skipped: readonly string[]): readonly string[] | undefined {
  const names = rules.map(({ name }) => name);
  const unknown = [...only, ...skipped].filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new UsageError(unknown.map((name) => noSuchRule(name, names)));
  if (only.length === 0 && skipped.length === 0) return undefined;
  return names.filter((name) => (only.length === 0 || only.includes(name)) && !skipped.includes(name));
}

function noSuchRule(name: string, names: readonly string[]): Finding {
  const meant = nearest(name, names);
  return {
    rule: 'no-such-rule',
    file: 'command line',
    what: `there is no rule ${JSON.stringify(name)}`,
    where: '--rule or --skip',
    why: 'a misspelt rule would be left out, or held, without a word',
    fix: meant === undefined ? `name one of: ${[...names].sort().join(', ')}` : `did you mean ${meant}?`,
  };
}

function noSuchCluster(cluster: string, { clusters }: Repository): UsageError {
  const paths = clusters.map(({ root }) => root.path).sort();
  const meant = nearest(cluster, paths);
  const known = paths.length === 0 ? 'nothing here is synced by Flux' : `name one of: ${paths.join(', ')}`;
  return new UsageError([
    {
      rule: 'no-such-cluster',
      file: 'command line',
      what: `no cluster is synced from ${JSON.stringify(cluster)}`,
      where: '--cluster',
      why: 'there is nothing that could be checked',
      fix: meant === undefined ? known : `did you mean ${meant}? ${known}`,
    },
  ]);
}

function nothingToCheck({ problems }: Repository): Finding {
  return {
    rule: 'nothing-to-check',
    file: problems[0]?.file ?? '.',
    what: problems.map(({ what }) => what).join('; ') || 'no Flux entry point was found',
    where: 'the whole repository',
    why: 'not one object was checked, which is not the same as one without a mistake',
    fix: 'name the root of a Flux repository: one that holds the Flux Kustomization, or the FluxInstance, which a cluster is synced by',
  };
}
