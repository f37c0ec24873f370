import { stringify } from 'yaml';
import { objectsOf, refusalOf } from '../support/kustomize';

const OBJECTS = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 's' }, data: { host: 'a.example', port: '8080', text: 'x: 1' } },
  {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'w', labels: { app: 'web' } },
    spec: {
      host: 'old/path',
      port: 80,
      on: true,
      list: [
        { name: 'a', v: 'x' },
        { name: 'b', v: 'y' },
      ],
      map: {},
      none: null,
      yaml: 'a: 1\n',
    },
  },
];

const filesOf = (...replacements: readonly object[]) => ({
  'app/kustomization.yaml': stringify({ resources: ['all.yaml'], namePrefix: 'p-', replacements }),
  'app/all.yaml': OBJECTS.map((each) => stringify(each)).join('---\n'),
});

const source = (fieldPath = 'data.host', more: object = {}) => ({ kind: 'ConfigMap', name: 's', fieldPath, ...more });
const entry = (path: string, from: object = source(), options: object = {}) => ({
  source: from,
  targets: [{ select: { kind: 'Widget' }, fieldPaths: [path], options }],
});
const spec = (...replacements: readonly object[]) => Object(objectsOf(filesOf(...replacements))[1]).spec;

test.each([
  ['spec.host', { host: 'a.example' }],
  [
    'spec.list.0.v',
    {
      list: [
        { name: 'a', v: 'a.example' },
        { name: 'b', v: 'y' },
      ],
    },
  ],
  [
    'spec.list.[name=b].v',
    {
      list: [
        { name: 'a', v: 'x' },
        { name: 'b', v: 'a.example' },
      ],
    },
  ],
  [
    'spec.list.*.v',
    {
      list: [
        { name: 'a', v: 'a.example' },
        { name: 'b', v: 'a.example' },
      ],
    },
  ],
  ['spec.map', { map: 'a.example' }],
])('%s', (path, change) => {
  expect(spec(entry(path))).toMatchObject(change);
});

test.each([
  ['spec.new.deep', { new: { deep: 'a.example' } }],
  ['spec.list.2.v', { list: [{ name: 'a' }, { name: 'b' }, { v: 'a.example' }] }],
  ['spec.list.[name=c].v', { list: [{ name: 'a' }, { name: 'b' }, { name: 'c', v: 'a.example' }] }],
])('%s is made where it may be', (path, change) => {
  expect(spec(entry(path, source(), { create: true }))).toMatchObject(change);
  expect(refusalOf(filesOf(entry(path)))).toMatch(/there is no/);
});

test('a scalar keeps its type', () => {
  expect(spec(entry('spec.port', source('data.port')))).toMatchObject({ port: 8080 });
  expect(spec(entry('spec.host', source('data.port')))).toMatchObject({ host: '8080' });
  expect(spec(entry('spec.map', source('data')))).toMatchObject({ map: OBJECTS[0]?.data });
  for (const path of ['spec.port', 'spec.on', 'spec.none']) expect(refusalOf(filesOf(entry(path)))).toContain('cannot stand where');
});

test('parts of text are taken and set', () => {
  expect(
    spec(entry('spec.host', source('data.host', { options: { delimiter: '.', index: 1 } }), { delimiter: '/', index: 0 })),
  ).toMatchObject({ host: 'example/path' });
  expect(spec(entry('spec.host', source(), { delimiter: '/', index: -1 }))).toMatchObject({ host: 'a.example/old/path' });
  expect(spec(entry('spec.host', source(), { delimiter: '/', index: 9 }))).toMatchObject({ host: 'old/path/a.example' });
});

test('targets are selected by what they were called too, and rejected', () => {
  const to = (target: object) => spec({ sourceValue: 'new', targets: [{ fieldPaths: ['spec.host'], ...target }] }).host;
  expect(to({ select: { name: 'w' } })).toBe('new');
  expect(to({ select: { name: 'p-.*', labelSelector: 'app=web' } })).toBe('new');
  expect(to({ select: { kind: 'Widget' }, reject: [{ name: 'w' }] })).toBe('old/path');
  expect(to({ select: { kind: 'Widget' }, reject: [{ labelSelector: 'app' }] })).toBe('old/path');
});

test('may stand in a file', () => {
  const files = { ...filesOf({ path: 'r.yaml' }), 'app/r.yaml': stringify([entry('spec.host')]) };
  expect(objectsOf(files)[1]).toMatchObject({ spec: { host: 'a.example' } });
});

test.each([
  [{ targets: [{ select: {} }] }, 'has a source and targets'],
  [{ source: source(), targets: [] }, 'has a source and targets'],
  [{ source: source(), sourceValue: 'x', targets: [{ select: {} }] }, 'has one of source and sourceValue'],
  [{ source: source('data.missing'), targets: [{ select: {} }] }, 'has no data.missing'],
  [{ source: { kind: 'Secret' }, targets: [{ select: {} }] }, 'selects nothing'],
  [{ source: {}, targets: [{ select: {} }] }, 'selects several objects'],
  [entry('spec.list.5.v'), 'there is no item 5 in a list of 2'],
  [entry('spec.host.x'), 'host is a scalar'],
])('%j fails', (replacement, why) => {
  expect(refusalOf(filesOf(replacement))).toMatch(/^fails /);
  expect(refusalOf(filesOf(replacement))).toContain(why);
});

test('text that holds YAML is not looked into, and says so', () => {
  expect(refusalOf(filesOf(entry('spec.yaml.a')))).toMatch(/^unsupported .*yaml is text that holds YAML itself/);
});
