import type { Repository } from '../effective';
import type { Finding } from '../flux/finding';
import type { Files } from '../kustomize/files';
import type { RuleFacts } from './checked';

/** What the commands `check` and `render` ask of the rest of the program. */
export interface Engine {
  /** Every rule there is. */
  readonly rules: readonly RuleFacts[];
  /** The tree of this project, in memory: its clusters, and what is wrong with it. */
  readonly own: () => Examined;
  /** A repository that was read: its clusters, or the one whose root builds that folder. */
  readonly inspect: (files: Files, cluster?: string) => Repository;
  /** What these rules, or all, say of it. */
  readonly examine: (repository: Repository, rules?: readonly string[]) => Examined;
}

export interface Examined {
  readonly repository: Repository;
  readonly findings: readonly Finding[];
  /** Kinds of which no schema is known, as `group/version Kind`, and how many objects there are of each. */
  readonly withoutSchema?: ReadonlyMap<string, number>;
}
