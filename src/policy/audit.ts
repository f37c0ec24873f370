import type { Repository } from '../effective';
import type { Acceptance, Finding } from '../flux';
import { applyAcceptances } from './acceptance';
import { annotatedIn } from './annotated';
import { type CheckOptions, check, rules } from './check';
import type { Context } from './rule';

export interface AuditOptions extends CheckOptions {
  /** `2027-01-31`: whether an acceptance has expired. */
  readonly today: string;
  /** What authors accept in code, by source file. @default nothing */
  readonly accepted?: ReadonlyMap<string, readonly Acceptance[]>;
  /** Source file whose acceptances hold for everything. @default none */
  readonly everywhere?: string;
}

/** Everything that is wrong with a repository and that nobody accepts, then what is wrong with the acceptances. */
export function audit(repository: Repository, context: Context, options: AuditOptions): readonly Finding[] {
  const { accepted = new Map(), everywhere, today } = options;
  const reported = check(repository, context, options).map((one) =>
    everywhere === undefined ? one : { ...one, sources: [...one.sources, everywhere] },
  );
  const asked = options.rules && new Set(options.rules.map(({ name }) => name));
  const known = new Set(rules.map(({ name }) => name));
  return applyAcceptances(reported, { code: accepted, annotated: annotatedIn(repository), known, ...(asked && { asked }) }, today);
}
