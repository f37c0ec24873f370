import { failureCause } from '../failure-cause';
import { defineRule } from '../rule';

/** Source: kustomize-controller, reason BuildFailed. What a rule of its own explains better is left to that. */
export const buildFails = defineRule({
  name: 'build-fails',
  ids: [],
  claim: 'what a Flux Kustomization names can be built',
  because: 'Flux reports BuildFailed, and nothing of it is applied; what depends on it waits',
  evidence: 'kustomize-controller, reason BuildFailed',
  severity: 'error',
  fix: 'correct the file that it names',

  *check(repository) {
    const { clusters, problems } = repository;
    for (const on of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      const { failure } = on;
      if (!failure) continue;
      const where = failure.file === on.origin.path ? '' : `${failure.file}: `;
      if (failure.kind !== 'fails') {
        yield {
          on,
          at: 'spec.path',
          found: `not checked: ${where}${failure.what}`,
          because: 'nothing is known of what it applies, so nothing is said of it',
          fix:
            failure.kind === 'foreign'
              ? 'check the repository that it comes from by itself'
              : 'build it with Flux: flux build kustomization',
          severity: 'info',
        };
      } else if (failureCause(repository, on) === 'build-fails') {
        yield {
          on,
          at: 'spec.path',
          found: `${where}${failure.what}`,
          fix: failure.file === on.origin.path ? 'correct it' : `correct ${failure.file}`,
        };
      }
    }
    if (clusters.length === 0) return; // then nothing was checked, and the problem is the answer itself
    for (const { file, what } of problems) {
      yield {
        on: { file },
        at: '',
        found: `not checked: ${what}`,
        because: 'nothing is known of what it holds, so nothing is said of it',
        fix: 'correct the file, or take it out of the repository',
        severity: 'warning',
      };
    }
  },
});
