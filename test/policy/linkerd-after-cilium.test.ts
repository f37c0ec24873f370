import { linkerdAfterCilium } from '../../src/policy/rules/linkerd-after-cilium';
import { cluster, flux, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const CILIUM = cluster(flux('cilium'), release('cilium', 'cilium'));
const CRITICAL = { priorityClassName: 'system-node-critical' };

testRule(linkerdAfterCilium, {
  allowed: {
    'after it, and never evicted': cluster(
      CILIUM,
      flux('linkerd', { dependsOn: ['cilium'] }),
      release('linkerd', 'linkerd2-cni', CRITICAL),
    ),
    'a cluster without Cilium': cluster(flux('linkerd'), release('linkerd', 'linkerd2-cni', CRITICAL)),
    'Cilium is there before Flux': cluster(
      '# bootstrap/helmfile.yaml\nreleases: [{ name: cilium }]',
      CILIUM,
      flux('linkerd'),
      release('linkerd', 'linkerd2-cni', CRITICAL),
    ),
  },
  refused: {
    'beside it, and evictable': [
      cluster(CILIUM, flux('linkerd'), release('linkerd', 'linkerd2-cni'), release('linkerd', 'linkerd-control-plane')),
      `
      clusters/test/infrastructure.yaml: linkerd-after-cilium
        what   flux-system/linkerd installs HelmRelease linkerd/linkerd-control-plane and does not wait for HelmRelease cilium/cilium of flux-system/cilium
        where  Kustomization flux-system/linkerd, spec.dependsOn
        why    the plugin is chained behind the configuration of Cilium: where that is not there yet, or the plugin is evicted, meshed pods do not come up
        fix    add cilium to dependsOn, and let it wait for its release
      namespaces/linkerd/helmrelease-linkerd2-cni.yaml: linkerd-after-cilium
        what   the plugin has no priority
        where  HelmRelease linkerd/linkerd2-cni, spec.values.priorityClassName
        why    the plugin is chained behind the configuration of Cilium: where that is not there yet, or the plugin is evicted, meshed pods do not come up
        fix    set it to system-node-critical`,
    ],
    'after one that does not wait': [
      cluster(
        flux('cilium', { wait: false }),
        release('cilium', 'cilium'),
        flux('linkerd', { dependsOn: ['cilium'] }),
        release('linkerd', 'linkerd-control-plane'),
      ),
      `
      clusters/test/infrastructure.yaml: linkerd-after-cilium
        what   flux-system/linkerd installs HelmRelease linkerd/linkerd-control-plane and does not wait for HelmRelease cilium/cilium of flux-system/cilium
        where  Kustomization flux-system/linkerd, spec.dependsOn
        why    the plugin is chained behind the configuration of Cilium: where that is not there yet, or the plugin is evicted, meshed pods do not come up
        fix    add cilium to dependsOn, and let it wait for its release`,
    ],
    'a lesser priority': [
      cluster(flux('linkerd'), release('linkerd', 'linkerd2-cni', { priorityClassName: 'system-cluster-critical' })),
      `
      namespaces/linkerd/helmrelease-linkerd2-cni.yaml: linkerd-after-cilium
        what   the plugin has priority system-cluster-critical
        where  HelmRelease linkerd/linkerd2-cni, spec.values.priorityClassName
        why    the plugin is chained behind the configuration of Cilium: where that is not there yet, or the plugin is evicted, meshed pods do not come up
        fix    set it to system-node-critical`,
    ],
  },
});
