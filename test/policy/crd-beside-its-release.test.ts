import { crdBesideItsRelease } from '../../src/policy/rules/crd-beside-its-release';
import { cluster, flux, object, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const RECURRING_JOB = object('longhorn', 'longhorn.io/v1beta2', 'RecurringJob', 'longhorn/nightly');

testRule(crdBesideItsRelease, {
  allowed: {
    'apart from it': cluster(
      flux('longhorn'),
      release('longhorn', 'longhorn'),
      flux('jobs', { dependsOn: ['longhorn'] }),
      object('jobs', 'longhorn.io/v1beta2', 'RecurringJob', 'longhorn/nightly'),
    ),
    'beside a release that leaves its CRDs out, which others bring before': cluster(
      flux('crds'),
      release('crds', 'prometheus-operator-crds'),
      flux('monitoring', { dependsOn: ['crds'] }),
      release('monitoring', 'kube-prometheus-stack', { crds: { enabled: false } }),
      object('monitoring', 'monitoring.coreos.com/v1', 'PrometheusRule', 'monitoring/ferry'),
    ),
    'beside a release whose CRDs others bring before it': cluster(
      flux('crds'),
      release('crds', 'prometheus-operator-crds'),
      flux('monitoring', { dependsOn: ['crds'] }),
      release('monitoring', 'kube-prometheus-stack'),
      object('monitoring', 'monitoring.coreos.com/v1', 'PrometheusRule', 'monitoring/ferry'),
    ),
    'beside a copy of the release, which another Flux Kustomization applies too': cluster(
      flux('longhorn', { wait: false }),
      release('longhorn', 'longhorn'),
      flux('jobs', { dependsOn: ['longhorn'] }),
      '# namespaces/jobs/kustomization.yaml\n{ resources: [../longhorn, recurringjob-nightly.yaml] }',
      object('jobs', 'longhorn.io/v1beta2', 'RecurringJob', 'longhorn/nightly'),
    ),
    'a kind of another group': cluster(
      flux('longhorn'),
      release('longhorn', 'longhorn'),
      object('longhorn', 'ferry.example.org/v1', 'RecurringJob', 'longhorn/nightly'),
    ),
  },
  refused: {
    'beside the release': [
      cluster(flux('longhorn'), release('longhorn', 'longhorn'), RECURRING_JOB),
      `
      namespaces/longhorn/recurringjob-nightly.yaml: crd-beside-its-release
        what   RecurringJob in flux-system/longhorn, beside HelmRelease longhorn/longhorn, which brings the CRD
        where  RecurringJob longhorn/nightly, kind
        why    the object is refused until the CRD is there, and the HelmRelease that would bring it is not created: a retry changes nothing
        fix    move it to another Flux Kustomization, longhorn-config, with longhorn in its dependsOn`,
    ],
    'beside the release of a chart of which only its groups are known': [
      cluster(
        flux('keda'),
        release('keda', 'keda'),
        object('keda', 'keda.sh/v1alpha1', 'ScaledObject', 'keda/ferry'),
        object('keda', 'keda.sh/v1alpha1', 'ScaledObject', 'keda/quay'),
      ),
      `
      namespaces/keda/scaledobject-ferry.yaml: crd-beside-its-release
        what   ScaledObject (2) in flux-system/keda, beside HelmRelease keda/keda, which brings the CRD
        where  ScaledObject keda/ferry, kind
        why    the object is refused until the CRD is there, and the HelmRelease that would bring it is not created: a retry changes nothing
        fix    move them to another Flux Kustomization, keda-config, with keda in its dependsOn`,
    ],
    'beside the network, which is there before Flux': [
      cluster(flux('cilium'), release('cilium', 'cilium'), object('cilium', 'cilium.io/v2', 'CiliumLoadBalancerIPPool', 'pool')),
      `
      namespaces/cilium/ciliumloadbalancerippool-pool.yaml: crd-beside-its-release (warning)
        what   CiliumLoadBalancerIPPool in flux-system/cilium, beside HelmRelease cilium/cilium, which brings the CRD
        where  CiliumLoadBalancerIPPool pool, kind
        why    a network is there before Flux, and with it the CRDs of its first values: of a kind that later values add, Flux gets no object in
        fix    move it to another Flux Kustomization, cilium-config, with cilium in its dependsOn`,
    ],
  },
});
