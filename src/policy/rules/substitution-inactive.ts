import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { ofKind } from '../../effective';
import { alsoIn, type Expression, expressionsOf, isLeftAlone } from '../expressions';
import { mutatesKustomizations } from '../mutated-kustomizations';
import { defineRule, listAt, mapAt, textAt, type Violation } from '../rule';

/** Source: fluxcd/pkg/kustomize, varsub: without a single variable nothing is substituted, unless substituteStrategy is Always. */
export const substitutionInactive = defineRule({
  name: 'substitution-inactive',
  ids: ['F67'],
  claim: 'a Flux Kustomization whose objects name variables substitutes them',
  because: 'without variables Flux leaves every text as it is: ${NAME} itself reaches the cluster',
  evidence: 'fluxcd/pkg, kustomize: SubstituteVariables; Kustomization v1, spec.postBuild.substituteStrategy',
  severity: 'warning',
  fix: 'add postBuild.substituteFrom, or annotate the object with kustomize.toolkit.fluxcd.io/substitute: disabled where the text is meant',

  *check(repository) {
    // where a webhook brings variables, what looks inactive is not
    for (const cluster of repository.clusters) if (!mutatesKustomizations(cluster)) yield* inactiveIn(cluster);
  },
});

/** One finding for each Flux Kustomization: it is one postBuild that is missing. */
function* inactiveIn(cluster: EffectiveCluster): Iterable<Violation> {
  const names = variablesOf(cluster);
  for (const { substitution, objects, id } of cluster.kustomizations) {
    if (substitution.active) continue;
    const uses = objects.flatMap((on) => meantIn(on, names).map((use) => ({ on, use })));
    const [first] = uses;
    if (!first) continue;
    const { on, use } = first;
    const fix = `add postBuild to the Flux Kustomization ${id}, or write the value itself`;
    yield { on, at: use.at, found: `${use.text} reaches the cluster as it is${alsoIn(uses.length)}`, fix };
  }
}

/** What the cluster's Flux Kustomizations could substitute: what some of them do, and the keys of what the root applies beside them. */
function variablesOf(cluster: EffectiveCluster): ReadonlySet<string> {
  const names = new Set<string>();
  const sources = new Set<string>();
  for (const { substitution, namespace, spec } of cluster.kustomizations) {
    for (const name of [...substitution.values.keys(), ...substitution.unknown]) names.add(name);
    for (const name of Object.keys(mapAt(spec, 'postBuild', 'substitute'))) names.add(name);
    for (const one of listAt(spec, 'postBuild', 'substituteFrom')) sources.add(`${namespace}/${textAt(one, 'name')}`);
  }
  for (const { object, owner } of ofKind(cluster, 'ConfigMap', '')) {
    const { name, namespace } = mapAt(object, 'metadata');
    if (owner !== cluster.root && !sources.has(`${namespace}/${name}`)) continue;
    const keys = Object.keys(mapAt(object, 'data'));
    // A file under a key, or one key that is no name, and Flux could not take it for variables.
    if (keys.every((key) => /^[_a-zA-Z]\w*$/.test(key))) for (const key of keys) names.add(key);
  }
  return names;
}

function meantIn({ object }: EffectiveObject, names: ReadonlySet<string>): readonly Expression[] {
  if (isLeftAlone(object) || object.kind === 'CustomResourceDefinition') return [];
  // A Flux Kustomization's patches belong to another build, and rule substitution-in-flux-spec speaks of its other fields.
  if (object.apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) return [];
  return expressionsOf(object).filter(({ name, operator }) => name !== undefined && names.has(name) && MEANT.has(operator));
}

/** String functions are left to shells, whose scripts hold them. */
const MEANT: ReadonlySet<string> = new Set(['', ':=', ':-', '=']);
