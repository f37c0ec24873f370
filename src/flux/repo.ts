import { App } from 'cdk8s';
import { Construct } from 'constructs';
import type { Acceptance } from './component';

export interface FluxRepoProps {
  /** Address that Flux clones, `ssh://git@host/owner/repo.git`. */
  readonly url: string;
  /** Branch that Flux watches; the content of `dist/` is what lands there. */
  readonly branch: string;
}

/**
 * The GitOps repository: a cdk8s App whose charts are components and whose output is the tree that Flux reads. `layout` turns
 * it into files; `App.synth` is not used, because it can neither make this tree nor leave a file alone.
 */
export class FluxRepo extends App {
  readonly url: string;
  readonly branch: string;
  /** Scope of the components. */
  readonly components: Construct;
  /** Scope of the clusters. */
  readonly clusters: Construct;
  readonly accepted: readonly Acceptance[] = [];

  constructor(props: FluxRepoProps) {
    super();
    this.url = props.url;
    this.branch = props.branch;
    this.components = new Construct(this, 'namespaces');
    this.clusters = new Construct(this, 'clusters');
  }

  /** The file an author changes to change what is the same for all clusters. */
  get sourceFile(): string {
    return 'src/platform.ts';
  }

  /**
   * Lets anything in any cluster break a rule, for a reason that holds everywhere. A finding once nothing breaks it.
   *
   * @param until the last day on which it holds, `2027-01-31`; for ever where none is given
   */
  accept(rule: string, because: string, until?: string): void {
    (this.accepted as Acceptance[]).push({ rule, because, until });
  }

  /** Refuses: cdk8s would write a second, flat tree beside the real one. */
  override synth(): never {
    throw new Error('FluxRepo.synth() writes nothing: `layout(repo)` gives the files and `npm run synth` writes them');
  }
}
