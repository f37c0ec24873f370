import { type EffectiveCluster, objectsOf, type Repository } from '../../effective';
import { absence } from '../absence';
import { keysOf, makerOf, makesUnseen } from '../config-makers';
import { nearest } from '../nearest';
import { defineRule, textAt, type Violation } from '../rule';
import { keysNamed, type SecretReference, secretsOfPods } from '../secret-references';
import { type SecretSlot, type SlotFolder, slotFolders, slotOf } from '../secret-slots';
import { configNamed } from '../variable-sources';
import { few } from '../written-patches';

/** Only where a repository keeps a template for each Secret is it known which Secrets there are meant to be. */
export const secretSlots = defineRule({
  name: 'secret-slots',
  ids: ['S23'],
  claim: 'every Secret that is declared has its values, and every Secret that is read is declared, with the key',
  because: 'pods that read it wait in CreateContainerConfigError, and releases are not installed',
  evidence: 'specification, "Secrets"; Kubernetes 1.33: a container is not started before the Secrets it names are there',
  severity: 'error',
  fix: 'copy the template, fill it in, encrypt it with SOPS, and list it in the kustomization.yaml beside it',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const folders = slotFolders(repository, cluster);
      if (folders.length === 0) continue;
      for (const folder of folders) {
        yield* empty(cluster, folder);
        for (const slot of folder.slots.values()) yield* filled(cluster, slot);
      }
      yield* read(repository, cluster);
    }
  },
});

/** Slots that nobody filled: all of them in a repository that has no values yet, or one that was forgotten. */
function* empty(cluster: EffectiveCluster, { owner, slots, encrypted }: SlotFolder): Iterable<Violation> {
  const left = [...slots.values()].filter(
    ({ namespace, name }) =>
      configNamed(cluster, 'Secret', namespace, name).length === 0 && !encrypted.some((file) => file.startsWith(`${namespace}.${name}.`)),
  );
  const groups = encrypted.length === 0 ? [left] : [left.filter(({ optional }) => !optional), left.filter(({ optional }) => optional)];
  for (const group of groups) {
    if (group.length === 0) continue;
    const severity = encrypted.length > 0 && group.some(({ optional }) => !optional) ? 'error' : 'info';
    yield {
      on: owner,
      at: 'spec.path',
      found: `${group.length === 1 ? 'a Secret is' : `${group.length} Secrets are`} declared and ${group.length === 1 ? 'has' : 'have'} no values: ${few(group.map(({ namespace, name }) => `${namespace}/${name}`))}`,
      fix: `fill in the templates in ${owner.path}, encrypt them with sops as NAMESPACE.NAME.sops.yaml beside them, and list them in its kustomization.yaml`,
      severity,
    };
  }
}

function* filled(cluster: EffectiveCluster, { namespace, name, type, keys, file }: SecretSlot): Iterable<Violation> {
  for (const on of configNamed(cluster, 'Secret', namespace, name)) {
    const missing = keys.filter((key) => !keysOf(on.object).includes(key));
    if (missing.length > 0)
      yield {
        on,
        at: 'stringData',
        found: `no ${missing.join(' and no ')}, unlike ${file}`,
        fix: 'add the keys with sops, as the template has them',
      };
    const own = textAt(on.object, 'type') ?? 'Opaque';
    if (own !== type) {
      yield {
        on,
        at: 'type',
        found: `type ${own}, where ${file} has ${type}`,
        because: 'what reads it looks for the keys of the other type, and the type of a Secret that is there cannot be changed',
        fix: `make it ${type}; in a cluster that has it already, delete it first`,
      };
    }
  }
}

/** What workloads read, and what custom resources and charts name by its key. */
function* read(repository: Repository, cluster: EffectiveCluster): Iterable<Violation> {
  const severity = absence(cluster);
  for (const on of objectsOf(cluster)) {
    const said = new Set<string>();
    for (const reference of secretsOfPods(on)) {
      const { namespace, name, at } = reference;
      const keys = known(repository, cluster, reference);
      if (keys) yield* withKey(reference, keys);
      else if (
        severity !== undefined &&
        !said.has(name) &&
        !makerOf(cluster, 'Secret', namespace, name) &&
        !makesUnseen(cluster, namespace)
      ) {
        said.add(name);
        yield { on, at, found: `nothing makes Secret ${namespace}/${name}`, fix: meant(repository, cluster, reference), severity };
      }
    }
    for (const reference of keysNamed(on)) {
      const keys = known(repository, cluster, reference);
      if (keys && slotOf(repository, cluster, reference.namespace, reference.name)) yield* withKey(reference, keys);
    }
  }
}

/** Keys of a Secret that is declared or applied; undefined where it is neither. */
function known(repository: Repository, cluster: EffectiveCluster, { namespace, name }: SecretReference): readonly string[] | undefined {
  const made = configNamed(cluster, 'Secret', namespace, name);
  const slot = slotOf(repository, cluster, namespace, name);
  return slot || made.length > 0 ? [...(slot?.keys ?? []), ...made.flatMap(({ object }) => keysOf(object))] : undefined;
}

function* withKey({ on, at, namespace, name, key }: SecretReference, keys: readonly string[]): Iterable<Violation> {
  if (key === undefined || keys.includes(key)) return;
  const near = nearest(key, keys);
  yield {
    on,
    at,
    found: `Secret ${namespace}/${name} has no key ${key}`,
    fix: near === undefined ? `name one of its keys: ${few([...keys]) || 'it has none'}` : `there is ${near}: correct the key`,
  };
}

function meant(repository: Repository, cluster: EffectiveCluster, { namespace, name }: SecretReference): string {
  const names = slotFolders(repository, cluster).flatMap(({ slots }) =>
    [...slots.values()].filter((slot) => slot.namespace === namespace).map((slot) => slot.name),
  );
  const near = nearest(name, names);
  return near === undefined ? 'declare it, in code this.secret(…), or correct the name' : `${near} is declared: correct the name`;
}
