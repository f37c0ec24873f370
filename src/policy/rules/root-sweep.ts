import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { isBootstrapped } from '../bootstrapped';
import { countedKinds } from '../counted';
import { type CrdNeed, unmetCrdNeeds } from '../crd-providers';
import { folderOf, isBelow } from '../folder';
import { listed } from '../phrase';
import { defineRule, groupOf, nameOf } from '../rule';
import { sweptByRoot } from '../swept-by-root';

/** Kinds that Flux knows from the start, and that need nothing else. */
const HARMLESS: ReadonlySet<string> = new Set(['ConfigMap', 'Secret', 'Namespace']);

/** Source: kustomize-controller applies all or nothing of a stage; the Flux Kustomizations below the root are in the same one. */
export const rootSweep = defineRule({
  name: 'root-sweep',
  ids: ['F31'],
  claim: 'the folder of the root says in a kustomization.yaml what the root applies',
  because:
    'without it every YAML file below is applied by the root: one that the cluster cannot take yet keeps all of them from being applied',
  evidence: 'fluxcd/kustomize-controller#175, fluxcd/flux2#5313',
  severity: 'error',
  fix: 'list there flux-system and the files with Flux Kustomizations, and nothing that these are to apply',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const { root } = cluster;
      const all = sweptByRoot(repository, cluster);
      if (all.length === 0) continue;
      const swept = all.filter(({ object }) => !isFlux(object) && !HARMLESS.has(object.kind));
      const needs = unmetCrdNeeds(cluster).filter((need) => need.consumer === root && !isBootstrapped(repository, wordsOf(need)));
      const early = new Set(needs.flatMap(({ objects }) => objects));
      const blocked = swept.filter((one) => early.has(one));
      const taken = builtToo(cluster, all);
      const fix = `write ${root.path === '' ? '' : `${root.path}/`}kustomization.yaml with what the root is to apply`;
      const [first] = swept;
      if (blocked.length > 0) {
        yield {
          on: root,
          at: 'spec.path',
          found: `the root sweeps up ${named(blocked)}, whose CRDs are not there when it begins`,
          because: 'the root applies all or nothing: the Flux Kustomizations that would bring the CRDs are not created either',
          fix,
        };
      } else if (taken.length > 0) {
        yield {
          on: root,
          at: 'spec.path',
          found: `the root sweeps up ${named(taken)}, which a Flux Kustomization below it applies too`,
          fix,
        };
      } else if (first) {
        yield { on: root, at: 'spec.path', found: `the root sweeps up ${named(swept)}`, fix, severity: 'warning' };
      }
    }
  },
});

/** Words by which a bootstrap would speak of what brings the CRDs. */
function wordsOf({ provider, objects }: CrdNeed): readonly string[] {
  const chart = provider.release?.known?.facts.chart;
  return [...objects.map(({ object }) => groupOf(object)), ...(chart === undefined ? [] : [chart])];
}

function isFlux(object: { readonly apiVersion: string }): boolean {
  return /\.fluxcd\.io$|^fluxcd\.controlplane\.io$/.test(groupOf(object));
}

/** Those that lie in a folder which another Flux Kustomization builds. */
function builtToo({ root, kustomizations }: EffectiveCluster, swept: readonly EffectiveObject[]): readonly EffectiveObject[] {
  const paths = new Set(kustomizations.map(({ path }) => path).filter((path) => path !== root.path && isBelow(path, root.path)));
  return swept.filter(({ origin }) => {
    for (let folder = folderOf(origin.path); folder !== root.path && folder !== ''; folder = folderOf(folder))
      if (paths.has(folder)) return true;
    return false;
  });
}

function named(objects: readonly EffectiveObject[]): string {
  const files = [...new Set(objects.map(({ origin }) => origin.path))];
  return objects.length === 1
    ? `${nameOf(objects[0]?.object ?? { kind: '' })} (${files[0]})`
    : `${countedKinds(objects)} (${listed(files)})`;
}
