import { type EffectiveCluster, type EffectiveObject, ofKind } from '../../effective';
import { at, defineRule, nameOf, textAt, type Violation } from '../rule';
import { hasUpperEnd } from '../version-range';

const SOURCES = 'source.toolkit.fluxcd.io';

/** In these the version stands in the chart's own folder, and the field is ignored. */
const FOLDERS: ReadonlySet<string> = new Set(['GitRepository', 'Bucket']);

/** Source: specification, "Standard HelmRelease"; HelmRelease v2, spec.chart.spec.version defaults to `*`; OCIRepository v1, spec.ref to `latest`. */
export const releaseVersion = defineRule({
  name: 'release-version',
  ids: ['S11'],
  claim: 'every release states which versions of its chart it accepts, with an upper end',
  because: 'the next version that somebody publishes would be rolled out to every cluster within the hour',
  evidence: 'specification, "Standard HelmRelease"; HelmRelease v2 and OCIRepository v1: absent means any',
  severity: 'warning',
  fix: 'pin the chart, or give a constraint that ends',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
      if (at(on.object, 'spec', 'chart') !== undefined) yield* ofChart(on, ['spec', 'chart', 'spec']);
    }
    for (const on of ofKind(repository, 'HelmChart', SOURCES)) yield* ofChart(on, ['spec']);
    for (const cluster of repository.clusters) {
      const charts = chartSources(cluster);
      for (const on of ofKind(cluster, 'OCIRepository', SOURCES)) yield* ofOciRepository(on, charts.has(nameOf(on.object)));
    }
  },
});

function* ofChart(on: EffectiveObject, path: readonly string[]): Iterable<Violation> {
  if (FOLDERS.has(textAt(on.object, ...path, 'sourceRef', 'kind') ?? '')) return;
  const version = textAt(on.object, ...path, 'version');
  if (on.unknown?.has([...path, 'version'].join('.')) || (version !== undefined && hasUpperEnd(version))) return;
  yield {
    on,
    at: [...path, 'version'].join('.'),
    found: version === undefined ? 'no version' : `${JSON.stringify(version)} has no upper end`,
    fix: 'state an exact version, or a constraint that ends: 1.19.x',
  };
}

/** @param isChart whether a release takes its chart from here: a tag that moves is usual for other artifacts */
function* ofOciRepository(on: EffectiveObject, isChart: boolean): Iterable<Violation> {
  if (['digest', 'semver', 'tag'].some((key) => on.unknown?.has(`spec.ref.${key}`))) return;
  const [digest, semver, tag] = ['digest', 'semver', 'tag'].map((key) => textAt(on.object, 'spec', 'ref', key));
  const fix = 'state ref.digest, ref.tag of one version, or ref.semver with an upper end: 1.19.x';
  if (digest === undefined && semver === undefined && tag === undefined) {
    yield { on, at: 'spec.ref', found: 'no ref, which means the tag latest', fix };
  } else if (isChart && digest === undefined && semver !== undefined && !hasUpperEnd(semver)) {
    yield { on, at: 'spec.ref.semver', found: `${JSON.stringify(semver)} has no upper end`, fix };
  } else if (isChart && digest === undefined && semver === undefined && tag === 'latest') {
    yield { on, at: 'spec.ref.tag', found: 'the tag latest', fix };
  }
}

/** OCIRepositories that releases name as their chart. */
function chartSources(cluster: EffectiveCluster): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { object } of ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
    if (textAt(object, 'spec', 'chartRef', 'kind') !== 'OCIRepository') continue;
    const namespace = textAt(object, 'spec', 'chartRef', 'namespace') ?? textAt(object, 'metadata', 'namespace');
    found.add(`OCIRepository ${namespace}/${textAt(object, 'spec', 'chartRef', 'name')}`);
  }
  return found;
}
