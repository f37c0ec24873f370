import { releaseNameLength } from '../../src/policy/rules/release-name-length';
import { testRule, yaml } from '../support/rule-tester';

const WHY = 'Helm knows the release, and often its objects, by a name that stands nowhere: cut off, with a hash behind it';

testRule(releaseNameLength, {
  allowed: {
    '53 characters': yaml`
      kind: HelmRelease
      metadata: { name: ferry-that-crosses-the-sound-in-a-good-hour-or-so-abc, namespace: ferry }
      spec: {}`,
    'a long name, and a short one of the release': yaml`
      kind: HelmRelease
      metadata: { name: ferry-that-crosses-the-sound-in-a-good-hour-or-so-abcd, namespace: ferry }
      spec: { releaseName: ferry, targetNamespace: harbour }`,
  },
  refused: {
    '54 characters': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry-that-crosses-the-sound-in-a-good-hour-or-so-abcd, namespace: ferry }
      spec: {}`,
      `
      namespaces/ferry/0.yaml: release-name-length (warning)
        what   the release is called ferry-that-crosses-the-sound-in-a-good-hour-or-so-abcd, which has 54 characters
        where  HelmRelease ferry/ferry-that-crosses-the-sound-in-a-good-hour-or-so-abcd, spec.releaseName
        why    ${WHY}
        fix    state a releaseName of at most 53 characters; changing it later uninstalls the release`,
    ],
    'a namespace before the name': [
      yaml`
      kind: HelmRelease
      metadata: { name: ferry-that-crosses-the-sound-in-a-good-hour, namespace: ferry }
      spec: { targetNamespace: harbour-master }`,
      `
      namespaces/ferry/0.yaml: release-name-length (warning)
        what   the release is called harbour-master-ferry-that-crosses-the-sound-in-a-good-hour, which has 58 characters
        where  HelmRelease ferry/ferry-that-crosses-the-sound-in-a-good-hour, spec.releaseName
        why    ${WHY}
        fix    state a releaseName of at most 53 characters; changing it later uninstalls the release`,
    ],
  },
});
