import { defineRule, listAt } from '../rule';

/** Source: kustomize-controller, checkHealth: with `wait` it looks at what it applied, and at nothing else. */
export const healthChecksIgnored = defineRule({
  name: 'health-checks-ignored',
  ids: ['F83'],
  claim: 'no Flux Kustomization has healthChecks beside wait: true',
  because: 'Flux does not look at them: what they name is not waited for, and dependents start too early',
  evidence: 'windsorcli/cli#3289; Kustomization v1, spec.wait',
  severity: 'warning',
  fix: 'remove healthChecks, or set wait: false to wait for exactly what they name',
  local: true,

  *check(repository) {
    for (const { kustomizations } of repository.clusters) {
      for (const on of kustomizations) {
        const checks = listAt(on.spec, 'healthChecks');
        if (on.spec['wait'] !== true || checks.length === 0) continue;
        yield {
          on,
          at: 'spec.healthChecks',
          found: `${checks.length === 1 ? 'a health check' : `${checks.length} health checks`} beside wait: true`,
          fix: `remove ${checks.length === 1 ? 'it' : 'them'}, or set wait: false to wait for exactly what healthChecks name`,
        };
      }
    }
  },
});
