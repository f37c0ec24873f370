import { at, defineRule, ofKind, textAt } from '../rule';

/** What leaves a constraint open however it begins: a choice, a range of two ends, a star, a lower end alone. */
const OPEN = /\|\|| - |[*>]/;

/** Source: specification, "Standard HelmRelease". */
export const releaseVersion = defineRule({
  name: 'release-version',
  claim: 'every release states which versions of its chart it accepts',
  because: 'the next version that somebody publishes would be rolled out to every cluster within the hour',

  *check(manifests) {
    for (const manifest of ofKind(manifests, 'HelmRelease')) {
      if (at(manifest.object, 'spec', 'chartRef') !== undefined) continue;
      const version = textAt(manifest.object, 'spec', 'chart', 'spec', 'version');
      if (version !== undefined && /^v?\d/.test(version) && !OPEN.test(version)) continue;
      yield {
        manifest,
        at: 'spec.chart.spec.version',
        found: version === undefined ? 'no version' : `${JSON.stringify(version)} accepts any version`,
        fix: 'state a constraint that begins with a number: 1.19.x',
      };
    }
  },
});
