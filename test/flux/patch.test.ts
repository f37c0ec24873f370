import { factsOf, layout, Patch } from '../../src/flux';
import { ConfigMap } from '../../src/manifests';
import { office, type Sketch, sketch } from '../support/ferry';

const patched = (patches: (made: ReturnType<typeof sketch>) => Parameters<typeof office>[2]): string => {
  const made = sketch();
  office(made, 'office', patches(made));
  const text = layout(made.repo).get('clusters/office/infrastructure.yaml')?.text ?? '';
  return text.slice(text.indexOf('  patches:'));
};

test('a merge names the object and states the change', () => {
  expect(
    patched(({ ferry }) => [ferry.settings.patch({ metadata: { labels: { tier: 'edge' } }, data: { level: 'debug' } })]),
  ).toMatchInlineSnapshot(`
"  patches:
    - target:
        kind: ConfigMap
        name: settings
        namespace: ferry
      patch: |
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          namespace: ferry
          labels:
            tier: edge
        data:
          level: debug
"
`);
});

test('one field set, one removed', () => {
  expect(
    patched(({ ferry }) => [ferry.settings.set(['data', 'a/b~c'], 'x'), ferry.settings.remove(['data', 'level'])]),
  ).toMatchInlineSnapshot(`
"  patches:
    - target:
        kind: ConfigMap
        name: settings
        namespace: ferry
      patch: |
        - op: add
          path: /data/a~1b~0c
          value: x
    - target:
        kind: ConfigMap
        name: settings
        namespace: ferry
      patch: |
        - op: remove
          path: /data/level
"
`);
});

test('the whole object left out', () => {
  expect(patched(({ ferry }) => [ferry.settings.omit()])).toMatchInlineSnapshot(`
"  patches:
    - target:
        kind: ConfigMap
        name: settings
        namespace: ferry
      patch: |
        $patch: delete
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          namespace: ferry
"
`);
});

test('a variable that only a patch uses is substituted, and must have a value', () => {
  const made = sketch();
  office(made, 'office', [made.ferry.settings.patch({ data: { region: '${REGION}' } })]);
  expect(() => layout(made.repo)).toThrow('${REGION} has no value in office');
});

test('facts know a variable from its escape', () => {
  const data = {
    a: '$${A}',
    b: '${B} ${C:=c} ${D=d}',
    c: '$X',
    d: '$$${E} $$$${X}',
    e: '${1}:9100',
    f: '${{ x }}',
    g: '${X-y} ${',
    h: '$$',
  };
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data };
  const { variables, escapes, unreadable } = factsOf([object]).substitutions;
  expect([...variables]).toEqual(['B', 'C', 'D', 'E']);
  expect(escapes).toBe(true);
  expect([...unreadable]).toEqual(['${1}:9100', '${{ x }}', '${X-y} ${', '${']);
  const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
  const nothing = { variables: new Set(), escapes: false, unreadable: new Set() };
  expect(factsOf([{ ...object, metadata: { annotations } }]).substitutions).toEqual(nothing);
  const pid = { ...object, data: { h: '$$' } };
  expect(factsOf([pid]).substitutions).toEqual(nothing);
});

test.each([
  ['an escape is substituted: only then does it become what it stands for', '$${pod}', true],
  ['what looks like a variable, and is none, stays as it is where nothing is substituted', '${{ pod }}', false],
])('%s', (_, line, substituted) => {
  const made = sketch();
  new ConfigMap(made.network, 'lines', { data: { line } });
  office(made);
  const text = layout(made.repo).get('clusters/office/infrastructure.yaml')?.text ?? '';
  const network = text.split('---').find((document) => document.includes('path: ./namespaces/network'));
  expect(network?.includes('postBuild')).toBe(substituted);
});

test('an empty map is a change where there was none', () => {
  expect(patched(({ ferry }) => [ferry.settings.patch({ metadata: { annotations: {} } })])).toContain('annotations: {}');
});

test.each([
  ['a merge that says what is said already', ({ ferry }: Sketch) => ferry.settings.patch({ data: { level: 'info' } }), 'already says all'],
  [
    'a value that is there already',
    ({ ferry }: Sketch) => ferry.settings.set(['data', 'level'], 'info'),
    'data.level already has this value',
  ],
  [
    'a directive of kustomize, which would take what the patch does not name',
    ({ ferry }: Sketch) => ferry.settings.patch({ metadata: { labels: { $patch: 'replace' } } }),
    'directive of kustomize',
  ],
  [
    'a patch that no object made',
    ({ ferry }: Sketch) =>
      new Patch({ component: ferry, apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'ferry' }, { operation: 'omit' }),
    'no object here made it',
  ],
  ['a field to remove that is not there', ({ ferry }: Sketch) => ferry.settings.remove(['data', 'lvl']), 'there is no data.lvl'],
  [
    'a place to set it in that is not there',
    ({ ferry }: Sketch) => ferry.settings.set(['binaryData', 'a'], 'x'),
    'there is no binaryData to set a in',
  ],
])('refuses %s', (_, patch, problem) => {
  const made = sketch();
  office(made, 'office', [patch(made)]);
  expect(() => layout(made.repo)).toThrow(problem);
});
