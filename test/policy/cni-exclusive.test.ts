import { cniExclusive } from '../../src/policy/rules/cni-exclusive';
import { cluster, flux, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const PLUGIN = cluster(flux('linkerd'), release('linkerd', 'linkerd2-cni'));

testRule(cniExclusive, {
  allowed: {
    'not exclusive': cluster(PLUGIN, flux('cilium'), release('cilium', 'cilium', { cni: { exclusive: false } })),
    'nobody beside it': cluster(flux('cilium'), release('cilium', 'cilium')),
    'values that lie elsewhere': cluster(
      PLUGIN,
      flux('cilium'),
      release('cilium', 'cilium', {}, { valuesFrom: [{ kind: 'ConfigMap', name: 'cilium' }] }),
    ),
  },
  refused: {
    'the default': [
      cluster(PLUGIN, flux('cilium'), release('cilium', 'cilium')),
      `
      namespaces/cilium/helmrelease-cilium.yaml: cni-exclusive
        what   cni.exclusive is not set, and true by default, beside HelmRelease linkerd/linkerd2-cni
        where  HelmRelease cilium/cilium, spec.values.cni.exclusive
        why    Cilium takes the other plugin out of the chain at every start, and pods that it should have set up do not come up
        fix    set it to false`,
    ],
    'a text, which a template takes for true': [
      cluster(PLUGIN, flux('cilium'), release('cilium', 'cilium', { cni: { exclusive: 'false' } })),
      `
      namespaces/cilium/helmrelease-cilium.yaml: cni-exclusive
        what   cni.exclusive is "false", beside HelmRelease linkerd/linkerd2-cni
        where  HelmRelease cilium/cilium, spec.values.cni.exclusive
        why    Cilium takes the other plugin out of the chain at every start, and pods that it should have set up do not come up
        fix    set it to false`,
    ],
  },
});
