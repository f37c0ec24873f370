import { join, sep } from 'node:path';
import type { Finding } from '../flux/finding';
import { check } from './check';
import type { CheckOptions } from './check-options';
import type { Engine } from './engine';
import { UsageError } from './refused-arguments';

/** What cdk8s-cli hands to a validation, as far as it is used here; the package does not export its own types. */
export interface ValidationContext {
  /** Paths of the files that were written. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly ViolatingResource[];
}

interface ViolatingResource {
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}

/** A class of cdk8s-cli's kind. */
export type ValidationClass = new (properties?: ValidationProperties) => { validate(context: ValidationContext): Promise<void> };

/** `properties` of a validation in cdk8s.yaml, as they are written there. */
export interface ValidationProperties extends Pick<CheckOptions, 'cluster' | 'strict' | 'info' | 'rule' | 'skip'> {
  /** Root of the Flux repository, relative to where cdk8s runs. @default the folder that all manifests have in common */
  readonly root?: string;
}

/**
 * Makes the class that `validations` of cdk8s.yaml names: `strata check` over what `cdk8s synth` wrote.
 *
 * ```yaml
 * validations:
 *   - package: ./build/cdk8s-validation
 *     class: StrataValidation
 *     version: 0.1.0
 *     properties: { strict: true, skip: [no-ip-block] }
 * ```
 */
export function cdk8sValidation(engine: () => Engine): ValidationClass {
  return class StrataValidation {
    constructor(private readonly properties: ValidationProperties = {}) {}

    async validate({ manifests, report }: ValidationContext): Promise<void> {
      const { root = commonFolder(manifests), strict, ...options } = this.properties;
      const checked = check(engine(), { ...options, folder: root });
      const { error, warning, info } = checked.counts;
      for (const violation of violations(checked.findings, root)) report.addViolation(violation);
      const notChecked = checked.notChecked.map(({ name, file, why }) => `${[name, file].filter(Boolean).join(', ')}: ${why}`);
      report.submit(error > 0 || (strict && warning > 0) ? 'failure' : 'success', {
        Errors: String(error),
        Warnings: String(warning),
        Infos: String(info),
        ...(notChecked.length > 0 && { 'Not checked': notChecked.join('\n') }),
      });
    }
  };
}

/** Findings of one rule that are mended in one way are one violation of several resources. */
function violations(findings: readonly Finding[], root: string): readonly Violation[] {
  const grouped = new Map<string, Violation & { violatingResources: ViolatingResource[] }>();
  for (const { rule, file, line, what, where, why, fix } of findings) {
    const key = JSON.stringify([rule, why, fix]);
    const known = grouped.get(key) ?? { ruleName: rule, recommendation: why, fix, violatingResources: [] };
    const [resourceName = where, ...at] = where.split(', ');
    const place = [...at, ...(line === undefined ? [] : [`line ${line}`])].join(', ');
    known.violatingResources.push({ resourceName, locations: [place === '' ? what : `${place}: ${what}`], manifestPath: join(root, file) });
    grouped.set(key, known);
  }
  return [...grouped.values()];
}

/** The folder below which all of them lie. */
function commonFolder(manifests: readonly string[]): string {
  const [first, ...others] = manifests.map((path) => path.split(/[/\\]/).slice(0, -1));
  if (!first) throw new UsageError([NO_MANIFESTS]);
  const depth = others.reduce((least, steps) => {
    const differs = first.findIndex((step, index) => steps[index] !== step);
    return Math.min(least, differs === -1 ? first.length : differs);
  }, first.length);
  return first.slice(0, depth).join(sep) || '.';
}

const NO_MANIFESTS: Finding = {
  rule: 'nothing-to-check',
  file: 'cdk8s.yaml',
  what: 'cdk8s wrote no manifest',
  where: 'output',
  why: 'there is nothing that could be checked',
  fix: 'see that `app` writes its manifests to the folder that `output` names',
};
