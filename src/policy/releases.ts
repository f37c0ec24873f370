import { chartOf, factsOf, groupsOf, type ReleaseFacts } from '../charts';
import { type EffectiveCluster, type EffectiveObject, ofKind } from '../effective';
import type { KubernetesObject } from '../flux';
import { at, nameOf, textAt } from './rule';

/** A HelmRelease of a cluster, and what is known of its chart. */
export interface KnownRelease {
  readonly on: EffectiveObject;
  /** Name of the chart; undefined where its reference leads nowhere. */
  readonly chart: string | undefined;
  /** Undefined for charts whose facts nobody has written down. */
  readonly known: ReleaseFacts | undefined;
  /** API groups of the CRDs it may bring; known of more charts than the rest. */
  readonly groups: readonly string[];
}

const known = new WeakMap<EffectiveCluster, readonly KnownRelease[]>();

/** Every HelmRelease of a cluster, its source looked up; worked out once. */
export function releasesOf(cluster: EffectiveCluster): readonly KnownRelease[] {
  const made = known.get(cluster) ?? lookedUp(cluster);
  known.set(cluster, made);
  return made;
}

const SOURCES = ['HelmRepository', 'OCIRepository', 'HelmChart'] as const;

function lookedUp(cluster: EffectiveCluster): readonly KnownRelease[] {
  const sources = new Map<string, KubernetesObject>();
  for (const kind of SOURCES) {
    for (const { object } of ofKind(cluster, kind, 'source.toolkit.fluxcd.io')) {
      sources.set(`${kind} ${textAt(object.metadata, 'namespace')}/${textAt(object.metadata, 'name')}`, object);
    }
  }
  return ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io').map((on) => {
    const ref = at(on.object, 'spec', 'chartRef') ?? at(on.object, 'spec', 'chart', 'spec', 'sourceRef');
    const namespace = textAt(ref, 'namespace') ?? textAt(on.object, 'metadata', 'namespace');
    const source = sources.get(`${textAt(ref, 'kind')} ${namespace}/${textAt(ref, 'name')}`);
    const facts = factsOf(on.object, source);
    return { on, chart: chartOf(on.object, source)?.chart, known: facts, groups: groupsOf(on.object, source, facts) };
  });
}

/** `HelmRelease cert-manager/cert-manager`, by which findings name it. */
export function releaseName({ on }: KnownRelease): string {
  return nameOf(on.object);
}
