import { patchSelectorLiteral } from '../../src/policy/rules/patch-selector-literal';
import { patched } from '../support/patches';
import { testRule } from '../support/rule-tester';

const WHY = 'the fields of a target are regular expressions: a dot selects any character there, and with it other objects, now or later';

const POLICY = (name: string): string => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: ${name} }
spec: { background: true }
`;
const PATCH = (name: string): string =>
  `{ target: { kind: ClusterPolicy, name: ${name} }, patch: '- { op: replace, path: /spec/background, value: false }' }`;

testRule(patchSelectorLiteral, {
  allowed: {
    'a plain name': patched(PATCH('ferry'), POLICY('ferry')),
    'an expression that is meant': patched(PATCH("'ferry.*'"), POLICY('ferry.north')),
    'a dot with its backslash': patched(PATCH("'ferry\\.north'"), POLICY('ferry.north')),
  },
  refused: {
    'a dot in a name': [
      patched(PATCH('ferry.north'), POLICY('ferry.north')),
      `
      clusters/test/infrastructure.yaml: patch-selector-literal (warning)
        what   ferry.north is read as an expression
        where  Kustomization flux-system/ferry, spec.patches[0].target.name
        why    ${WHY}
        fix    write ferry\\.north`,
    ],
    'a dot that selects another name too': [
      patched(PATCH('ferry.north'), `${POLICY('ferry.north')}---\n${POLICY('ferry-north')}`),
      `
      clusters/test/infrastructure.yaml: patch-selector-literal (warning)
        what   ferry.north is read as an expression, and selects ferry-north too
        where  Kustomization flux-system/ferry, spec.patches[0].target.name
        why    ${WHY}
        fix    write ferry\\.north`,
    ],
  },
});
