import type { EffectiveCluster } from '../../effective';
import { isBootstrapped } from '../bootstrapped';
import { readinessOf, waitsFor } from '../readiness';
import { type KnownRelease, releaseName, releasesOf } from '../releases';
import { defineRule, textAt, type Violation } from '../rule';
import { mayHoldUnseen } from '../unseen';

const CRITICAL = 'system-node-critical';

/** Source: specification, "Linkerd + Cilium". */
export const linkerdAfterCilium = defineRule({
  name: 'linkerd-after-cilium',
  ids: ['S21'],
  claim: 'Linkerd comes after Cilium, and its CNI plugin before every pod that may be evicted',
  because:
    'the plugin is chained behind the configuration of Cilium: where that is not there yet, or the plugin is evicted, meshed pods do not come up',
  evidence: 'linkerd/linkerd2#2970, linkerd/linkerd2#12490',
  severity: 'error',
  fix: `depend on Cilium, and set priorityClassName: ${CRITICAL} for linkerd2-cni`,

  *check(repository) {
    for (const cluster of repository.clusters) {
      const releases = releasesOf(cluster);
      const cilium = releases.find(({ known }) => known?.facts.chart === 'cilium');
      const told = new Set<unknown>();
      for (const release of releases) {
        const role = release.known?.facts.role;
        if (role !== 'cni plugin' && role !== 'mesh') continue;
        if (cilium && !told.has(release.on.owner) && !isBootstrapped(repository, ['cilium'])) {
          told.add(release.on.owner);
          yield* tooEarly(cluster, release, cilium);
        }
        if (role === 'cni plugin') yield* evictable(release);
      }
    }
  },
});

function* tooEarly(cluster: EffectiveCluster, release: KnownRelease, cilium: KnownRelease): Generator<Violation> {
  const { owner } = release.on;
  const first = cilium.on.owner;
  const isAfter = owner !== first && readinessOf(cluster).isReadyBefore(first, owner) && waitsFor(first, cilium.on);
  if (isAfter || mayHoldUnseen(cluster, owner, ['cilium'])) return;
  yield {
    on: owner,
    at: 'spec.dependsOn',
    found: `${owner.id} installs ${releaseName(release)} and does not wait for ${releaseName(cilium)} of ${first.id}`,
    fix:
      owner === first
        ? 'put the two into Flux Kustomizations of their own'
        : `add ${first.name} to dependsOn, and let it wait for its release`,
  };
}

function* evictable({ on, known }: KnownRelease): Generator<Violation> {
  const priority = textAt(on.object, 'spec', 'values', 'priorityClassName');
  if (priority === CRITICAL || (priority === undefined && known?.openValues === true)) return;
  yield {
    on,
    at: 'spec.values.priorityClassName',
    found: priority === undefined ? 'the plugin has no priority' : `the plugin has priority ${priority}`,
    fix: `set it to ${CRITICAL}`,
  };
}
