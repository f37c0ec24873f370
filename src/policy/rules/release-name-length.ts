import { ofKind } from '../../effective';
import { defineRule, textAt } from '../rule';

/** Longest name of a release in Helm; a longer one is cut to 40, a `-` and 12 digits of its hash. Source: helm-controller 1.6, internal/release/name.go. */
const LONGEST = 53;

/** Source: helm-controller 1.6, GetReleaseName and ShortenName. */
export const releaseNameLength = defineRule({
  name: 'release-name-length',
  ids: ['F26'],
  claim: 'a release has a name of at most 53 characters',
  because: 'Helm knows the release, and often its objects, by a name that stands nowhere: cut off, with a hash behind it',
  evidence: 'helm-controller 1.6, internal/release/name.go',
  severity: 'warning',
  fix: 'give the release a releaseName of at most 53 characters before it is first installed',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
      const own = textAt(on.object, 'spec', 'releaseName');
      const target = textAt(on.object, 'spec', 'targetNamespace');
      const plain = textAt(on.object, 'metadata', 'name') ?? '';
      const name = own ?? (target === undefined ? plain : `${target}-${plain}`);
      if (name.length <= LONGEST || ['metadata.name', 'spec.releaseName', 'spec.targetNamespace'].some((at) => on.unknown?.has(at)))
        continue;
      yield {
        on,
        at: 'spec.releaseName',
        found: `the release is called ${name}, which has ${name.length} characters`,
        fix: `state a releaseName of at most ${LONGEST} characters; changing it later uninstalls the release`,
      };
    }
  },
});
