import { ofKind } from '../../effective';
import { at, defineRule, textAt } from '../rule';

/** What leaves a constraint open however it begins: a choice, a range of two ends, a star, a lower end alone. */
const OPEN = /\|\|| - |[*>]/;

/** Source: specification, "Standard HelmRelease". */
export const releaseVersion = defineRule({
  name: 'release-version',
  ids: ['S11'],
  claim: 'every release states which versions of its chart it accepts',
  because: 'the next version that somebody publishes would be rolled out to every cluster within the hour',
  evidence: 'specification, "Standard HelmRelease"',
  severity: 'error',
  fix: 'pin the chart, or give a constraint that ends',
  local: true,

  *check(repository) {
    for (const on of ofKind(repository, 'HelmRelease')) {
      if (at(on.object, 'spec', 'chartRef') !== undefined) continue;
      const version = textAt(on.object, 'spec', 'chart', 'spec', 'version');
      if (version !== undefined && /^v?\d/.test(version) && !OPEN.test(version)) continue;
      yield {
        on,
        at: 'spec.chart.spec.version',
        found: version === undefined ? 'no version' : `${JSON.stringify(version)} accepts any version`,
        fix: 'state a constraint that begins with a number: 1.19.x',
      };
    }
  },
});
