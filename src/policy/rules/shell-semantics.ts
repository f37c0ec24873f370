import { objectsOf } from '../../effective';
import { alsoIn, expressionsOf, isSubstituted } from '../expressions';
import { defineRule } from '../rule';

/** Source: fluxcd/pkg/envsubst, which reads `:+` and `:?` as it reads `:-`. */
export const shellSemantics = defineRule({
  name: 'shell-semantics',
  ids: ['F68'],
  claim: 'no expression relies on :+ or :?, which Flux does not read as a shell does',
  because: 'Flux takes both for a default: ${NAME:+text} is text when NAME is unset, and ${NAME:?message} is the message',
  evidence: 'fluxcd/pkg, envsubst',
  severity: 'warning',
  fix: 'write ${NAME:=value} for a default, ${NAME} for what must be set, and $${ for a shell',

  *check(repository) {
    for (const on of objectsOf(repository)) {
      if (!isSubstituted(on)) continue;
      const uses = expressionsOf(on.unsubstituted).filter(({ operator }) => operator === ':+' || operator === ':?');
      const [first] = uses;
      if (!first) continue;
      const fix = `write $${first.text} where a shell shall read it, \${${first.name}:=…} for a default, \${${first.name}} for what must be set`;
      yield { on, at: first.at, found: `${first.text} is not what a shell reads${alsoIn(uses.length)}`, fix };
    }
  },
});
