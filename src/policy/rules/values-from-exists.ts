import { comesAfter, type EffectiveCluster, type EffectiveObject, ofKind } from '../../effective';
import { absence } from '../absence';
import { keysOf, makerOf, makesUnseen } from '../config-makers';
import { nearest } from '../nearest';
import { defineRule, listAt, mapAt, textAt, type Violation, at as valueAt } from '../rule';
import { slotOf } from '../secret-slots';
import { configNamed } from '../variable-sources';
import { isWhole } from '../whole';

/** A ConfigMap or Secret that a release takes values from. */
interface Reference {
  readonly on: EffectiveObject;
  /** `spec.valuesFrom[0]`. */
  readonly at: string;
  readonly kind: 'ConfigMap' | 'Secret';
  readonly namespace: string;
  readonly name: string;
  readonly key: string;
}

/** Source: HelmRelease v2, spec.valuesFrom: looked for in the release's own namespace; a missing one is an error unless it is optional. */
export const valuesFromExists = defineRule({
  name: 'values-from-exists',
  ids: ['F28'],
  claim: 'what a release takes values from is there, with the key it names, before the release',
  because: 'the release is not installed: Flux tries again, each time later, up to every quarter of an hour',
  evidence: 'helm-controller 1.6, internal/controller/helmrelease_controller.go; HelmRelease v2, spec.valuesFrom',
  severity: 'error',
  fix: 'name a ConfigMap or Secret of the same namespace, or state optional: true',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const on of ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
        for (const reference of referencesOf(on)) {
          const { kind, namespace, name } = reference;
          const made = configNamed(cluster, kind, namespace, name);
          const maker = made[0] ?? makerOf(cluster, kind, namespace, name);
          if (!maker && slotOf(repository, cluster, namespace, name)) continue; // declared, its values to come
          if (!maker && isWhole(repository, cluster)) yield* missing(cluster, reference);
          else if (maker) yield* inTime(reference, made.length > 0 ? made : [maker]);
          if (made.length > 0) yield* withKey(reference, made);
        }
      }
    }
  },
});

function referencesOf(on: EffectiveObject): readonly Reference[] {
  const namespace = textAt(on.object, 'metadata', 'namespace') ?? '';
  return listAt(on.object, 'spec', 'valuesFrom').flatMap((entry, index) => {
    const kind = textAt(entry, 'kind');
    const name = textAt(entry, 'name');
    const at = `spec.valuesFrom[${index}]`;
    if (valueAt(entry, 'optional') === true || name === undefined || on.unknown?.has(`spec.valuesFrom.${index}.name`)) return [];
    if (kind !== 'ConfigMap' && kind !== 'Secret') return [];
    return [{ on, at, kind, namespace, name, key: textAt(entry, 'valuesKey') ?? 'values.yaml' }];
  });
}

function* missing(cluster: EffectiveCluster, { on, at, kind, namespace, name }: Reference): Iterable<Violation> {
  const severity = absence(cluster);
  if (severity === undefined || makesUnseen(cluster, namespace, on)) return;
  const names = ofKind(cluster, kind, '').flatMap(({ object }) =>
    textAt(object, 'metadata', 'namespace') === namespace ? (textAt(object, 'metadata', 'name') ?? []) : [],
  );
  const hashed = names.find((one) => one.startsWith(`${name}-`) && /^[0-9a-z]{10}$/.test(one.slice(name.length + 1)));
  const near = nearest(name, names);
  yield {
    on,
    at: `${at}.name`,
    found: hashed === undefined ? `there is no ${kind} ${namespace}/${name}` : `there is no ${kind} ${namespace}/${name}, but ${hashed}`,
    fix:
      hashed !== undefined
        ? 'kustomize puts a hash behind the name and does not follow it into a HelmRelease: set generatorOptions.disableNameSuffixHash: true'
        : near === undefined
          ? `add it, in namespace ${namespace}, or state optional: true`
          : `there is ${near}: correct the name`,
    severity: kind === 'Secret' ? 'warning' : severity, // a Secret may have been made by hand
  };
}

function* inTime({ on, at, kind, namespace, name }: Reference, made: readonly EffectiveObject[]): Iterable<Violation> {
  const before = comesAfter(on.owner);
  if (made.some(({ owner }) => owner === on.owner || before.has(owner))) return;
  const [maker] = made;
  if (!maker) return;
  yield {
    on,
    at: `${at}.name`,
    found: `${kind} ${namespace}/${name} comes from ${maker.owner.id}, for which ${on.owner.id} does not wait`,
    because: 'where the release comes first, Flux tries again, each time later, up to every quarter of an hour',
    fix: `add ${maker.owner.name} to dependsOn of ${on.owner.name}`,
    severity: 'warning',
  };
}

function* withKey({ on, at, kind, namespace, name, key }: Reference, made: readonly EffectiveObject[]): Iterable<Violation> {
  if (
    made.some(
      ({ object }) =>
        keysOf(object).includes(key) || mapAt(object, 'metadata', 'annotations')['kustomize.toolkit.fluxcd.io/ssa'] !== undefined,
    )
  )
    return;
  const keys = made.flatMap(({ object }) => keysOf(object));
  const near = nearest(key, keys);
  yield {
    on,
    at: `${at}.valuesKey`,
    found: `${kind} ${namespace}/${name} has no key ${key}`,
    fix: near === undefined ? `name one of its keys: ${keys.slice(0, 5).join(', ') || 'it has none'}` : `there is ${near}: correct the key`,
  };
}
