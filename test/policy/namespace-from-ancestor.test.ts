import { namespaceFromAncestor } from '../../src/policy/rules/namespace-from-ancestor';
import { cluster, flux, namespace, object, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const IN_FERRY = (folder: string, name = 'timetable') => object(folder, 'v1', 'ConfigMap', `ferry/${name}`);

testRule(namespaceFromAncestor, {
  allowed: {
    'in the same Flux Kustomization': cluster(flux('ferry'), namespace('ferry'), IN_FERRY('ferry')),
    'in one that it depends on, though that waits for nothing': cluster(
      flux('ferry', { wait: false }),
      namespace('ferry'),
      flux('harbour', { dependsOn: ['ferry'] }),
      IN_FERRY('harbour'),
    ),
    'made by who creates it, stages before': cluster(
      flux('platform', { wait: false }),
      namespace('platform', 'ferry'),
      object('platform', 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system/harbour', {
        spec: { path: './namespaces/harbour', sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
      }),
      IN_FERRY('harbour'),
    ),
    'there from the start': cluster(flux('dns'), object('dns', 'v1', 'ConfigMap', 'kube-system/coredns')),
    'a kind that lives in no namespace, with one that a transformer gave it': cluster(
      flux('issuers'),
      object('issuers', 'cert-manager.io/v1', 'ClusterIssuer', 'ferry/local'),
    ),
    'made by a release that it waits for': cluster(
      flux('ferry'),
      release('default', 'podinfo', {}, { targetNamespace: 'ferry', install: { createNamespace: true } }).replaceAll(
        'namespaces/default',
        'namespaces/ferry',
      ),
      flux('harbour', { dependsOn: ['ferry'] }),
      IN_FERRY('harbour'),
    ),
    'named in what comes before Flux': cluster('# bootstrap/up.sh\nkubectl create namespace ferry', flux('harbour'), IN_FERRY('harbour')),
  },
  refused: {
    'made by one that it does not wait for': [
      cluster(flux('ferry'), namespace('ferry'), flux('harbour'), IN_FERRY('harbour'), IN_FERRY('harbour', 'prices')),
      `
      clusters/test/infrastructure.yaml: namespace-from-ancestor
        what   flux-system/harbour applies ConfigMap (2) in namespace ferry, which flux-system/ferry makes, and does not wait for it
        where  Kustomization flux-system/harbour, spec.dependsOn
        why    the API server refuses objects of a namespace that is not there, and with them everything else of the same Flux Kustomization
        fix    add ferry to dependsOn, or make the Namespace here too, with ssa: IfNotPresent`,
    ],
    'made by nobody': [
      cluster(flux('harbour'), IN_FERRY('harbour')),
      `
      clusters/test/infrastructure.yaml: namespace-from-ancestor
        what   flux-system/harbour applies ConfigMap in namespace ferry, which nothing in cluster test makes
        where  Kustomization flux-system/harbour, spec.path
        why    the API server refuses objects of a namespace that is not there, and with them everything else of the same Flux Kustomization
        fix    add a Namespace ferry, or correct the name`,
    ],
    'made by a release beside it': [
      cluster(
        flux('ferry'),
        release('default', 'podinfo', {}, { targetNamespace: 'ferry', install: { createNamespace: true } }).replaceAll(
          'namespaces/default',
          'namespaces/ferry',
        ),
        IN_FERRY('ferry'),
      ),
      `
      clusters/test/infrastructure.yaml: namespace-from-ancestor
        what   flux-system/ferry applies ConfigMap in namespace ferry, which only its HelmRelease podinfo would make
        where  Kustomization flux-system/ferry, spec.path
        why    the API server refuses objects of a namespace that is not there, and with them everything else of the same Flux Kustomization
        fix    make the Namespace as a manifest beside it`,
    ],
  },
});
