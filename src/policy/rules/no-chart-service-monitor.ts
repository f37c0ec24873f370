import type { EffectiveCluster } from '../../effective';
import { isBootstrapped } from '../bootstrapped';
import { crdProviders } from '../crd-providers';
import { readinessOf, waitsFor } from '../readiness';
import { type KnownRelease, releasesOf } from '../releases';
import { at, defineRule, leaves, textAt } from '../rule';
import { mayHoldUnseen } from '../unseen';

/** The switches that charts offer, whatever their case: serviceMonitor, servicemonitor, podMonitor, prometheusRule. */
const SWITCH = /(^|\.)(service-?monitor|pod-?monitor|prometheus-?rules?)\.(enabled|create)$/i;

const GROUP = 'monitoring.coreos.com';

/** Source: specification, "Monitoring Resource Split Pattern". */
export const noChartServiceMonitor = defineRule({
  name: 'no-chart-service-monitor',
  ids: ['S04'],
  claim: 'no chart creates its own ServiceMonitor, PodMonitor or PrometheusRule before their CRDs are there',
  because: 'on a cluster without the CRD the install fails, and what was installed is taken away again or left half done',
  evidence: 'specification, "Monitoring Resource Split Pattern"',
  severity: 'error',
  fix: 'turn the switch off, and define the monitor in the monitoring component',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const release of releasesOf(cluster)) {
        const switches = switchesOf(release);
        if (switches.length === 0 || comesAfterCrds(cluster, release) || isBootstrapped(repository, [GROUP, 'kube-prometheus-stack']))
          continue;
        const name = textAt(release.on.object, 'metadata', 'name');
        for (const { path, kind, certain } of switches) {
          yield {
            on: release.on,
            at: `spec.values.${path}`,
            found: `the chart would create ${kind} of its own, and nothing before it brings the CRD`,
            fix: `set it to false and define the monitor in ${name}-monitoring`,
            severity: certain ? 'error' : 'warning',
          };
        }
      }
    }
  },
});

interface Switch {
  readonly path: string;
  readonly kind: string;
  /** Whether the chart's templates were read; some others look whether the CRD is there. */
  readonly certain: boolean;
}

/** Values that make a chart render monitors: those it is known to have, or those that look like it. */
function switchesOf({ on, known }: KnownRelease): readonly Switch[] {
  const values = at(on.object, 'spec', 'values');
  if (known?.exactVersion) return known.brought.monitors.map(({ at: path, kind }) => ({ path, kind: `a ${kind}`, certain: true }));
  return leaves(values)
    .filter(([path, value]) => String(value) === 'true' && SWITCH.test(path))
    .map(([path]) => ({ path, kind: 'a monitor', certain: false }));
}

/** Whether the CRDs are there first: the chart brings them itself, or what it waits for does. */
function comesAfterCrds(cluster: EffectiveCluster, { on, groups }: KnownRelease): boolean {
  if (groups.includes(GROUP) || mayHoldUnseen(cluster, on.owner, [GROUP, 'prometheus'])) return true;
  const { isReadyBefore, isAppliedBefore } = readinessOf(cluster);
  return crdProviders(cluster)
    .of(GROUP, 'ServiceMonitor')
    .some(({ owner, by, release }) =>
      release === undefined
        ? owner === on.owner || isAppliedBefore(owner, on.owner)
        : (isReadyBefore(owner, on.owner) && waitsFor(owner, by)) || waitsInHelm(on.object, by.object),
    );
}

/** Whether a HelmRelease waits for another by its own dependsOn. */
function waitsInHelm(release: object, other: { readonly metadata?: object }): boolean {
  const own = textAt(release, 'metadata', 'namespace');
  const dependencies = at(release, 'spec', 'dependsOn');
  return (Array.isArray(dependencies) ? dependencies : []).some(
    (one) =>
      textAt(one, 'name') === textAt(other.metadata, 'name') && (textAt(one, 'namespace') ?? own) === textAt(other.metadata, 'namespace'),
  );
}
