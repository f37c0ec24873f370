import type { EffectiveObject, FluxKustomization } from '../../effective';
import { alsoIn, dollarTexts, expressionsIn } from '../expressions';
import { defineRule, leaves, type Violation } from '../rule';
import { isTextField } from '../text-fields';

/** Source: kustomize prints a text without the quotes that the file had, and Flux substitutes in what kustomize printed. */
export const variableFlipsType = defineRule({
  name: 'variable-flips-type',
  ids: ['F63'],
  claim: 'a variable in a field for text leaves a text',
  because: 'the API server refuses the object, and with it all that the Flux Kustomization applies at that stage',
  evidence: 'fluxcd/kustomize-controller#1129, fluxcd/kustomize-controller#1096, fluxcd/kustomize-controller#625, fluxcd/flux2#1839',
  severity: 'error',
  fix: 'write something around the variable that no number has, or give the variable a value in quotes of its own',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) for (const one of kustomizations) yield* flippedIn(one);
  },
});

/** One finding for each text that flips: it is one value that has to change. */
function* flippedIn({ objects }: FluxKustomization): Iterable<Violation> {
  const flips = new Map<string, { readonly first: Flip; places: number }>();
  for (const first of objects.flatMap(flipsOf)) {
    const known = flips.get(first.written);
    if (known) known.places++;
    else flips.set(first.written, { first, places: 1 });
  }
  for (const { first, places } of flips.values()) {
    const { on, at, written, value } = first;
    const [only] = expressionsIn({ at, text: written });
    yield {
      on,
      at,
      found: `${JSON.stringify(written)} becomes ${shown(value)}${alsoIn(places)}`,
      fix: `give ${only?.name ?? 'the variable'} a value that YAML reads as text, or one with its quotes in it ('"…"'), or set the field by a patch`,
      ...(value === null && { severity: 'warning' as const, because: 'the text is lost, and the field is empty' }),
    };
  }
}

interface Flip {
  readonly on: EffectiveObject;
  readonly at: string;
  readonly written: string;
  readonly value: unknown;
}

function flipsOf(on: EffectiveObject): readonly Flip[] {
  if (on.object === on.unsubstituted) return [];
  const written = dollarTexts(on.unsubstituted).filter(({ at }) => isTextField(on.object, at) && !isHidden(on, at));
  if (written.length === 0) return [];
  const after = new Map(leaves(on.object));
  return written.flatMap(({ at, text }) => {
    const value = after.get(at);
    if (value === undefined || typeof value === 'string') return [];
    // An empty value leaves nothing, which the API server takes for an empty text.
    const isLost = expressionsIn({ at, text }).some(({ name }) => name !== undefined && on.owner.substitution.values.get(name));
    return value !== null || isLost ? [{ on, at, written: text, value }] : [];
  });
}

/** Whether a value that nobody may see stands in a field: places in lists are written `[0]` here and `.0` there. */
function isHidden({ unknown }: EffectiveObject, at: string): boolean {
  return unknown?.has(at) === true || unknown?.has(at.replace(/\[(\d+)\]/g, '.$1')) === true;
}

function shown(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'boolean' ? `the boolean ${value}` : `the number ${JSON.stringify(value)}`;
}
