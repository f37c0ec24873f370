import { infrastructureFile } from '../convention';
import { durationOf, secondsOf } from '../duration';
import { defineRule, listAt } from '../rule';

/** Source: specification, "Standard Flux Kustomization" and "Monitoring Resource Split Pattern". */
export const waitAndTimeout = defineRule({
  name: 'wait-and-timeout',
  ids: ['S10'],
  claim: 'a Flux Kustomization waits for what it applies and says how long; one of monitors waits for nothing',
  because: 'what does not wait is ready as soon as the API server has its objects, and nothing can build upon it',
  evidence: 'specification, "Standard Flux Kustomization", "Monitoring Resource Split Pattern"',
  severity: 'warning',
  fix: 'wait: true and timeout: 10m; for a *-monitoring one wait: false and timeout: 5m',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const isOurs = infrastructureFile(repository, cluster) !== undefined;
      for (const on of cluster.kustomizations) {
        if (on === cluster.root) continue;
        const waits = on.spec['wait'] === true;
        const isForMonitors = on.name.endsWith('-monitoring');
        if (isOurs && isForMonitors && waits) {
          const because = 'monitors block nothing: what waits for them waits for no reason';
          yield { on, at: 'spec.wait', found: 'wait: true on monitors', because, fix: 'wait: false' };
        }
        const checks = listAt(on.spec, 'healthChecks').length > 0;
        if (isOurs && !isForMonitors && !waits && !checks)
          yield { on, at: 'spec.wait', found: 'it waits for nothing that it applies', fix: 'wait: true' };
        if ((!waits && !checks) || on.spec['timeout'] !== undefined) continue;
        const interval = secondsOf(on.spec['interval']);
        yield {
          on,
          at: 'spec.timeout',
          found: `no timeout${interval === undefined ? '' : `, so that it waits ${durationOf(Math.max(interval - 30, 30))}, its interval less 30s`}`,
          because: 'how long it waits changes with the interval, which is there for something else',
          fix: 'timeout: 10m, or the longest that its releases may take',
          ...(!isOurs && { severity: 'info' }),
        };
      }
    }
  },
});
