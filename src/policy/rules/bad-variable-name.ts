import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { listed } from '../phrase';
import { defineRule, mapAt, type Violation } from '../rule';
import { configNamed, variableSourcesOf } from '../variable-sources';

/** Source: fluxcd/pkg/kustomize, varsub: `^[_[:alpha:]][_[:alpha:][:digit:]]*$`. */
const NAME = /^[_a-zA-Z][_a-zA-Z0-9]*$/;

/** Source: fluxcd/pkg/kustomize holds every key against the pattern, whether anything uses it or not. */
export const badVariableName = defineRule({
  name: 'bad-variable-name',
  ids: ['F65'],
  claim: 'every key that postBuild brings is the name of a variable',
  because: 'one key that is none fails the whole Flux Kustomization, whether anything uses it or not',
  evidence: 'fluxcd/flux2#1003; fluxcd/pkg, kustomize: SubstituteVariables',
  severity: 'error',
  fix: 'name it with letters, digits and _, or keep it in another ConfigMap or Secret',

  *check(repository) {
    for (const cluster of repository.clusters) {
      yield* inSources(cluster);
      for (const on of cluster.kustomizations) {
        const names = badOf(mapAt(on.spec, 'postBuild', 'substitute'));
        if (names.length === 0) continue;
        const { found, fix } = said(names);
        yield { on, at: 'spec.postBuild.substitute', found, fix: `${fix}, with letters, digits and _` };
      }
    }
  },
});

/** One finding for each ConfigMap or Secret, however many read it. */
function* inSources(cluster: EffectiveCluster): Iterable<Violation> {
  const users = new Map<EffectiveObject, string[]>();
  for (const { kind, name, user, namespace } of cluster.kustomizations.flatMap((one) =>
    variableSourcesOf(one).map((source) => ({ ...source, user: one.id, namespace: one.namespace })),
  )) {
    for (const on of configNamed(cluster, kind, namespace, name)) users.set(on, [...(users.get(on) ?? []), user]);
  }
  for (const [on, readers] of users) {
    const field = on.object.kind === 'Secret' && Object.keys(mapAt(on.object, 'stringData')).length > 0 ? 'stringData' : 'data';
    const names = badOf({ ...mapAt(on.object, 'data'), ...(on.object.kind === 'Secret' && mapAt(on.object, 'stringData')) });
    const [first] = names;
    if (first === undefined) continue;
    const { found, fix } = said(names);
    yield {
      on,
      at: `${field}.${first}`,
      found: `${found}, and ${listed(readers)} ${readers.length === 1 ? 'takes' : 'take'} it for one`,
      fix: `${fix}, with letters, digits and _, or keep it in an object that no postBuild names`,
    };
  }
}

function badOf(values: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(values)
    .filter((name) => !NAME.test(name))
    .sort();
}

function said(names: readonly string[]): { readonly found: string; readonly fix: string } {
  const all = listed(names.map((name) => JSON.stringify(name)));
  return names.length === 1
    ? { found: `key ${all} is no name of a variable`, fix: 'give it another name' }
    : { found: `keys ${all} are no names of variables`, fix: 'give them other names' };
}
