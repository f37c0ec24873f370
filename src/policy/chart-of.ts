import { type EffectiveCluster, type EffectiveObject, ofKind } from '../effective';
import { at, textAt } from './rule';

/** The chart of a release, as far as the repository tells. */
export interface ReleasedChart {
  readonly name: string;
  /** A constraint, or the one version; undefined where any is taken. */
  readonly version: string | undefined;
  /** Address of the repository that holds it; undefined where its object is not there. */
  readonly repository: string | undefined;
}

/** The chart that a HelmRelease installs; undefined where it names none by name. */
export function chartOf({ object }: EffectiveObject, cluster: EffectiveCluster): ReleasedChart | undefined {
  const namespace = textAt(object, 'metadata', 'namespace');
  const name = textAt(object, 'spec', 'chart', 'spec', 'chart');
  if (name !== undefined) {
    const source = at(object, 'spec', 'chart', 'spec', 'sourceRef');
    if (textAt(source, 'kind') !== 'HelmRepository') return undefined;
    const repository = sourceOf(cluster, source, namespace);
    return { name, version: textAt(object, 'spec', 'chart', 'spec', 'version'), repository: textAt(repository, 'spec', 'url') };
  }
  const reference = at(object, 'spec', 'chartRef');
  if (textAt(reference, 'kind') !== 'OCIRepository') return undefined;
  const source = sourceOf(cluster, reference, namespace);
  const [, repository, chart] = /^(oci:\/\/.+)\/([^/]+)$/.exec(textAt(source, 'spec', 'url') ?? '') ?? [];
  if (repository === undefined || chart === undefined) return undefined;
  return { name: chart, version: textAt(source, 'spec', 'ref', 'semver') ?? textAt(source, 'spec', 'ref', 'tag'), repository };
}

function sourceOf(cluster: EffectiveCluster, reference: unknown, namespace: string | undefined): unknown {
  const wanted = [textAt(reference, 'namespace') ?? namespace, textAt(reference, 'name')].join('/');
  return ofKind(cluster, textAt(reference, 'kind') ?? '').find(
    ({ object }) => [textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name')].join('/') === wanted,
  )?.object;
}
