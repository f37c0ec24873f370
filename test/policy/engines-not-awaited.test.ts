import { enginesNotAwaited } from '../../src/policy/rules/engines-not-awaited';
import { cluster, flux, namespace, object, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const KYVERNO = cluster(flux('kyverno'), release('kyverno', 'kyverno'));

testRule(enginesNotAwaited, {
  allowed: {
    'its own monitoring, policies and network policies': cluster(
      KYVERNO,
      flux('kyverno-monitoring', { dependsOn: ['kyverno'] }),
      namespace('kyverno-monitoring'),
      flux('house-rules', { dependsOn: ['kyverno'] }),
      object('house-rules', 'kyverno.io/v1', 'ClusterPolicy', 'labels'),
    ),
    'constraints after templates after the engine': cluster(
      flux('gatekeeper-system'),
      release('gatekeeper-system', 'gatekeeper'),
      flux('gatekeeper-constraint-templates', { dependsOn: ['gatekeeper-system'] }),
      namespace('gatekeeper-constraint-templates'),
      flux('gatekeeper-config', { dependsOn: ['gatekeeper-constraint-templates'] }),
      namespace('gatekeeper-config'),
    ),
    'an engine that waits for others': cluster(
      flux('cilium'),
      namespace('cilium'),
      flux('kyverno', { dependsOn: ['cilium'] }),
      release('kyverno', 'kyverno'),
    ),
  },
  refused: {
    'an application that waits for the engine': [
      cluster(KYVERNO, flux('ferry', { dependsOn: ['kyverno'] }), namespace('ferry')),
      `
      clusters/test/infrastructure.yaml: engines-not-awaited
        what   flux-system/ferry waits for flux-system/kyverno: an admission engine
        where  Kustomization flux-system/ferry, spec.dependsOn[0]
        why    an engine that does not come up would keep everything behind it from coming up, and it is there to judge, not to serve
        fix    remove kyverno from dependsOn`,
    ],
    'one that waits for its policies': [
      cluster(
        KYVERNO,
        flux('kyverno-config', { dependsOn: ['kyverno'] }),
        object('kyverno-config', 'kyverno.io/v1', 'ClusterPolicy', 'labels'),
        flux('ferry', { dependsOn: ['kyverno-config'] }),
        namespace('ferry'),
      ),
      `
      clusters/test/infrastructure.yaml: engines-not-awaited
        what   flux-system/ferry waits for flux-system/kyverno-config, which waits for flux-system/kyverno: an admission engine
        where  Kustomization flux-system/ferry, spec.dependsOn[0]
        why    an engine that does not come up would keep everything behind it from coming up, and it is there to judge, not to serve
        fix    remove kyverno-config from dependsOn`,
    ],
  },
});
