import { ofKind } from '../../effective';
import { isBootstrapped } from '../bootstrapped';
import { chartOf } from '../chart-of';
import { isNetwork } from '../network-charts';
import { defineRule } from '../rule';

/** Source: Flux's own pods need a node that is Ready and a network. */
export const cniBeforeFlux = defineRule({
  name: 'cni-before-flux',
  ids: ['F08'],
  claim: 'the network of a cluster is installed before Flux, with the chart and values that Flux then takes over',
  because: 'Flux cannot install what it needs to start: its pods wait for a network that only Flux would bring',
  evidence: 'helm-controller adopts a release of the same name by an upgrade; public clusters install the CNI before Flux',
  severity: 'info',
  fix: 'install the chart by hand first, under the same release name and namespace, with the same version and values',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const on of ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
        const chart = chartOf(on, cluster);
        if (!chart || !isNetwork(chart.name)) continue;
        if (isBootstrapped(repository, [chart.name])) break;
        yield {
          on,
          at: 'spec',
          found: `chart ${chart.name} is a network, and no bootstrap that installs it before Flux was found`,
          fix: 'where nothing else brings a network: install it first, same release name, namespace, version and values; Flux then takes it over',
        };
        break;
      }
    }
  },
});
