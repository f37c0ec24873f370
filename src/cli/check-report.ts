import { type Finding, type Severity, severityOf } from '../flux/finding';
import type { Checked, NotChecked } from './checked';
import { oneLine, sayPlainly } from './one-line';
import { count } from './report';

/** How a terminal marks text; where it has no colours, each gives the text back. */
export interface Colours {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** Enough to see what is missing: a repository full of links has thousands. JSON has all of them. */
const LISTED = 20;

/** What people read: findings by Flux Kustomization, what was not checked and why, and a summary. Ends with a newline. */
export function checkReport(checked: Checked, colours: Colours): string {
  return `${[...groups(checked, colours), ...notChecked(checked, colours), summary(checked)].join('\n\n')}\n`;
}

function groups({ findings }: Checked, colours: Colours): readonly string[] {
  const sections: string[] = [];
  let current: string | undefined;
  for (const finding of findings) {
    const group = finding.kustomization ?? 'in no Flux Kustomization';
    if (group !== current) sections.push(colours.bold(`── ${oneLine(group)}`));
    current = group;
    sections.push(section(finding, colours));
  }
  return sections;
}

function section(finding: Finding, colours: Colours): string {
  const [head = '', ...lines] = sayPlainly(finding).split('\n');
  return [paint(severityOf(finding), colours)(head), ...lines.map((line) => `${colours.dim(line.slice(0, 9))}${line.slice(9)}`)].join('\n');
}

function paint(severity: Severity, { red, yellow, cyan }: Colours): (text: string) => string {
  return severity === 'error' ? red : severity === 'warning' ? yellow : cyan;
}

function notChecked(checked: Checked, { bold }: Colours): readonly string[] {
  const lines = checked.notChecked.map((one) => `  ${oneLine(said(one))}`);
  if (lines.length === 0) return [];
  const more = lines.length > LISTED ? [`  … and ${lines.length - LISTED} more`] : [];
  return [[bold('── not checked'), ...lines.slice(0, LISTED), ...more].join('\n')];
}

function said({ name, file, why, objects }: NotChecked): string {
  const of = objects === undefined ? '' : ` (${count(objects, 'object')})`;
  return `${[name, file].filter((part) => part !== undefined).join(', ')}${of}: ${why}`;
}

function summary({ counts, clusters, findings, notChecked }: Checked): string {
  const [error, warning, info] = [count(counts.error, 'error'), count(counts.warning, 'warning'), count(counts.info, 'info')];
  const shown = findings.some((finding) => severityOf(finding) === 'info') || counts.info === 0;
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  const kustomizations = count(sum(clusters.map((cluster) => cluster.kustomizations)), 'Flux Kustomization');
  const objects = count(sum(clusters.map((cluster) => cluster.objects)), 'object');
  const missing = notChecked.length === 0 ? '' : `; ${notChecked.length} not checked, for the reasons above`;
  return [
    `${count(clusters.length, 'cluster')}, ${kustomizations}, ${objects}${missing}`,
    `${error}, ${warning}, ${info}${shown ? '' : ' (--info shows them)'}`,
  ].join('\n');
}
