import { inspect } from '../effective';
import type { FluxRepo } from '../flux';
import { audit, rules } from '../policy';
import type { Engine } from './engine';
import { linesOf } from './lines';
import { judged, type SynthesisContext } from './synth';

/** The real one. */
export function fluxEngine(repository: () => FluxRepo, context: SynthesisContext): Engine {
  const { schemas, today } = context;
  return {
    rules,
    own: () => judged(repository(), context, linesOf),
    inspect: (files, cluster) => inspect(files, { ...(cluster !== undefined && { cluster }) }),
    examine: (read, names) => ({
      repository: read,
      findings: audit(
        read,
        { schemas },
        { today, lineOf: linesOf(read.files), ...(names && { rules: rules.filter(({ name }) => names.includes(name)) }) },
      ),
    }),
  };
}
