import {
  comesAfter,
  type EffectiveCluster,
  type EffectiveObject,
  type FluxKustomization,
  objectsOf,
  ofKind,
  reallyWaits,
  waitsFor,
} from '../../effective';
import { absence } from '../absence';
import { nearest } from '../nearest';
import { defineRule, groupOf, mapAt, textAt, type Violation } from '../rule';
import { isWhole } from '../whole';
import { few } from '../written-patches';

const SOURCES = 'source.toolkit.fluxcd.io';

/** A field that names where charts or manifests come from. */
interface Reference {
  readonly on: EffectiveObject | FluxKustomization;
  /** Who applies it, or is it. */
  readonly user: FluxKustomization;
  /** `spec.chartRef`. */
  readonly at: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Source: fluxcd/pkg kustomize 1.35: targetNamespace moves a source, and not the references to it. */
export const sourceExists = defineRule({
  name: 'source-exists',
  ids: ['F28'],
  claim: 'a source that a release or a Flux Kustomization names is there, and there in time',
  because: 'the controller looks for it for ever, and nothing that waits for it comes up',
  evidence: 'helm-controller 1.6 and kustomize-controller 1.9: a missing source is asked for again, without end; fluxcd/pkg kustomize 1.35',
  severity: 'error',
  fix: 'name a source that this Flux Kustomization, one it waits for or the root applies',

  *check(repository) {
    for (const cluster of repository.clusters) {
      if (ofKind(cluster, 'ResourceSet', 'fluxcd.controlplane.io').length > 0) continue; // makes objects that no file holds
      const sources = sourcesOf(cluster);
      const whole = isWhole(repository, cluster);
      const late = new Map<EffectiveObject, FluxKustomization[]>();
      const said = new Set<string>();
      for (const reference of referencesIn(cluster)) {
        const { user, kind, namespace, name } = reference;
        const key = `${user.id} ${kind} ${namespace}/${name}`;
        if (said.has(key) || isBootstrap(cluster, reference)) continue; // one cause, however many releases name it
        said.add(key);
        const found = sources.get(`${kind} ${namespace}/${name}`);
        const [source] = found ?? [];
        if (!found || !source) {
          if (whole) yield* missing(cluster, reference, sources);
        } else if (!found.some(({ owner }) => owner === user || comesAfter(user).has(owner))) {
          if (isNever(reference, source)) yield never(reference, source);
          else late.set(source, [...(late.get(source) ?? []), user]);
        }
      }
      for (const [source, users] of late) yield inTime(source, users);
    }
  },
});

/** Several Flux Kustomizations may apply one source, as with a component that each of them brings along. */
function sourcesOf(cluster: EffectiveCluster): ReadonlyMap<string, readonly EffectiveObject[]> {
  const found = new Map<string, EffectiveObject[]>();
  for (const one of objectsOf(cluster)) {
    if (groupOf(one.object) !== SOURCES) continue;
    const { namespace, name } = mapAt(one.object, 'metadata');
    const key = `${one.object.kind} ${namespace}/${name}`;
    const others = found.get(key);
    if (others) others.push(one);
    else found.set(key, [one]);
  }
  return found;
}

function* referencesIn(cluster: EffectiveCluster): Generator<Reference> {
  for (const user of cluster.kustomizations) {
    yield* reference(user, user, user.spec['sourceRef'], 'spec.sourceRef', 'GitRepository', user.namespace);
    for (const on of user.objects) {
      const group = groupOf(on.object);
      const own = textAt(on.object, 'metadata', 'namespace') ?? '';
      const spec = mapAt(on.object, 'spec');
      if (group === 'helm.toolkit.fluxcd.io' && on.object.kind === 'HelmRelease') {
        yield* reference(on, user, spec['chartRef'], 'spec.chartRef', '', own);
        yield* reference(on, user, mapAt(spec, 'chart', 'spec')['sourceRef'], 'spec.chart.spec.sourceRef', 'HelmRepository', own);
      }
      if (group === SOURCES && on.object.kind === 'HelmChart') {
        yield* reference(on, user, spec['sourceRef'], 'spec.sourceRef', 'HelmRepository', own);
      }
    }
  }
}

function* reference(
  on: Reference['on'],
  user: FluxKustomization,
  value: unknown,
  at: string,
  usual: string,
  own: string,
): Generator<Reference> {
  const name = textAt(value, 'name');
  const kind = textAt(value, 'kind') ?? usual;
  const isUnknown = 'owner' in on && ['kind', 'name', 'namespace'].some((field) => on.unknown?.has(`${at}.${field}`));
  if (name !== undefined && kind !== 'ExternalArtifact' && !isUnknown)
    yield { on, user, at, kind, name, namespace: textAt(value, 'namespace') ?? own };
}

/** What the root comes from is made before there is anything to apply it. */
function isBootstrap({ root }: EffectiveCluster, { kind, namespace, name }: Reference): boolean {
  const own = root.spec['sourceRef'];
  if (textAt(own, 'name') === name && (textAt(own, 'namespace') ?? root.namespace) === namespace) return true;
  return name === 'flux-system' && namespace === 'flux-system' && kind !== 'HelmRepository';
}

function* missing(
  cluster: EffectiveCluster,
  { on, user, at, kind, namespace, name }: Reference,
  sources: ReadonlyMap<string, readonly EffectiveObject[]>,
): Iterable<Violation> {
  const others = cluster.kustomizations.filter((one) => one !== on);
  const severity = absence({ ...cluster, kustomizations: others });
  if (severity === undefined) return;
  const ofKind = [...sources.keys()].filter((key) => key.startsWith(`${kind} `));
  const elsewhere = ofKind.find((key) => key.endsWith(`/${name}`));
  const target = textAt(user.spec, 'targetNamespace');
  const moved = elsewhere !== undefined && target !== undefined && elsewhere === `${kind} ${target}/${name}`;
  yield {
    on,
    at: `${at}.${elsewhere === undefined ? 'name' : 'namespace'}`,
    found: moved
      ? `there is no ${kind} ${namespace}/${name}: targetNamespace of ${user.id} moves it to ${target}, and leaves the reference as it is`
      : `there is no ${kind} ${namespace}/${name}`,
    fix: elsewhere !== undefined ? `there is ${elsewhere}: name its namespace` : known(kind, `${namespace}/${name}`, ofKind),
    severity,
  };
}

function known(kind: string, name: string, keys: readonly string[]): string {
  const near = nearest(`${kind} ${name}`, keys);
  return near === undefined ? `add the ${kind}, or name one that is there` : `there is ${near}: correct the name, or add the ${kind}`;
}

/** Whether a source comes only after what uses it is ready, which it is not without the source. */
function isNever({ on, user }: Reference, { owner }: EffectiveObject): boolean {
  return on === user ? comesAfter(owner).has(user) : reallyWaits(user) && waitsToBeMade(owner, user);
}

function never({ on, user, at, kind, namespace, name }: Reference, { owner }: EffectiveObject): Violation {
  return {
    on,
    at: `${at}.name`,
    found: `${kind} ${namespace}/${name} comes from ${owner.id}, which waits for ${user.id}`,
    because: 'each of the two waits for the other, and neither ever gets ready',
    fix: `apply it in ${user.id}, or in one that it waits for`,
  };
}

/** Of a source that comes whenever it comes: one finding, however many use it. */
function inTime(on: EffectiveObject, users: readonly FluxKustomization[]): Violation {
  const { id, name } = on.owner;
  return {
    on,
    at: 'metadata.name',
    found: `${few(users.map((user) => user.id))} ${users.length === 1 ? 'uses' : 'use'} it, and ${users.length === 1 ? 'does' : 'do'} not wait for ${id}`,
    because: 'at a bootstrap the controller asks for it every half minute until it happens to be there',
    fix: `add ${name} to dependsOn of ${users.length === 1 ? users[0]?.name : 'those'}, or apply the source beside what uses it`,
    severity: 'info',
  };
}

/** Whether a Flux Kustomization, or whoever applies it, waits until another is ready. */
function waitsToBeMade(one: FluxKustomization, other: FluxKustomization): boolean {
  for (let made: FluxKustomization | undefined = one; made && made !== other; made = made.parent)
    if (waitsFor(made).has(other)) return true;
  return false;
}
