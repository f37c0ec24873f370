import { name63 } from '../../src/policy/rules/name-63';
import { clusterCase, helmRelease } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

testRule(name63, {
  allowed: {
    '63 letters': clusterCase({ ['a'.repeat(63)]: { path: './namespaces/ferry' } }, helmRelease('ferry', 'b'.repeat(63))),
    'a long name of another kind': clusterCase(
      { ferry: {} },
      helmRelease('ferry', 'b'.repeat(70)).replace('helm.toolkit.fluxcd.io/v2', 'example.org/v1'),
    ),
  },
  refused: {
    'a Flux Kustomization': [
      clusterCase({ ['a'.repeat(64)]: { path: './namespaces/ferry' } }, helmRelease('ferry', 'web')),
      `
      clusters/test/infrastructure.yaml: name-63
        what   a name of 64 letters
        where  Kustomization flux-system/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, metadata.name
        why    Flux labels every object with them, and the API server refuses each object for its label
        fix    give it one of at most 63`,
    ],
    'a HelmRelease': [
      clusterCase({ ferry: {} }, helmRelease('ferry', 'b'.repeat(64))),
      `
      namespaces/ferry/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.yaml: name-63
        what   a name of 64 letters
        where  HelmRelease ferry/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, metadata.name
        why    Flux labels every object with them, and the API server refuses each object for its label
        fix    give it one of at most 63`,
    ],
  },
});
