/** `error`: it cannot work, or loses data. `warning`: it works by luck, or does harm later. `info`: style or speed. */
export type Severity = 'error' | 'warning' | 'info';

/** One thing that is wrong, in the four lines of which every message of ours is made. */
export interface Finding {
  /** Name of the rule, kebab-case: `undefined-variable`. */
  readonly rule: string;
  /** @default 'error' */
  readonly severity?: Severity;
  /** The file it is about, relative to the root of the tree, or the author's own line. */
  readonly file: string;
  /** Of the file, from 1. @default none: it is about the whole file, or nobody knows the line */
  readonly line?: number;
  /** The Flux Kustomization that applies it, after its cluster where it is so in one only: `production: flux-system/redis`. @default none */
  readonly kustomization?: string;
  /** What was found, with the value received; never a Secret's. */
  readonly what: string;
  /** Object and field: `HelmRelease ferry/ferry, spec.values.replicas`. */
  readonly where: string;
  /** What breaks in a cluster because of it. */
  readonly why: string;
  /** What to do. */
  readonly fix: string;
}

/** How grave a finding is. */
export function severityOf({ severity = 'error' }: Finding): Severity {
  return severity;
}

/** The finding as people read it: the file, its line and the rule, then what, where, why, fix. What is no error says so. */
export function say(finding: Finding): string {
  const severity = severityOf(finding);
  return [
    `${placeOf(finding)}: ${finding.rule}${severity === 'error' ? '' : ` (${severity})`}`,
    `  what   ${finding.what}`,
    `  where  ${finding.where}`,
    `  why    ${finding.why}`,
    `  fix    ${finding.fix}`,
  ].join('\n');
}

/** `namespaces/redis/helm-release.yaml:12`, or the file alone. */
export function placeOf({ file, line }: Finding): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** Thrown when the input cannot become a tree: carries all findings, not the first. */
export class Refused extends Error {
  /** The program and the file that loads it are two bundles, each with a copy of this class: it is known by what it carries. */
  static override [Symbol.hasInstance](value: unknown): value is Refused {
    return typeof value === 'object' && value !== null && 'name' in value && value.name === 'Refused' && 'findings' in value;
  }

  override readonly name = 'Refused';

  /** @param written what had already been written when it was thrown, in words; nothing, as a rule */
  constructor(
    readonly findings: readonly Finding[],
    readonly written = 'nothing was written',
  ) {
    super(findings.map(say).join('\n\n'));
  }
}

/** Throws one finding: for what an author wrote at one place and a constructor can see. */
export function refuse(finding: Finding): never {
  throw new Refused([finding]);
}
