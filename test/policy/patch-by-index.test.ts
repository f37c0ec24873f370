import { patchByIndex } from '../../src/policy/rules/patch-by-index';
import { DEPLOYMENT, patched, RELEASE } from '../support/patches';
import { testRule } from '../support/rule-tester';

const WHY = 'when the list gets an entry before it, the patch changes another item, and nothing says so';
const CONTAINERS = '/spec/template/spec/containers';

const PATCH = (kind: string, ...operations: readonly string[]): string =>
  `{ target: { kind: ${kind} }, patch: "${operations.map((one) => `- ${one}`).join('\\n')}" }`;
const REPLACE = (path: string): string => `{ op: replace, path: ${path}, value: x }`;

testRule(patchByIndex, {
  allowed: {
    'after a test of the same item': patched(
      PATCH('Deployment', `{ op: test, path: ${CONTAINERS}/1/name, value: mesh }`, REPLACE(`${CONTAINERS}/1/image`)),
      DEPLOYMENT,
    ),
    'behind all others, and before all others': patched(
      PATCH('HelmRelease', '{ op: add, path: /spec/values/hosts/-, value: x }', '{ op: add, path: /spec/values/hosts/0, value: y }'),
      RELEASE,
    ),
    'a key of a map': patched(
      PATCH('ConfigMap', REPLACE('/data/8080')),
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ferry, namespace: ferry }\ndata: { '8080': x, '9090': y }\n",
    ),
  },
  refused: {
    'a container by its place': [
      patched(PATCH('Deployment', REPLACE(`${CONTAINERS}/1/image`), REPLACE(`${CONTAINERS}/1/name`)), DEPLOYMENT),
      `
      clusters/test/infrastructure.yaml: patch-by-index (warning)
        what   ${CONTAINERS}/1 is picked by place
        where  Kustomization flux-system/ferry, spec.patches[0].patch
        why    ${WHY}
        fix    put before it: {op: test, path: ${CONTAINERS}/1/name, value: mesh}`,
    ],
    'after a test of another item, and a test that comes too late': [
      patched(
        PATCH(
          'HelmRelease',
          '{ op: test, path: /spec/values/hosts/1, value: south }',
          '{ op: remove, path: /spec/values/hosts/0 }',
          '{ op: test, path: /spec/values/hosts/0, value: south }',
        ),
        RELEASE,
      ),
      `
      clusters/test/infrastructure.yaml: patch-by-index (warning)
        what   /spec/values/hosts/0 is picked by place
        where  Kustomization flux-system/ferry, spec.patches[0].patch
        why    ${WHY}
        fix    put before it: {op: test, path: /spec/values/hosts/0, value: …}, with what stands there`,
    ],
  },
});
