import { cniBeforeFlux } from '../../src/policy/rules/cni-before-flux';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const REPOSITORY = (name: string) => `# namespaces/network/repository-${name}.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: ${name}, namespace: network }
spec: { url: https://charts.example.org }`;
const HELMFILE = `# bootstrap/helmfile.yaml
releases: [{ name: cilium, chart: cilium/cilium }]`;

testRule(cniBeforeFlux, {
  allowed: {
    'a chart that is no network': clusterCase({ network: {} }, helmRelease('network', 'cilium-exporter'), REPOSITORY('cilium-exporter')),
    'a bootstrap that installs it': clusterCase({ network: {} }, helmRelease('network', 'cilium'), REPOSITORY('cilium'), HELMFILE),
  },
  refused: {
    cilium: [
      clusterCase({ network: {} }, helmRelease('network', 'cilium'), REPOSITORY('cilium')),
      `
      namespaces/network/cilium.yaml: cni-before-flux (info)
        what   chart cilium is a network, and no bootstrap that installs it before Flux was found
        where  HelmRelease network/cilium, spec
        why    Flux cannot install what it needs to start: its pods wait for a network that only Flux would bring
        fix    where nothing else brings a network: install it first, same release name, namespace, version and values; Flux then takes it over`,
    ],
    'a bootstrap that installs something else': [
      clusterCase({ network: {} }, helmRelease('network', 'tigera-operator'), REPOSITORY('tigera-operator'), HELMFILE),
      `
      namespaces/network/tigera-operator.yaml: cni-before-flux (info)
        what   chart tigera-operator is a network, and no bootstrap that installs it before Flux was found
        where  HelmRelease network/tigera-operator, spec
        why    Flux cannot install what it needs to start: its pods wait for a network that only Flux would bring
        fix    where nothing else brings a network: install it first, same release name, namespace, version and values; Flux then takes it over`,
    ],
  },
});
