import { objectsOf } from '../../effective';
import { alsoIn, type DollarText, dollarTexts, isSubstituted } from '../expressions';
import { defineRule } from '../rule';

/** Pairs are taken from the left. */
const PAIR = /\$\$/g;
const DOLLARS = /\$+/g;

/** Source: fluxcd/pkg/envsubst, which takes every `$$` for an escaped dollar. */
export const doubleDollar = defineRule({
  name: 'double-dollar',
  ids: ['F62'],
  claim: 'no substituted object holds $$ that means two dollars',
  because: 'Flux makes one dollar of two: a shell reads another variable, a hash of a password is another one, $$(NAME) is expanded',
  evidence: 'keiretsu-labs/kubernetes-manifests#2287; fluxcd/pkg, envsubst',
  severity: 'error',
  fix: 'annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled, or write $$$$ for $$',

  *check(repository) {
    for (const on of objectsOf(repository)) {
      if (!isSubstituted(on)) continue;
      const texts = dollarTexts(on.unsubstituted).flatMap((one) => doubledIn(one));
      const first = texts.find(({ harmless }) => !harmless) ?? texts[0];
      if (!first) continue;
      yield {
        on,
        at: first.at,
        found: `${JSON.stringify(first.shown)} becomes ${JSON.stringify(first.becomes)}${alsoIn(texts.length)}`,
        fix: FIX,
        // Whoever escapes a dollar that needs no escape gets what was meant.
        ...(texts.every(({ harmless }) => harmless) && { severity: 'warning' as const, because: HARMLESS }),
      };
    }
  },
});

const FIX =
  'write $ where one dollar is meant, $$$$ where two are, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled';
const HARMLESS = 'Flux makes one dollar of two, and a dollar without a brace needs no escape: whoever reads the file expects two';

interface Doubled {
  readonly at: string;
  readonly shown: string;
  readonly becomes: string;
  /** Whether one dollar may well be what was meant: before a name, a parenthesis, or the end of a pattern. */
  readonly harmless: boolean;
}

function doubledIn({ at, text }: DollarText): readonly Doubled[] {
  return [...text.matchAll(DOLLARS)].flatMap(({ 0: run, index }) => {
    const next = text.slice(index + run.length, index + run.length + 20).split('\n', 1)[0] ?? '';
    // $${ and $$$${ are written by somebody who knows; so is an even number above two.
    if (run.length < 2 || next.startsWith('{') || (run.length % 2 === 0 && run.length > 2)) return [];
    const before =
      text
        .slice(Math.max(0, index - 12), index)
        .split('\n')
        .at(-1) ?? '';
    const shown = `${before}${run}${next}`;
    const becomes = shown.replace(PAIR, '$$');
    const isAnchor = /[^\s./=_-]$/.test(before) && /^(\W|$)/.test(next) && !/^[./]/.test(next);
    return [{ at, shown, becomes, harmless: run.length === 2 && (/^[\w(]/.test(next) || isAnchor) }];
  });
}
