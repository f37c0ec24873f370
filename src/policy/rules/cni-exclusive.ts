import { releaseName, releasesOf } from '../releases';
import { at, defineRule } from '../rule';

/** Source: chart cilium 1.16.5, cni.exclusive; an agent that owns the folder of CNI configurations renames every other one. */
export const cniExclusive = defineRule({
  name: 'cni-exclusive',
  ids: ['S20'],
  claim: 'beside a second CNI plugin Cilium does not claim the configuration for itself',
  because: 'Cilium takes the other plugin out of the chain at every start, and pods that it should have set up do not come up',
  evidence: 'linkerd/linkerd2#11597, linkerd/linkerd2#11073',
  severity: 'error',
  fix: 'set the value cni.exclusive: false of Cilium',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const releases = releasesOf(cluster);
      const plugin = releases.find(({ known }) => known?.facts.role === 'cni plugin');
      if (!plugin) continue;
      for (const { on, known } of releases) {
        if (known?.facts.chart !== 'cilium') continue;
        const exclusive = at(on.object, 'spec', 'values', 'cni', 'exclusive');
        if (exclusive === false || (exclusive === undefined && known.openValues)) continue;
        yield {
          on,
          at: 'spec.values.cni.exclusive',
          found: `${exclusive === undefined ? 'cni.exclusive is not set, and true by default' : `cni.exclusive is ${JSON.stringify(exclusive)}`}, beside ${releaseName(plugin)}`,
          fix: 'set it to false',
        };
      }
    }
  },
});
