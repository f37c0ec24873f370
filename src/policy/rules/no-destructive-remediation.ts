import { type EffectiveObject, ofKind, type Repository } from '../../effective';
import type { KubernetesObject } from '../../flux';
import { byCause } from '../patch-cause';
import { at, defineRule, textAt, type Violation } from '../rule';

const RELEASES = 'helm.toolkit.fluxcd.io';

const FORCE = 'replaces objects under client-side apply, where immutable fields then fail, and is ignored under server-side apply';
const CLEAN_UP = (action: string) => `deletes what a failed ${action} has newly made, PersistentVolumeClaims included`;

/** Switches, and what each does where it is true. */
const SWITCHES = [
  { path: ['spec', 'upgrade', 'force'], does: FORCE },
  { path: ['spec', 'rollback', 'force'], does: FORCE },
  { path: ['spec', 'upgrade', 'cleanupOnFail'], does: CLEAN_UP('upgrade') },
  { path: ['spec', 'rollback', 'cleanupOnFail'], does: CLEAN_UP('rollback') },
] as const;

const FIX = 'remove it, and put the order of dependencies right; or retry in place: strategy RetryOnFailure, in code onFailure: retry';

/** Source: specification, "Anti-Patterns for HelmReleases"; what each field does is read in helm-controller 1.6. */
export const noDestructiveRemediation = defineRule({
  name: 'no-destructive-remediation',
  ids: ['S12', 'S13', 'S14', 'S15'],
  claim: 'no release deletes what it runs in order to repair itself',
  because: 'a passing failure would take the data, the CRDs or the network of the cluster with it',
  evidence: 'specification, "Anti-Patterns for HelmReleases"; helm-controller 1.6, api/v2 InstallRemediation and UpgradeRemediation',
  severity: 'warning',
  fix: 'remove the field; retry in place instead',
  local: true,

  *check(repository) {
    yield* byCause(repository, all(repository));
  },
});

interface OnRelease extends Violation {
  readonly on: EffectiveObject;
}

function* all(repository: Repository): Generator<OnRelease> {
  for (const on of ofKind(repository, 'HelmRelease', RELEASES)) {
    for (const { path, does } of SWITCHES) {
      if (at(on.object, ...path) === true) yield { on, at: path.join('.'), found: `${path[2]}: true ${does}`, fix: FIX };
    }
    yield* ofUpgrade(on);
    yield* ofInstall(on);
  }
}

function* ofUpgrade(on: EffectiveObject): Iterable<OnRelease> {
  if (isRetried(on.object, 'upgrade') || textAt(on.object, 'spec', 'upgrade', 'remediation', 'strategy') !== 'uninstall') return;
  const last = at(on.object, 'spec', 'upgrade', 'remediation', 'remediateLastFailure');
  const happens = last === true || retries(on.object, 'upgrade') !== 0;
  yield {
    on,
    at: 'spec.upgrade.remediation.strategy',
    found: `strategy: uninstall uninstalls the release after a failed upgrade${happens ? '' : ', as soon as it has retries'}`,
    fix: FIX,
    severity: happens ? 'error' : 'warning',
  };
}

function* ofInstall(on: EffectiveObject): Iterable<OnRelease> {
  if (isRetried(on.object, 'install')) return;
  const count = retries(on.object, 'install');
  const last = at(on.object, 'spec', 'install', 'remediation', 'remediateLastFailure') === true;
  if (count < 0) {
    yield {
      on,
      at: 'spec.install.remediation.retries',
      found: `retries: ${count} uninstalls the release after every failed install, and installs it again, without end`,
      fix: FIX,
      severity: last ? 'error' : 'warning',
    };
  } else if (last) {
    yield {
      on,
      at: 'spec.install.remediation.remediateLastFailure',
      found: 'remediateLastFailure: true uninstalls the release once more after the last failed install',
      fix: FIX,
    };
  }
}

/** Whether the action is retried in place, so that its remediation is never asked. */
function isRetried(object: KubernetesObject, action: 'install' | 'upgrade'): boolean {
  return textAt(object, 'spec', action, 'strategy', 'name') === 'RetryOnFailure';
}

function retries(object: KubernetesObject, action: 'install' | 'upgrade'): number {
  const count = at(object, 'spec', action, 'remediation', 'retries');
  return typeof count === 'number' ? count : 0;
}
