import { admits } from '../flux/chart-version';
import { type JsonMap, textIn } from './json';
import type { SchemaProblem } from './problem';
import type { SchemaFile } from './schema-file';
import { Structure } from './structure';
import { quoted } from './wording';

/** A chart as a HelmRelease names it. */
export interface ChartQuestion {
  readonly chart: string;
  /** A constraint: `1.19.x`, `v1.19.x`, `1.19.3`. */
  readonly version: string | undefined;
  /** Where it comes from, if that is known; a chart of the same name from elsewhere is another one. */
  readonly repository?: string | undefined;
}

/** What is wrong with values: keys that the chart does not know, and types. A null takes a default away, wherever it stands. */
export function chartProblems(file: SchemaFile, values: unknown): readonly SchemaProblem[] {
  const structure = new Structure({ nullIsMissing: true, emptyIsMissing: false, show: quoted });
  structure.visit(file.values, values, '');
  return structure.problems;
}

/** Why nothing is known of the values of a chart; undefined where something is. */
export function whyUnknown(about: JsonMap | undefined, { chart, version, repository }: ChartQuestion): string | undefined {
  if (about === undefined) return `the values of ${chart} are not known`;
  const pinned = textIn(about, 'version') ?? '';
  const known = textIn(about, 'repository');
  if (repository !== undefined && known !== undefined && bare(repository) !== bare(known)) {
    return `the values of ${chart} are known for ${known}, not for ${repository}`;
  }
  return version !== undefined && namesOne(version, pinned)
    ? undefined
    : `the values of ${chart} are known for ${pinned}, which ${version ?? 'no version'} does not name`;
}

/** Whether a constraint names the version, and not just any. */
function namesOne(constraint: string, pinned: string): boolean {
  return constraint === pinned || (!/^\s*[*xX]?\s*$/.test(constraint) && admits(constraint, pinned));
}

function bare(repository: string): string {
  return repository.replace(/\/+$/, '').replace(/^(oci|https?):\/\/(registry-1\.)?/, '');
}
