import type { Crds } from '../../charts';
import { type EffectiveCluster, type EffectiveObject, objectsOf, ofKind } from '../../effective';
import { type KnownRelease, releaseName, releasesOf } from '../releases';
import { defineRule, groupOf, nameOf, textAt, type Violation } from '../rule';
import { isLeftAlone } from '../webhook-match';

/** Source: server-side apply under one name, always with force; two owners of one object take it from each other at every interval. */
export const oneOwner = defineRule({
  name: 'one-owner',
  ids: ['F13'],
  claim: 'every object has one owner',
  because: 'the two take it from each other at every interval, and either of them may delete it',
  evidence: 'fluxcd/kustomize-controller#1724, fluxcd/kustomize-controller#732, fluxcd/flux2#5611',
  severity: 'error',
  fix: 'keep it in one Flux Kustomization; mark a stub with ssa: IfNotPresent',

  *check(repository) {
    for (const cluster of repository.clusters) {
      yield* twiceApplied(cluster);
      for (const release of releasesOf(cluster)) {
        yield* alsoInChart(cluster, release);
        yield* crdsTwice(cluster, release);
      }
    }
  },
});

/** Objects that two Flux Kustomizations apply, told once for each two of them. */
function* twiceApplied(cluster: EffectiveCluster): Generator<Violation> {
  const owners = new Map<string, EffectiveObject>();
  const pairs = new Map<string, { readonly first: EffectiveObject; readonly on: EffectiveObject; count: number }>();
  for (const on of objectsOf(cluster)) {
    if (isLeftAlone(on)) continue;
    const identity = `${groupOf(on.object)} ${nameOf(on.object)}`;
    if (identity.includes('${')) continue; // a value that nobody here knows: perhaps another in each
    const first = owners.get(identity);
    if (!first) owners.set(identity, on);
    else if (first.owner === on.owner) yield inTwoVersions(first, on);
    else if (!isSameDocument(first, on)) {
      const key = JSON.stringify([first.owner.id, on.owner.id]);
      const pair = pairs.get(key);
      if (pair) pair.count += 1;
      else pairs.set(key, { first, on, count: 1 });
    }
  }
  for (const { first, on, count } of pairs.values()) {
    const more = count > 1 ? `, and ${count - 1} more that ${on.owner.id} applies` : '';
    const from = first.origin.path === on.origin.path ? '' : `, from ${first.origin.path}`;
    yield {
      on,
      at: 'metadata.name',
      found: `${first.owner.id} applies the same object${from}${more}`,
      fix: count > 1 && from === '' ? 'let one of the two build another folder' : 'keep one of the two, or give one another name',
    };
  }
}

/** What kustomize takes for two objects, since it looks at the version, and the API server for one. */
function inTwoVersions(first: EffectiveObject, on: EffectiveObject): Violation {
  return {
    on,
    at: 'apiVersion',
    found: `${on.owner.id} applies the same object as ${first.object.apiVersion} too, from ${first.origin.path}`,
    because: 'to the API server it is one object: each run applies the one over the other, and what only the first has is lost',
    fix: 'keep one of the two, or give one another name',
  };
}

/** Whether both come from one document, so that path-once speaks of the file, once for all that is in it. */
function isSameDocument({ origin }: EffectiveObject, other: EffectiveObject): boolean {
  return origin.path === other.origin.path && origin.index === other.origin.index;
}

/** Objects of the tree that a chart renders too. */
function* alsoInChart(cluster: EffectiveCluster, release: KnownRelease): Generator<Violation> {
  if (!release.known?.exactVersion) return;
  for (const { kind, name, namespace } of release.known.brought.owns) {
    for (const on of ofKind(cluster, kind)) {
      if (textAt(on.object, 'metadata', 'name') !== name || textAt(on.object, 'metadata', 'namespace') !== namespace || isLeftAlone(on))
        continue;
      yield {
        on,
        at: 'metadata.name',
        found: `${releaseName(release)} makes the same object`,
        because: 'Helm and Flux take it from each other, and an uninstall deletes it',
        fix: 'remove it here and say it by values, or give it another name',
      };
    }
  }
}

/** CRDs that stand in the tree and come with a chart too. */
function* crdsTwice(cluster: EffectiveCluster, release: KnownRelease): Generator<Violation> {
  for (const crds of release.known?.exactVersion ? release.known.brought.crds : []) {
    const twice = ofKind(cluster, 'CustomResourceDefinition', 'apiextensions.k8s.io').filter((on) => isOf(on, crds));
    const [on] = twice;
    if (!on) continue;
    yield {
      on,
      at: 'spec.group',
      found: `${releaseName(release)} brings the CRDs of ${crds.group} too${twice.length > 1 ? `, ${twice.length} of them` : ''}`,
      because: 'two versions of one CRD alternate, and fields that one of them lacks are dropped',
      fix:
        crds.from === 'crds folder'
          ? 'set install.crds and upgrade.crds of the release to Skip, or leave the manifests out'
          : 'turn the CRDs of the chart off, or leave the manifests out',
      severity: crds.from === 'crds folder' ? 'warning' : 'error',
    };
  }
}

function isOf({ object }: EffectiveObject, { group, kinds }: Crds): boolean {
  return textAt(object, 'spec', 'group') === group && kinds.includes(textAt(object, 'spec', 'names', 'kind') ?? '');
}
