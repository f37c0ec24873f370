import { type KnownRelease, releasesOf } from '../releases';
import { at, defineRule, textAt, type Violation } from '../rule';

/** Source: helm-controller, internal/reconcile/atomic_release.go; between two attempts of an install the release is uninstalled. */
export const installRetriesUninstall = defineRule({
  name: 'install-retries-uninstall',
  ids: ['F21'],
  claim: 'no release whose uninstall takes CRDs, volumes or the network along is uninstalled between attempts',
  because: 'a first install that is only slow is taken away again, with everything that had come to rest on it',
  evidence: 'fluxcd/helm-controller#592, cozystack/cozystack#3555',
  severity: 'error',
  fix: 'set install.strategy: {name: RetryOnFailure}',

  *check(repository) {
    for (const cluster of repository.clusters) for (const release of releasesOf(cluster)) yield* uninstalled(release);
  },
});

function* uninstalled(release: KnownRelease): Generator<Violation> {
  const { on } = release;
  const install = at(on.object, 'spec', 'install');
  const retries = at(install, 'remediation', 'retries');
  if (typeof retries !== 'number' || retries === 0 || textAt(install, 'strategy', 'name') === 'RetryOnFailure') return;
  const lost = lostBy(release);
  if (!lost) return;
  yield {
    on,
    at: 'spec.install.remediation.retries',
    found: `retries: ${retries} uninstalls the release between attempts, which takes ${lost.what} along`,
    fix: 'use install.strategy: {name: RetryOnFailure, retryInterval: 2m} instead; in code: onFailure: retry',
    severity: lost.severity,
  };
}

function lostBy({ known }: KnownRelease): { readonly what: string; readonly severity: 'error' | 'warning' } | undefined {
  if (!known) return undefined;
  const groups = known.brought.crds.filter(({ from }) => from === 'templates').map(({ group }) => group);
  if (groups.length > 0) return { what: `the CRDs of ${groups.join(', ')} and every object of their kinds`, severity: 'error' };
  if (known.facts.role === 'cni') return { what: 'the network of the cluster', severity: 'warning' };
  const [volume, ...others] = known.brought.volumes;
  if (!volume) return undefined;
  return { what: `${volume.kind} ${volume.name}${others.length > 0 ? ` and ${others.length} more` : ''}`, severity: 'warning' };
}
