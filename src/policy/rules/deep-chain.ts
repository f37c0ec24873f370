import { longestChain } from '../../graph';
import { defineRule } from '../rule';

/** Seconds between two looks at a dependency that is not ready. Source: kustomize-controller, --requeue-dependency. */
const POLL = 30;

/** Links that may take longer than 5m, the specification's interval, if each look comes as late as it can. */
const LIMIT = 300 / POLL;

/** Source: kustomize-controller: nothing wakes a dependent, it looks again after --requeue-dependency. */
export const deepChain = defineRule({
  name: 'deep-chain',
  ids: ['F09'],
  claim: `no chain of dependsOn is longer than ${LIMIT} links`,
  because: 'each link adds up to 30s of waiting to every new commit, on top of the work itself',
  evidence: 'kustomize-controller, --requeue-dependency: 30s by default',
  severity: 'info',
  fix: 'take out edges that nothing needs, or start kustomize-controller with --requeue-dependency=5s',

  *check({ clusters }) {
    for (const cluster of clusters) {
      const chain = longestChain(new Map(cluster.kustomizations.map(({ id, dependsOn }) => [id, dependsOn.map((to) => to.id)])));
      const links = chain.length - 1;
      const on = cluster.kustomizations.find(({ id }) => id === chain[0]);
      const own = `${on?.namespace}/`;
      const names = chain.map((id) => (id.startsWith(own) ? id.slice(own.length) : id));
      if (!on || links <= LIMIT) continue;
      yield {
        on,
        at: 'spec.dependsOn',
        found: `${links} links, up to ${(links * POLL) / 60} minutes of waiting: ${names.join(' -> ')}`,
        fix: 'take out edges that nothing needs, or start kustomize-controller with --requeue-dependency=5s',
      };
    }
  },
});
