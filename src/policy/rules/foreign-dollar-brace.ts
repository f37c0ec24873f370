import type { EffectiveObject, FluxKustomization } from '../../effective';
import { expressionsOf } from '../expressions';
import { defineRule, type Violation } from '../rule';

/** Source: fluxcd/pkg/envsubst, whose grammar is not a shell's. */
export const foreignDollarBrace = defineRule({
  name: 'foreign-dollar-brace',
  ids: ['F61'],
  claim: 'every ${ in a substituted object begins an expression of Flux',
  because: 'Flux cannot read it, fails the whole Flux Kustomization, and applies nothing of it',
  evidence: 'fluxcd/flux2#1003, controlplaneio-fluxcd/d2-infra#38, zebernst/homelab#1362',
  severity: 'error',
  fix: 'write $${ for the text ${, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) for (const one of kustomizations) yield* unreadable(one);
  },
});

/** One finding for each object: Flux stops at the first that it cannot read, an author wants to know how many there are. */
function* unreadable({ substitution }: FluxKustomization): Iterable<Violation> {
  const said = new Set<EffectiveObject>();
  for (const { kind, on, what, at } of substitution.errors) {
    if (kind !== 'syntax' || !on || said.has(on)) continue;
    said.add(on);
    const foreign = expressionsOf(on.unsubstituted).filter(({ name }) => name === undefined);
    const [first] = foreign;
    const more = foreign.length > 1 ? `, and ${foreign.length - 1} more in this object` : '';
    yield {
      on,
      at: first?.at ?? at ?? '',
      found: first ? `${JSON.stringify(shortened(first.text))} is no expression of Flux${more}` : what,
      fix: fixFor(first?.text),
    };
  }
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function fixFor(text = ''): string {
  const shell = /^\$\{([_a-zA-Z]\w*)([-?+])(.*)\}$/.exec(text);
  if (shell?.[2] === '-') return `write \${${shell[1]}:-${shell[3]}} for a default, or $${text} for the text itself`;
  const disable = 'annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled';
  return `write $\${ for the text \${, or ${disable}`;
}
