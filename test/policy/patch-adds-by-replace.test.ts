import { patchAddsByReplace } from '../../src/policy/rules/patch-adds-by-replace';
import { patched, RELEASE } from '../support/patches';
import { testRule } from '../support/rule-tester';

const WHY = 'kustomize adds what it does not find: a misspelt or renamed field gets a neighbour, and the old one stays as it was';
const FIX = 'correct the path; where it is meant to be added, write op: add';

const PATCH = (...operations: readonly string[]): string =>
  `{ target: { kind: HelmRelease }, patch: "${operations.map((one) => `- ${one}`).join('\\n')}" }`;

testRule(patchAddsByReplace, {
  allowed: {
    'a replace of what is there': patched(PATCH('{ op: replace, path: /spec/interval, value: 2h }'), RELEASE),
    'an add': patched(PATCH('{ op: add, path: /spec/timeout, value: 2h }'), RELEASE),
  },
  refused: {
    'a misspelt field': [
      patched(PATCH('{ op: replace, path: /spec/intervall, value: 2h }'), RELEASE),
      `
      clusters/test/infrastructure.yaml: patch-adds-by-replace (warning)
        what   op: replace of /spec/intervall, which is not there
        where  Kustomization flux-system/ferry, spec.patches[0].patch
        why    ${WHY}
        fix    ${FIX}`,
    ],
    'two of three': [
      patched(
        PATCH(
          '{ op: replace, path: /spec/timeout, value: 2h }',
          '{ op: replace, path: /spec/interval, value: 2h }',
          '{ op: replace, path: /spec/values/host, value: x }',
        ),
        RELEASE,
      ),
      `
      clusters/test/infrastructure.yaml: patch-adds-by-replace (warning)
        what   op: replace of /spec/timeout, /spec/values/host, which is not there
        where  Kustomization flux-system/ferry, spec.patches[0].patch
        why    ${WHY}
        fix    ${FIX}`,
    ],
  },
});
