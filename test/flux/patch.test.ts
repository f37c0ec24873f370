import { factsOf, layout } from '../../src/flux';
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
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: '$${A}', b: '${B} ${C:=c}', c: '$D' } };
  expect([...factsOf([object]).variables]).toEqual(['B', 'C']);
  const annotations = { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' };
  expect([...factsOf([{ ...object, metadata: { annotations } }]).variables]).toEqual([]);
});

test.each([
  ['a merge that says what is said already', ({ ferry }: Sketch) => ferry.settings.patch({ data: { level: 'info' } }), 'already says all'],
  [
    'a value that is there already',
    ({ ferry }: Sketch) => ferry.settings.set(['data', 'level'], 'info'),
    'data.level already has this value',
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
