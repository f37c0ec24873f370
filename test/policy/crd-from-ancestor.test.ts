import { crdFromAncestor } from '../../src/policy/rules/crd-from-ancestor';
import { cluster, flux, namespace, object, release } from '../support/documents';
import { testRule } from '../support/rule-tester';

const ISSUER = object('issuers', 'cert-manager.io/v1', 'ClusterIssuer', 'local');
const CERTIFICATE = object('issuers', 'cert-manager.io/v1', 'Certificate', 'ferry/ferry');
const CERT_MANAGER = release('cert-manager', 'cert-manager', { crds: { enabled: true } });
const FERRY = { group: 'ferry.example.org', names: { kind: 'Ferry', plural: 'ferries' }, scope: 'Namespaced', versions: [] };
const CRD = (folder: string) =>
  object(folder, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'ferries.ferry.example.org', { spec: FERRY });

testRule(crdFromAncestor, {
  allowed: {
    'the release waits, and so do its users': cluster(
      flux('cert-manager'),
      CERT_MANAGER,
      flux('issuers', { dependsOn: ['cert-manager'] }),
      ISSUER,
    ),
    'through others, of which none waits for its own objects': cluster(
      flux('cert-manager'),
      CERT_MANAGER,
      flux('quay', { dependsOn: ['cert-manager'], wait: false }),
      namespace('quay'),
      flux('issuers', { dependsOn: ['quay'] }),
      ISSUER,
    ),
    'a health check on the release in place of wait': cluster(
      flux('cert-manager', {
        wait: false,
        healthChecks: [{ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'cert-manager', namespace: 'cert-manager' }],
      }),
      CERT_MANAGER,
      flux('issuers', { dependsOn: ['cert-manager'] }),
      ISSUER,
    ),
    'a health check on what its chart makes': cluster(
      flux('cert-manager', {
        wait: false,
        healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'cert-manager', namespace: 'cert-manager' }],
      }),
      CERT_MANAGER,
      flux('issuers', { dependsOn: ['cert-manager'] }),
      ISSUER,
    ),
    'a parent that waits has its children ready': cluster(
      flux('platform'),
      object('platform', 'kustomize.toolkit.fluxcd.io/v1', 'Kustomization', 'flux-system/cert-manager', {
        spec: { path: './namespaces/cert-manager', wait: true, sourceRef: { kind: 'GitRepository', name: 'flux-system' } },
      }),
      CERT_MANAGER,
      flux('issuers', { dependsOn: ['platform'] }),
      ISSUER,
    ),
    'a CRD as a manifest beside its objects, and in what comes before': cluster(
      flux('ferry'),
      CRD('ferry'),
      object('ferry', 'ferry.example.org/v1', 'Ferry', 'ferry/north'),
      flux('harbour', { dependsOn: ['ferry'], wait: false }),
      object('harbour', 'ferry.example.org/v1', 'Ferry', 'ferry/south'),
    ),
    'a kind that nobody is known to bring': cluster(flux('ferry'), object('ferry', 'ferry.example.org/v1', 'Ferry', 'ferry/north')),
    'CRDs that are there before Flux': cluster(
      '# bootstrap/helmfile.yaml\nreleases: [{ name: cert-manager, chart: jetstack/cert-manager }]',
      flux('cert-manager'),
      CERT_MANAGER,
      flux('issuers'),
      ISSUER,
    ),
    'constraints after their templates': cluster(
      flux('gatekeeper'),
      release('gatekeeper', 'gatekeeper', {}),
      flux('templates', { dependsOn: ['gatekeeper'] }),
      object('templates', 'templates.gatekeeper.sh/v1', 'ConstraintTemplate', 'k8srequiredlabels', {
        spec: { crd: { spec: { names: { kind: 'K8sRequiredLabels' } } } },
      }),
      flux('constraints', { dependsOn: ['templates'] }),
      object('constraints', 'constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabels', 'owner'),
    ),
  },
  refused: {
    'no edge at all': [
      cluster(flux('cert-manager'), CERT_MANAGER, flux('issuers'), ISSUER, CERTIFICATE),
      `
      clusters/test/infrastructure.yaml: crd-from-ancestor
        what   flux-system/issuers applies Certificate, ClusterIssuer of cert-manager.io, whose CRD comes with HelmRelease cert-manager/cert-manager of flux-system/cert-manager, and does not wait for it
        where  Kustomization flux-system/issuers, spec.dependsOn
        why    until the CRD is there the API server refuses them, and with them everything else of the same Flux Kustomization
        fix    add cert-manager to dependsOn`,
    ],
    'an edge to one that does not wait': [
      cluster(flux('cert-manager', { wait: false }), CERT_MANAGER, flux('issuers', { dependsOn: ['cert-manager'] }), ISSUER),
      `
      clusters/test/infrastructure.yaml: crd-from-ancestor
        what   flux-system/cert-manager is Ready before HelmRelease cert-manager/cert-manager is, and issuers relies on the CRDs it brings
        where  Kustomization flux-system/cert-manager, spec.wait
        why    without wait it is Ready as soon as the HelmRelease is accepted, long before its CRDs are there
        fix    set wait: true, or name the HelmRelease in healthChecks`,
    ],
    'what the root applies itself, before what would bring the CRD': [
      cluster(
        '# clusters/test/issuer.yaml\napiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: local }',
        flux('cert-manager'),
        CERT_MANAGER,
      ),
      `
      clusters/test/flux-system/gotk-sync.yaml: crd-from-ancestor
        what   flux-system/flux-system applies ClusterIssuer of cert-manager.io, whose CRD comes with HelmRelease cert-manager/cert-manager of flux-system/cert-manager, which comes after it
        where  Kustomization flux-system/flux-system
        why    neither ever comes up: the objects wait for the CRD, and what brings it waits for them
        fix    move them into a Flux Kustomization of their own, with cert-manager in its dependsOn`,
    ],
    'a CRD as a manifest that comes later': [
      cluster(flux('harbour'), object('harbour', 'ferry.example.org/v1', 'Ferry', 'ferry/south'), flux('ferry'), CRD('ferry')),
      `
      clusters/test/infrastructure.yaml: crd-from-ancestor
        what   flux-system/harbour applies Ferry of ferry.example.org, whose CRD stands in flux-system/ferry, and does not wait for it
        where  Kustomization flux-system/harbour, spec.dependsOn
        why    until the CRD is there the API server refuses them, and with them everything else of the same Flux Kustomization
        fix    add ferry to dependsOn`,
    ],
    'constraints beside what makes their kinds only once it runs': [
      cluster(
        flux('templates'),
        object('templates', 'templates.gatekeeper.sh/v1', 'ConstraintTemplate', 'k8srequiredlabels', {
          spec: { crd: { spec: { names: { kind: 'K8sRequiredLabels' } } } },
        }),
        flux('constraints'),
        object('constraints', 'constraints.gatekeeper.sh/v1beta1', 'K8sRequiredLabels', 'owner'),
      ),
      `
      clusters/test/infrastructure.yaml: crd-from-ancestor
        what   flux-system/constraints applies K8sRequiredLabels of constraints.gatekeeper.sh, whose CRD is made from ConstraintTemplate k8srequiredlabels of flux-system/templates, and does not wait for it
        where  Kustomization flux-system/constraints, spec.dependsOn
        why    until the CRD is there the API server refuses them, and with them everything else of the same Flux Kustomization
        fix    add templates to dependsOn`,
    ],
  },
});
