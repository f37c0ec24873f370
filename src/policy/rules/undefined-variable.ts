import type { EffectiveObject, FluxKustomization } from '../../effective';
import { alsoIn, type Expression, expressionsOf } from '../expressions';
import { mutatesKustomizations } from '../mutated-kustomizations';
import { nearest } from '../nearest';
import { defineRule, type Violation } from '../rule';
import { variableSourcesOf } from '../variable-sources';

/** Source: fluxcd/pkg/envsubst under the gate StrictPostBuildSubstitutions, on by default since Flux 2.9. */
export const undefinedVariable = defineRule({
  name: 'undefined-variable',
  ids: ['F60'],
  claim: 'every variable that is substituted has a value or a default',
  because: 'Flux fails the whole Flux Kustomization: nothing in it is applied, and all that depends on it waits',
  evidence: 'fluxcd/kustomize-controller#1671, fluxcd/kustomize-controller#1692, fluxcd/flux2#5967',
  severity: 'error',
  fix: 'give the variable a value in every cluster, or a default: ${NAME:=value}',

  *check(repository) {
    for (const cluster of repository.clusters) {
      if (mutatesKustomizations(cluster)) continue; // it may bring the value
      for (const one of cluster.kustomizations) yield* undefinedIn(one);
    }
  },
});

function* undefinedIn(kustomization: FluxKustomization): Iterable<Violation> {
  const { substitution } = kustomization;
  const uses = new Map<string, { on: EffectiveObject; first: Expression; places: number }>();
  for (const { kind, on, what, at } of substitution.errors) {
    if (kind !== 'undefined-variable' || !on) continue;
    const missing = expressionsOf(on.unsubstituted).filter(
      ({ name, operator }) => name !== undefined && !DEFAULTS.has(operator) && !isKnown(name),
    );
    if (missing.length === 0) yield { on, at: at ?? '', found: what, fix: FIX };
    for (const first of missing) {
      const use = uses.get(first.name ?? '');
      if (use) use.places++;
      else uses.set(first.name ?? '', { on, first, places: 1 });
    }
  }
  for (const [name, { on, first, places }] of uses) {
    const like = nearest(name, substitution.values.keys());
    const fix =
      like === undefined
        ? fixFor(name, kustomization)
        : `write \${${like}}, or give ${name} a value; where the text itself is meant, write $${first.text}`;
    yield { on, at: first.at, found: `${name} has no value and no default${alsoIn(places)}`, fix };
  }

  function isKnown(name: string): boolean {
    return substitution.values.has(name) || substitution.unknown.has(name);
  }
}

function fixFor(name: string, kustomization: FluxKustomization): string {
  const source = variableSourcesOf(kustomization).find(({ kind }) => kind === 'ConfigMap');
  const where = source ? `ConfigMap ${source.name}` : 'postBuild.substitute';
  return `give ${name} a value in ${where}, or a default, \${${name}:=value}; where the text itself is meant, write $\${${name}}`;
}

const FIX = 'give it a value in what postBuild names, or a default, ${NAME:=value}; where the text itself is meant, write $${NAME}';

/** What brings a default along; `:+` and `:?` do as well, since Flux does not do what a shell does. */
const DEFAULTS: ReadonlySet<string> = new Set([':-', ':=', ':+', ':?', '=']);
