import { ofKind } from '../../effective';
import { at, defineRule } from '../rule';

/** Each field with the value that is banned and what it does. Source: specification, "Anti-Patterns for HelmReleases". */
const BANNED = [
  { path: ['spec', 'upgrade', 'force'], value: true, does: 'replaces every object of the release on upgrade' },
  { path: ['spec', 'rollback', 'force'], value: true, does: 'replaces every object of the release on rollback' },
  { path: ['spec', 'upgrade', 'cleanupOnFail'], value: true, does: 'deletes what a failed upgrade has made' },
  { path: ['spec', 'rollback', 'cleanupOnFail'], value: true, does: 'deletes what a failed rollback has made' },
  { path: ['spec', 'upgrade', 'remediation', 'strategy'], value: 'uninstall', does: 'uninstalls the release after a failed upgrade' },
  { path: ['spec', 'install', 'remediation', 'remediateLastFailure'], value: true, does: 'uninstalls and installs for ever' },
] as const;

/** Source: specification, "Anti-Patterns for HelmReleases". */
export const noDestructiveRemediation = defineRule({
  name: 'no-destructive-remediation',
  ids: ['S12', 'S13', 'S14', 'S15'],
  claim: 'no release deletes what it runs in order to repair itself',
  because: 'a passing failure would take the data, the CRDs or the network of the cluster with it',
  evidence: 'specification, "Anti-Patterns for HelmReleases"',
  severity: 'error',
  fix: 'remove the field; retry in place instead',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'HelmRelease')) {
      for (const { path, value, does } of BANNED) {
        if (at(on.object, ...path) !== value) continue;
        yield {
          on,
          at: path.join('.'),
          found: `${path.at(-1)}: ${value} ${does}`,
          fix: 'remove it; fix the order of dependencies, or use onFailure: retry',
        };
      }
    }
  },
});
