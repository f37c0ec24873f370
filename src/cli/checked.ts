import type { EffectiveCluster, Problem, Repository } from '../effective';
import { type Finding, type Severity, severityOf } from '../flux/finding';

/** A rule, as far as reports speak of it. */
export interface RuleFacts {
  readonly name: string;
  /** What must hold. */
  readonly claim: string;
  /** What breaks when it does not. */
  readonly because: string;
  /** What mends it. */
  readonly fix: string;
  readonly severity: Severity;
}

/** What a check found, and how far it could look. */
export interface Checked {
  /** Without those that were not asked for; sorted. */
  readonly findings: readonly Finding[];
  /** How many there are of each severity, also of those that are not shown. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly clusters: readonly ClusterCount[];
  readonly notChecked: readonly NotChecked[];
}

export interface ClusterCount {
  readonly name: string;
  readonly kustomizations: number;
  readonly objects: number;
}

/** Something of which nothing is said, and the reason. */
export interface NotChecked {
  /** `production: flux-system/gateway-api`, or a kind. @default none: it is about the file */
  readonly name?: string;
  readonly file?: string;
  /** A sentence without its full stop. */
  readonly why: string;
  /** How many objects it is about, where it is about a kind. */
  readonly objects?: number;
}

export interface CheckedOptions {
  readonly findings: readonly Finding[];
  /** What was found beside what the repository itself says: by who reads the disk. */
  readonly problems?: readonly Problem[];
  /** Kinds of which no schema is known, as `group/version Kind`, and how many objects there are of each. */
  readonly withoutSchema?: ReadonlyMap<string, number>;
  readonly showInfos: boolean;
}

export function checkedOf({ clusters, problems }: Repository, options: CheckedOptions): Checked {
  const counts = { error: 0, warning: 0, info: 0 };
  const unbuilt = clusters.flatMap(notBuilt);
  const said = new Set(unbuilt.map(({ file, why }) => JSON.stringify([file, why])));
  for (const finding of options.findings) counts[severityOf(finding)]++;
  return {
    findings: options.findings.filter((finding) => options.showInfos || severityOf(finding) !== 'info').sort(byPlace),
    counts,
    clusters: clusters.map((cluster) => ({
      name: cluster.name,
      kustomizations: cluster.kustomizations.length,
      objects: cluster.kustomizations.reduce((sum, { objects }) => sum + objects.length, 0),
    })),
    notChecked: [
      ...unbuilt,
      ...distinct([...problems, ...(options.problems ?? [])])
        .filter(({ file, what }) => !said.has(JSON.stringify([file, what])))
        .map(({ file, what }) => ({ file, why: what })),
      ...[...(options.withoutSchema ?? [])].sort().map(([name, objects]) => ({ name, objects, why: 'there is no schema of this kind' })),
    ],
  };
}

function notBuilt({ name, kustomizations }: EffectiveCluster): readonly (NotChecked & { readonly file: string })[] {
  return kustomizations.flatMap(({ id, failure }) => (failure ? [{ name: `${name}: ${id}`, file: failure.file, why: failure.what }] : []));
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify([problem.file, problem.what]), problem])).values()];
}

/** The order of reports: what belongs to no Flux Kustomization first, then one after the other, file by file. */
function byPlace(a: Finding, b: Finding): number {
  const keys = (one: Finding) => [one.kustomization ?? '', one.file, one.line ?? 0, one.rule, one.where, one.what] as const;
  const [left, right] = [keys(a), keys(b)];
  for (const [index, key] of left.entries()) {
    const other = right[index] ?? '';
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}
