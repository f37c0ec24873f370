import { oneOwner } from '../../src/policy/rules/one-owner';
import { cluster, flux, namespace, object, release } from '../support/documents';
import { testRule, yaml } from '../support/rule-tester';

const STUB = { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } };
const CRD = object('crds', 'apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'schedules.velero.io', {
  spec: { group: 'velero.io', names: { kind: 'Schedule' } },
});

testRule(oneOwner, {
  allowed: {
    'one name in two namespaces, and in two groups': cluster(
      flux('ferry'),
      object('ferry', 'cilium.io/v2', 'CiliumNetworkPolicy', 'ferry/allow-dns'),
      flux('redis'),
      object('redis', 'cilium.io/v2', 'CiliumNetworkPolicy', 'redis/allow-dns'),
      object('redis', 'v1', 'CiliumNetworkPolicy', 'ferry/allow-dns'),
    ),
    'a name that only the cluster knows': cluster(
      flux('ferry'),
      object('ferry', 'v1', 'ConfigMap', 'ferry/${NAME}'),
      flux('ferry-too', { path: './namespaces/ferry' }),
    ),
    'the stub of a Namespace beside its owner': cluster(
      flux('ferry'),
      namespace('ferry'),
      flux('secrets'),
      namespace('secrets', 'ferry', STUB),
    ),
    'CRDs of which the release is told to leave them': cluster(
      flux('crds'),
      CRD,
      flux('velero'),
      release('velero', 'velero', {}, { install: { crds: 'Skip' }, upgrade: { crds: 'Skip' } }),
    ),
    'an object of the name of one that the chart makes elsewhere': cluster(
      flux('velero'),
      release('velero', 'velero'),
      object('velero', 'v1', 'ServiceAccount', 'ferry/velero-server'),
    ),
    'one folder that two of them build: path-once says so': cluster(
      flux('ferry'),
      flux('ferry-too', { path: './namespaces/ferry' }),
      namespace('ferry'),
      object('ferry', 'v1', 'ConfigMap', 'ferry/timetable'),
    ),
  },
  refused: {
    'two owners, in two versions of one group': [
      cluster(
        flux('ferry'),
        object('ferry', 'cilium.io/v2', 'CiliumNetworkPolicy', 'ferry/allow-dns'),
        flux('harbour'),
        object('harbour', 'cilium.io/v2alpha1', 'CiliumNetworkPolicy', 'ferry/allow-dns'),
      ),
      `
      namespaces/harbour/ciliumnetworkpolicy-allow-dns.yaml: one-owner
        what   flux-system/ferry applies the same object, from namespaces/ferry/ciliumnetworkpolicy-allow-dns.yaml
        where  CiliumNetworkPolicy ferry/allow-dns, metadata.name
        why    the two take it from each other at every interval, and either of them may delete it
        fix    keep one of the two, or give one another name`,
    ],
    'one object in two versions, which kustomize takes for two': [
      cluster(
        flux('ferry'),
        object('ferry', 'cilium.io/v2', 'CiliumNetworkPolicy', 'ferry/allow-dns'),
        yaml`
        # namespaces/ferry/again.yaml
        apiVersion: cilium.io/v2alpha1
        kind: CiliumNetworkPolicy
        metadata: { name: allow-dns, namespace: ferry }`,
      ),
      `
      namespaces/ferry/ciliumnetworkpolicy-allow-dns.yaml: one-owner
        what   flux-system/ferry applies the same object as cilium.io/v2alpha1 too, from namespaces/ferry/again.yaml
        where  CiliumNetworkPolicy ferry/allow-dns, apiVersion
        why    to the API server it is one object: each run applies the one over the other, and what only the first has is lost
        fix    keep one of the two, or give one another name`,
    ],
    'what the chart makes too': [
      cluster(flux('velero'), release('velero', 'velero'), object('velero', 'v1', 'ServiceAccount', 'velero/velero-server')),
      `
      namespaces/velero/serviceaccount-velero-server.yaml: one-owner
        what   HelmRelease velero/velero makes the same object
        where  ServiceAccount velero/velero-server, metadata.name
        why    Helm and Flux take it from each other, and an uninstall deletes it
        fix    remove it here and say it by values, or give it another name`,
    ],
    'CRDs that come with the chart too': [
      cluster(flux('crds'), CRD, flux('velero'), release('velero', 'velero')),
      `
      namespaces/crds/customresourcedefinition-schedules.velero.io.yaml: one-owner (warning)
        what   HelmRelease velero/velero brings the CRDs of velero.io too
        where  CustomResourceDefinition schedules.velero.io, spec.group
        why    two versions of one CRD alternate, and fields that one of them lacks are dropped
        fix    set install.crds and upgrade.crds of the release to Skip, or leave the manifests out`,
    ],
  },
});
