import type { EffectiveCluster, EffectiveObject, Repository } from '../../effective';
import { absence } from '../absence';
import { expressionsOf } from '../expressions';
import { listed } from '../phrase';
import { defineRule, leaves, mapAt, type Violation } from '../rule';
import { configNamed, variableSourcesOf } from '../variable-sources';

/** Source: the same folder is built for every cluster, each with its own values. */
export const variablesAgree = defineRule({
  name: 'variables-agree',
  ids: ['F60'],
  claim: 'the clusters of a repository define the same variables, and every variable is used',
  because: 'the first shared manifest that uses it fails in the cluster that lacks it',
  evidence: 'specification, "Environments"; fluxcd/kustomize-controller#1692',
  severity: 'warning',
  fix: 'define the variable in every cluster, or remove it where nothing uses it',

  *check(repository) {
    const sources = sourcesOf(repository);
    const used = new Map(repository.clusters.map((cluster) => [cluster, namesUsedIn(cluster)]));
    for (const places of sources.values()) yield* missingKeys(places, used);
    // Of a cluster that is not known whole nobody can say what it does not use.
    if (repository.clusters.some((cluster) => absence(cluster) === undefined)) return;
    const everywhere = new Set([...used.values()].flatMap((names) => [...names]));
    for (const places of sources.values()) yield* unusedKeys(places, everywhere);
  },
});

/** One ConfigMap of one cluster, as variables are taken from it. */
interface Source {
  readonly on: EffectiveObject;
  readonly cluster: EffectiveCluster;
  readonly keys: ReadonlySet<string>;
}

/** By kind and name; a Secret's keys count as a ConfigMap's, in clear or encrypted. */
function sourcesOf({ clusters }: Repository): ReadonlyMap<string, readonly Source[]> {
  const sources = new Map<string, Source[]>();
  for (const cluster of clusters) {
    const seen = new Set<EffectiveObject>();
    for (const kustomization of cluster.kustomizations) {
      for (const { kind, name } of variableSourcesOf(kustomization)) {
        for (const on of configNamed(cluster, kind, kustomization.namespace, name)) {
          if (seen.has(on)) continue;
          seen.add(on);
          const keys = new Set(['data', 'stringData'].flatMap((field) => Object.keys(mapAt(on.object, field))));
          const id = `${kind} ${kustomization.namespace}/${name}`;
          sources.set(id, [...(sources.get(id) ?? []), { on, cluster, keys }]);
        }
      }
    }
  }
  return sources;
}

function* missingKeys(places: readonly Source[], used: ReadonlyMap<EffectiveCluster, ReadonlySet<string>>): Iterable<Violation> {
  const all = new Set(places.flatMap(({ keys }) => [...keys]));
  for (const { on, keys, cluster } of places) {
    const missing = [...all].filter((key) => !keys.has(key)).sort();
    // What a cluster names and does not define falls back to a default, if it does not fail; the rest is only a difference.
    const named = missing.filter((key) => used.get(cluster)?.has(key));
    yield* missed(on, places, named, 'warning');
    yield* missed(
      on,
      places,
      missing.filter((key) => !named.includes(key)),
      'info',
    );
  }
}

function* missed(
  on: EffectiveObject,
  places: readonly Source[],
  keys: readonly string[],
  severity: 'warning' | 'info',
): Iterable<Violation> {
  const [first] = keys;
  if (first === undefined) return;
  const others = places.filter((other) => other.keys.has(first)).map(({ cluster }) => cluster.name);
  const [them, they] = keys.length > 1 ? ['them', 'are'] : ['it', 'is'];
  yield {
    on,
    at: `data.${first}`,
    found: `${listed(keys)} ${they} missing, and ${listed(others)} ${others.length === 1 ? 'has' : 'have'} ${them}`,
    fix: `define ${them} here too, or remove ${them} there`,
    severity,
    ...(severity === 'warning' && {
      because: 'a manifest of this cluster names it: its default is taken without a word, or the build fails',
    }),
  };
}

/** Names that the texts of a cluster ask for, those within defaults too. */
function namesUsedIn({ kustomizations }: EffectiveCluster): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { objects, object, substitution } of kustomizations) {
    if (!substitution.active) continue;
    for (const one of [object, ...objects.map(({ unsubstituted }) => unsubstituted)]) {
      for (const { name } of expressionsOf(one)) if (name !== undefined) used.add(name);
    }
  }
  return used;
}

function* unusedKeys(places: readonly Source[], used: ReadonlySet<string>): Iterable<Violation> {
  for (const { on, keys } of places) {
    const unused = [...keys].filter((key) => !used.has(key) && !isMentioned(key, on));
    const [first] = unused;
    if (first === undefined) continue;
    const it = unused.length === 1 ? 'it' : 'them';
    yield {
      on,
      at: `data.${first}`,
      found: `nothing uses ${listed(unused)}`,
      fix: `remove ${it}, or use ${it}`,
      severity: 'info',
      because: 'whoever changes its value expects a change in the cluster, and gets none',
    };
  }
}

/** Whether another value of the same object quotes it. */
function isMentioned(key: string, { object }: EffectiveObject): boolean {
  return leaves(mapAt(object, 'data')).some(([, value]) => typeof value === 'string' && value.includes(`\${${key}`));
}
