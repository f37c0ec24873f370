import { patchReplacesList } from '../../src/policy/rules/patch-replaces-list';
import { DEPLOYMENT, patched, RELEASE } from '../support/patches';
import { testRule } from '../support/rule-tester';

const WHY =
  'lists of kinds without a built-in schema are replaced whole: what the patch does not repeat is gone, now or with the next entry';
const FIX = 'repeat the entries that are to stay; or add one with {op: add, path: …/-}; where all of it is meant to go, accept the rule';

const MERGE = (spec: string, kind = 'HelmRelease', apiVersion = 'helm.toolkit.fluxcd.io/v2'): string =>
  `{ target: { kind: ${kind} }, patch: '{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: any }, spec: ${spec} }' }`;

testRule(patchReplacesList, {
  allowed: {
    'a map': patched(MERGE('{ values: { replicas: 2 } }'), RELEASE),
    'a list that is not there yet': patched(MERGE('{ values: { ports: [80] } }'), RELEASE),
    'a list that repeats what was there': patched(MERGE('{ values: { hosts: [south, west, north] } }'), RELEASE),
    'a list of a built-in kind, merged by name': patched(
      MERGE('{ template: { spec: { containers: [{ name: mesh, image: mesh:2 }] } } }', 'Deployment', 'apps/v1'),
      DEPLOYMENT,
    ),
  },
  refused: {
    'a list with one entry less': [
      patched(MERGE('{ values: { hosts: [north] } }'), RELEASE),
      `
      clusters/test/infrastructure.yaml: patch-replaces-list (warning)
        what   HelmRelease ferry/ferry spec.values.hosts is replaced whole
        where  Kustomization flux-system/ferry, spec.patches[0].patch
        why    ${WHY}
        fix    ${FIX}`,
    ],
    'two lists, one of them of maps': [
      patched(
        MERGE('{ dependsOn: [{ name: pier }], values: { hosts: [] } }'),
        RELEASE.replace('interval: 1h', 'interval: 1h, dependsOn: [{ name: harbour }]'),
      ),
      `
      clusters/test/infrastructure.yaml: patch-replaces-list (warning)
        what   HelmRelease ferry/ferry spec.dependsOn, HelmRelease ferry/ferry spec.values.hosts are replaced whole
        where  Kustomization flux-system/ferry, spec.patches[0].patch
        why    ${WHY}
        fix    ${FIX}`,
    ],
  },
});
