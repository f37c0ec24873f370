import { type EffectiveCluster, ofKind } from '../../effective';
import type { KubernetesObject } from '../../flux';
import { at, defineRule, textAt } from '../rule';
import { isWhole } from '../whole';

/** Switches the default to RetryOnFailure, by an argument of helm-controller. */
const GATE = 'DefaultToRetryOnFailure=true';

/** Where that argument may stand. */
const CONTROLLER_KINDS = ['Deployment', 'FluxInstance', 'HelmRelease'];

/** Source: helm-controller 1.6, api/v2 InstallRemediation: retries default to 0. */
export const releaseRetries = defineRule({
  name: 'release-retries',
  ids: ['F20'],
  claim: 'every release is tried again after a failure, for its install and its upgrade',
  because: 'one failure is final: the release stays failed, and what waits for it too, until its spec, chart or values change',
  evidence: 'fluxcd/helm-controller#289, fluxcd/helm-controller#297, fluxcd/helm-controller#454, fluxcd/flux2#1878',
  severity: 'warning',
  fix: 'install.strategy and upgrade.strategy: {name: RetryOnFailure, retryInterval: 2m}',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const final = ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io').flatMap((on) => {
        const actions = ['install', 'upgrade'].filter((action) => isFinal(on.object, action));
        return actions.length > 0 ? [{ on, actions }] : [];
      });
      if (final.length === 0 || retriesByDefault(cluster) || !isWhole(repository, cluster)) continue;
      for (const { on, actions } of final) {
        yield {
          on,
          at: actions.map((action) => `spec.${action}`).join(' and '),
          found: `no retry after a failed ${actions.join(' or ')}`,
          fix: `state ${actions.map((action) => `${action}.strategy`).join(' and ')}: {name: RetryOnFailure, retryInterval: 2m}; in code onFailure: retry`,
        };
      }
    }
  },
});

function isFinal(object: KubernetesObject, action: string): boolean {
  if (textAt(object, 'spec', action, 'strategy', 'name') === 'RetryOnFailure') return false;
  const retries = at(object, 'spec', action, 'remediation', 'retries');
  return retries === undefined || retries === null || retries === 0;
}

function retriesByDefault(cluster: EffectiveCluster): boolean {
  return CONTROLLER_KINDS.some((kind) => ofKind(cluster, kind).some(({ object }) => JSON.stringify(object).includes(GATE)));
}
