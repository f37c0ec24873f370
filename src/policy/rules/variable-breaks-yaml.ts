import type { EffectiveObject, FluxKustomization } from '../../effective';
import { objectsOf } from '../../effective';
import { type DollarText, dollarTexts, expressionsIn, expressionsOf, isSubstituted } from '../expressions';
import { listed } from '../phrase';
import { defineRule, leaves, type Violation } from '../rule';

/** Source: Flux substitutes in the YAML text that kustomize printed, and reads that text again. */
export const variableBreaksYaml = defineRule({
  name: 'variable-breaks-yaml',
  ids: ['F64'],
  claim: 'what a variable brings stays within its field',
  because: 'the quotes of the file are gone by then: the build fails, or a part of the value is taken for YAML or for a comment',
  evidence: 'fluxcd/flux2#3520',
  severity: 'error',
  fix: 'give the variable a value without ": ", " #" and leading punctuation, or one with its quotes in it',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) for (const one of kustomizations) yield* broken(one);
    for (const on of objectsOf(repository)) if (on.object !== on.unsubstituted && isSubstituted(on)) yield* changed(on);
  },
});

const FIX = 'give the variable a value without ": ", " #" and leading punctuation, or one with its quotes in it';

function* broken({ substitution }: FluxKustomization): Iterable<Violation> {
  for (const { kind, on, what, at } of substitution.errors) {
    if (kind !== 'breaks-yaml' || !on) continue;
    const uses = expressionsOf(on.unsubstituted);
    const here = uses.filter((use) => use.at === at);
    const reason = what.replace(/\bline \d+: /, ''); // of a text that nobody sees
    const names = [...new Set((here.length > 0 ? here : uses).map(({ text }) => text))];
    yield { on, at: at ?? '', found: names.length === 0 ? reason : `${reason}; it holds ${listed(names)}`, fix: FIX };
  }
}

/** Fields that hold another text than the one that the values make, or that were not there. */
function* changed(on: EffectiveObject): Iterable<Violation> {
  const { values } = on.owner.substitution;
  const risky = dollarTexts(on.unsubstituted).filter((one) => isRisky(one, values));
  if (risky.length === 0) return;
  const after = new Map(leaves(on.object));
  for (const one of risky) {
    const { at, text } = one;
    const name = expressionsIn(one)[0]?.name ?? '';
    const meant = text.replace(/\$\{(\w+)\}/g, (_, key: string) => values.get(key) ?? '');
    const got = after.get(at);
    if (!after.has(at)) {
      yield { on, at, found: `the value of ${name} turns the text into more than one field`, fix: FIX };
    } else if (typeof got === 'string' && !isMeant(got, meant)) {
      yield { on, at, found: `of the value of ${name} the cluster gets another text than was given: ${lost(on, got, meant)}`, fix: FIX };
    }
  }
}

/** Whether a text is made of known values alone, and one of them has a character that YAML might take for its own. */
function isRisky(one: DollarText, values: ReadonlyMap<string, string>): boolean {
  if (one.text.includes('$$') || one.at === one.text) return false;
  const uses = expressionsIn(one);
  if (uses.some(({ name, operator }) => operator !== '' || name === undefined || !values.has(name))) return false;
  return uses.some(({ name }) => !HARMLESS.test(values.get(name ?? '') ?? ''));
}

/** Letters and figures, with `.`, `/`, `:`, `@`, `+` and `-` between them: whatever stands around it, YAML reads it as it is. */
const HARMLESS = /^\w([\w./:@+-]*\w)?$/;

/** What YAML leaves of a text by right: blanks around it, quotes that the value brought along. */
function isMeant(got: string, meant: string): boolean {
  const text = meant.trim();
  return (
    got.trim() === text ||
    (/^(["']).*\1$/s.test(text) && text.slice(1, -1).replace(/\\(.)|''/g, (pair, one: string) => one ?? pair[0] ?? '') === got)
  );
}

function lost({ object }: EffectiveObject, got: string, meant: string): string {
  if (object.kind === 'Secret') return 'YAML takes a part of it for something else';
  return `${JSON.stringify(short(got))} for ${JSON.stringify(short(meant))}`;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
