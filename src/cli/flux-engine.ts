import { inspect } from '../effective';
import type { FluxRepo } from '../flux';
import { audit, rules } from '../policy';
import type { Engine } from './engine';
import { linesOf } from './lines';
import { judged, type SynthesisContext } from './synth';
import { withoutSchema } from './without-schema';

/** The real one. */
export function fluxEngine(repository: () => FluxRepo, context: SynthesisContext): Engine {
  const { schemas, today } = context;
  return {
    rules,
    own: () => {
      const { findings, ...made } = judged(repository(), context, linesOf);
      return { repository: made.repository, findings, withoutSchema: withoutSchema(made.repository, { schemas }) };
    },
    inspect: (files, cluster) => inspect(files, { ...(cluster !== undefined && { cluster }) }),
    examine: (read, names) => ({
      repository: read,
      withoutSchema: withoutSchema(read, { schemas }),
      findings: audit(
        read,
        { schemas },
        { today, lineOf: linesOf(read.files), ...(names && { rules: rules.filter(({ name }) => names.includes(name)) }) },
      ),
    }),
  };
}
