import { scopeOf } from '../../charts';
import { type EffectiveCluster, type EffectiveObject, type FluxKustomization, ofKind } from '../../effective';
import { isBuiltIn } from '../../flux/built-in-groups';
import { absence } from '../absence';
import { isBootstrapped } from '../bootstrapped';
import { countedKinds } from '../counted';
import { readinessOf, waitsFor } from '../readiness';
import { releasesOf } from '../releases';
import { at, defineRule, groupOf, textAt, type Violation } from '../rule';
import { mayBeUnseen, mayHoldUnseen } from '../unseen';

/** There before Flux is. */
const MADE_BY_KUBERNETES: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

/** Source: kustomize-controller applies Namespaces and CRDs in a stage of their own; everything else is dry-run as one. */
export const namespaceFromAncestor = defineRule({
  name: 'namespace-from-ancestor',
  ids: ['F05', 'F02'],
  claim: 'every namespace that objects live in is made before them',
  because: 'the API server refuses objects of a namespace that is not there, and with them everything else of the same Flux Kustomization',
  evidence: 'fluxcd/pkg, ssa/manager_apply.go, ApplyAllStaged',
  severity: 'error',
  fix: 'make the Namespace in the same Flux Kustomization, or depend on the one that does',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const makers = makersOf(cluster);
      const isThere = new Set([...MADE_BY_KUBERNETES, cluster.root.namespace]);
      for (const consumer of cluster.kustomizations) {
        for (const [namespace, objects] of byNamespace(consumer.objects)) {
          if (isThere.has(namespace)) continue;
          const those = makers.get(namespace) ?? [];
          if (those.some((maker) => comesBefore(cluster, maker, consumer)) || mayHoldUnseen(cluster, consumer, [namespace])) continue;
          const [maker] = those;
          const severity = absence(cluster);
          if (!maker && (severity === undefined || mayBeUnseen(cluster, [namespace]) || isBootstrapped(repository, [namespace]))) continue;
          const what = `${countedKinds(objects)} in namespace ${namespace}`;
          if (maker) yield late(consumer, maker, what);
          else {
            yield {
              on: consumer,
              at: 'spec.path',
              found: `${consumer.id} applies ${what}, which nothing in cluster ${cluster.name} makes`,
              fix: `add a Namespace ${namespace}, or correct the name`,
              ...(severity && { severity }),
            };
          }
        }
      }
    }
  },
});

/** A Namespace, or a HelmRelease that makes one. */
type Maker = EffectiveObject;

function makersOf(cluster: EffectiveCluster): ReadonlyMap<string, readonly Maker[]> {
  const makers = new Map<string, Maker[]>();
  const add = (namespace: string | undefined, maker: Maker): void => {
    if (namespace !== undefined) makers.set(namespace, [...(makers.get(namespace) ?? []), maker]);
  };
  for (const on of ofKind(cluster, 'Namespace', '')) add(textAt(on.object, 'metadata', 'name'), on);
  for (const { on, known } of releasesOf(cluster)) {
    if (at(on.object, 'spec', 'install', 'createNamespace') === true) add(textAt(on.object, 'spec', 'targetNamespace'), on);
    for (const namespace of known?.brought.namespaces ?? []) add(namespace, on);
  }
  return makers;
}

function comesBefore(cluster: EffectiveCluster, maker: Maker, consumer: FluxKustomization): boolean {
  const { isReadyBefore, isAppliedBefore } = readinessOf(cluster);
  if (maker.object.kind === 'Namespace') return maker.owner === consumer || isAppliedBefore(maker.owner, consumer);
  return maker.owner !== consumer && isReadyBefore(maker.owner, consumer) && waitsFor(maker.owner, maker);
}

function late(consumer: FluxKustomization, maker: Maker, what: string): Violation {
  const { owner } = maker;
  const beside = owner === consumer;
  return {
    on: consumer,
    at: beside ? 'spec.path' : 'spec.dependsOn',
    found: beside
      ? `${consumer.id} applies ${what}, which only its HelmRelease ${textAt(maker.object, 'metadata', 'name')} would make`
      : `${consumer.id} applies ${what}, which ${owner.id} makes, and does not wait for it`,
    fix: beside
      ? 'make the Namespace as a manifest beside it'
      : `add ${owner.name} to dependsOn, or make the Namespace here too, with ssa: IfNotPresent`,
  };
}

/** Objects by the namespace that they need; those whose kind may be cluster-scoped need none for certain. */
function byNamespace(objects: readonly EffectiveObject[]): ReadonlyMap<string, readonly EffectiveObject[]> {
  const found = new Map<string, EffectiveObject[]>();
  for (const on of objects) {
    const namespace = textAt(on.object, 'metadata', 'namespace');
    const group = groupOf(on.object);
    if (namespace === undefined || namespace.includes('${') || scopeOf(on.object.kind, group, isBuiltIn(group)) !== 'Namespaced') continue;
    const others = found.get(namespace);
    if (others) others.push(on);
    else found.set(namespace, [on]);
  }
  return found;
}
