import { BuildError } from './build';

/** Text that is no YAML, or none that we take. */
export class YamlError extends BuildError {
  constructor(
    kind: BuildError['kind'],
    file: string,
    /** From 1. */
    readonly line: number,
    what: string,
  ) {
    super(kind, file, `line ${line}: ${what}`);
  }
}
