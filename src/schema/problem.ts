/** What is wrong with one field, as the API server or Helm would say it. */
export interface SchemaProblem {
  /** Dotted path, places in lists as `[0]`: `spec.rules[0].host`. Empty: the whole object. */
  readonly at: string;
  /** A sentence without its full stop; shows the value received, but never a Secret's. */
  readonly what: string;
  /** What to do, a sentence without its full stop. */
  readonly fix: string;
  readonly kind: ProblemKind;
  /** There is a rule that could not be evaluated here: nothing is known to be wrong. */
  readonly notChecked?: true;
}

export type ProblemKind = 'unknown-field' | 'type' | 'enum' | 'pattern' | 'required' | 'range' | 'format' | 'rule' | 'duplicate';
