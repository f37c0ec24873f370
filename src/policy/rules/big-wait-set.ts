import { dependentsOf } from '../../effective';
import { defineRule } from '../rule';

/**
 * From how many on a wait is remarked on, and warned of. Where each one comes up in time in 95 of 100 runs, six do in 74, twelve in 54. A
 * product of several charts (a mesh, the operators of three databases) has two or three.
 */
const MANY = 6;
const TOO_MANY = 12;

const RELEASES: ReadonlySet<string> = new Set(['HelmRelease', 'Kustomization', 'Deployment', 'StatefulSet', 'DaemonSet']);

/** Source: Flux calls a Flux Kustomization ready when all it waits for is, and not before. */
export const bigWaitSet = defineRule({
  name: 'big-wait-set',
  ids: ['F87'],
  claim: 'no Flux Kustomization that others depend on waits for many releases at once',
  because: 'one that is sick keeps it from getting ready, and with it everything that depends on it, whatever the rest does',
  evidence: 'devantler-tech/platform#3100',
  severity: 'warning',
  fix: 'give the releases that others need a Flux Kustomization of their own',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) {
      for (const on of kustomizations) {
        if (on.spec['wait'] !== true) continue;
        const waited = on.objects.filter(({ object }) => RELEASES.has(object.kind)).length;
        if (waited < MANY) continue;
        const dependents = dependentsOf(on).size;
        if (dependents === 0) continue;
        yield {
          on,
          at: 'spec.wait',
          found: `it waits for ${waited} releases and workloads, and ${dependents === 1 ? '1 Flux Kustomization depends' : `${dependents} Flux Kustomizations depend`} on all of them`,
          fix: 'give the releases that others need a Flux Kustomization of their own',
          ...(waited < TOO_MANY && { severity: 'info' as const }),
        };
      }
    }
  },
});
