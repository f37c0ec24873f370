import { buildFolder, filesFrom, Unreadable } from '../../src/kustomize';
import { build, configMap, objectsOf, refusalOf } from '../support/kustomize';

const names = (objects: readonly unknown[]) => objects.map((object) => Object(object).metadata.name);

describe('resources', () => {
  const files = {
    'app/kustomization.yaml': 'resources: [b.yaml, ../base, ../one.yaml]\n',
    'app/b.yaml': `${configMap('b')}---\n${configMap('c')}`,
    'base/kustomization.yml': 'bases: [deep]\n',
    'base/deep/Kustomization': 'resources: [d.yaml]\n',
    'base/deep/d.yaml': configMap('d'),
    'one.yaml': configMap('e'),
  };

  test('files and folders, in their order; each object knows where it was written', () => {
    const { objects, reached } = build(files);
    expect(objects.map(({ object, origin }) => [Object(object).metadata.name, origin])).toEqual([
      ['b', { path: 'app/b.yaml', index: 0 }],
      ['c', { path: 'app/b.yaml', index: 1 }],
      ['d', { path: 'base/deep/d.yaml', index: 0 }],
      ['e', { path: 'one.yaml', index: 0 }],
    ]);
    expect([...reached].sort()).toEqual(Object.keys(files).sort());
  });

  test('objects that were made in memory come out as they are, and nothing is parsed', () => {
    const made = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { note: 'x' } }, data: { k: 'v' } };
    const texts = new Map([
      ['app/kustomization.yaml', 'resources: [a.yaml]\n'],
      ['app/a.yaml', 'no: [ yaml'],
    ]);
    const { objects } = buildFolder(filesFrom(texts, { objects: (path) => (path === 'app/a.yaml' ? [made] : undefined) }), 'app');
    expect(objects[0]?.object).toBe(made);
  });

  test.each([
    ['a file that is not there', { 'app/kustomization.yaml': 'resources: [x.yaml]\n' }, 'fails app/kustomization.yaml: there is no x.yaml'],
    ['a folder that is not there', {}, 'fails app: there is no such folder'],
    [
      'a folder without a kustomization file',
      { 'app/kustomization.yaml': 'resources: [x]\n', 'app/x/a.yaml': configMap('a') },
      'fails app/x: there is no kustomization.yaml',
    ],
    [
      'a path out of the repository',
      { 'app/kustomization.yaml': 'resources: [../../x]\n' },
      'fails app/kustomization.yaml: ../../x leads out of the repository',
    ],
    [
      'an absolute path',
      { 'app/kustomization.yaml': 'resources: [/x.yaml]\n', 'x.yaml': configMap('a') },
      'fails app/kustomization.yaml: /x.yaml leads out of the repository',
    ],
    [
      'itself',
      { 'app/kustomization.yaml': 'resources: [.]\n' },
      'fails app/kustomization.yaml: . is a cycle: it contains app, which led here',
    ],
    [
      'a circle',
      { 'app/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../app]\n' },
      'fails b/kustomization.yaml: ../app is a cycle: it contains app, which led here',
    ],
    [
      'the folder above',
      { 'kustomization.yaml': 'resources: [x.yaml]\n', 'app/kustomization.yaml': 'resources: [..]\n' },
      'fails app/kustomization.yaml: .. is a cycle: it contains app, which led here',
    ],
    [
      'two kustomization files',
      { 'app/kustomization.yaml': 'resources: []\n', 'app/Kustomization': 'resources: []\n' },
      'fails app/kustomization.yaml: Kustomization stands beside it: kustomize takes one kustomization file only',
    ],
    [
      'an object twice',
      { 'app/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'app/a.yaml': configMap('a'), 'app/b.yaml': configMap('a') },
      'fails app/b.yaml: ConfigMap default/a is there twice: also in app/a.yaml',
    ],
    [
      'a remote base',
      { 'app/kustomization.yaml': 'resources: ["https://example.com/x//y?ref=1"]\n' },
      'unsupported app/kustomization.yaml: https://example.com/x//y?ref=1 is in another repository, or on the web: it is not fetched',
    ],
  ])('%s is refused', (_, files, refusal) => {
    expect(refusalOf(files)).toBe(refusal);
  });

  test('what cannot be read is not known', () => {
    const files = filesFrom(new Map([['app/kustomization.yaml', 'resources: [a.yaml]\n']]));
    const unreadable = (path: string): string | undefined => {
      if (path === 'app/a.yaml') throw new Unreadable(path, 'is larger than 10 MiB');
      return files.read(path);
    };
    expect(() => buildFolder({ ...files, read: unreadable }, 'app')).toThrow(
      expect.objectContaining({ kind: 'unsupported', file: 'app/a.yaml', message: 'it is larger than 10 MiB' }),
    );
  });
});

describe('a kustomization file', () => {
  const file = (text: string) => ({ 'app/kustomization.yaml': text, 'app/a.yaml': configMap('a') });

  test.each([
    ['an unknown field', 'resource: [a.yaml]\n', 'an unknown field "resource"'],
    ['an unknown field further in', 'patches: [{path: a.yaml, targets: {}}]\n', 'patches[0] has an unknown field "targets"'],
    ['a value of another type', 'namespace: 5\nresources: [a.yaml]\n', 'namespace is number 5, and not text'],
    ['a wrong kind', 'kind: Kustomisation\nresources: [a.yaml]\n', 'kind is Kustomisation, and not Kustomization or Component'],
    [
      'a wrong version',
      'apiVersion: v1\nresources: [a.yaml]\n',
      'apiVersion of a Kustomization is kustomize.config.k8s.io/v1beta1, and not v1',
    ],
    ['nothing', 'kind: Kustomization\n', 'the kustomization file says nothing'],
    ['no YAML', 'resources: [\n', 'line 2: '],
  ])('with %s fails', (_, text, why) => {
    expect(refusalOf(file(text))).toContain(`fails app/kustomization.yaml: ${why}`);
  });

  test('that the caller has read is not looked at so closely', () => {
    expect(names(objectsOf(file('nonsense: ['), 'app', { resources: ['a.yaml'], resource: 1, namespace: 5 }))).toEqual(['a']);
    expect(objectsOf(file(''), 'app', { resources: ['a.yaml'], namespace: 5 })).toMatchObject([{ metadata: { namespace: '5' } }]);
    expect(objectsOf(file(''), 'app', {})).toEqual([]);
  });

  test.each([
    ['helmCharts', 'helmCharts: [{name: x}]'],
    ['generators', 'generators: [x]'],
    ['transformers', 'transformers: [x]'],
    ['validators', 'validators: [x]'],
    ['vars', 'vars: [{name: X}]'],
    ['crds', 'crds: [x]'],
    ['configurations', 'configurations: [x]'],
    ['openapi.path', 'openapi: {path: x}'],
  ])('with %s is not followed, and says so', (field, text) => {
    expect(refusalOf(file(`resources: [a.yaml]\n${text}\n`))).toContain(
      `unsupported app/kustomization.yaml: ${field} is not followed here`,
    );
  });
});

describe('components', () => {
  const files = {
    'app/kustomization.yaml': 'resources: [a.yaml]\ncomponents: [../part]\nnameSuffix: -x\n',
    'app/a.yaml': configMap('a', 'data:\n  k: v\n'),
    'part/kustomization.yaml':
      'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\nresources: [b.yaml]\npatches: [{target: {kind: ConfigMap}, patch: "- {op: add, path: /data/l, value: w}"}]\n',
    'part/b.yaml': configMap('b', 'data: {}\n'),
  };

  test('work on what is there already, and come before what their parent does to names', () => {
    expect(objectsOf(files)).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a-x' }, data: { k: 'v', l: 'w' } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b-x' }, data: { l: 'w' } },
    ]);
  });

  test('are no resources, and resources no components', () => {
    expect(refusalOf({ ...files, 'app/kustomization.yaml': 'resources: [../part]\n' })).toContain('it belongs under components');
    expect(
      refusalOf({ ...files, 'app/kustomization.yaml': 'components: [../base]\n', 'base/kustomization.yaml': 'resources: []\n' }),
    ).toContain('components takes folders of kind Component');
  });
});

describe('what comes out', () => {
  const one = (text: string) => objectsOf({ 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': text });

  test('are annotations as text, in whatever way they were written', () => {
    const annotations = '  annotations:\n    a: 1\n    b: true\n    c: 0x10\n    d:\n    e: 1.0\n';
    expect(one(configMap('a', annotations))).toMatchObject([
      { metadata: { annotations: { a: '1', b: 'true', c: '0x10', d: '', e: '1.0' } } },
    ]);
    expect(one(configMap('a', '  annotations: {}\n  labels: {}\n'))).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: {} } },
    ]);
  });

  test('are no objects for the machine of the author', () => {
    expect(one(configMap('a', '  annotations:\n    config.kubernetes.io/local-config: "true"\n'))).toEqual([]);
  });

  test('are no objects that Flux drops: without apiVersion, and kustomization files that were listed', () => {
    expect(one('kind: ConfigMap\nmetadata:\n  name: a\n')).toEqual([]);
    expect(one('apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata:\n  name: a\n')).toEqual([]);
  });

  test('is where they come from, if that is asked for', () => {
    const files = { 'app/a.yaml': configMap('a'), 'base/kustomization.yaml': 'resources: [b.yaml]\n', 'base/b.yaml': configMap('b') };
    const kustomization = {
      buildMetadata: ['originAnnotations'],
      resources: ['a.yaml', '../base'],
      configMapGenerator: [{ name: 'g', options: { disableNameSuffixHash: true } }],
    };
    const origins = objectsOf(files, 'app', kustomization).map(
      (object) => Object(object).metadata.annotations['config.kubernetes.io/origin'],
    );
    expect(origins).toEqual([
      'path: a.yaml\n',
      'path: ../base/b.yaml\n',
      'configuredIn: kustomization.yaml\nconfiguredBy:\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n',
    ]);
  });

  test('is sorted if that is asked for', () => {
    const text = `apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n---\n${configMap('b')}---\n${configMap('a')}---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: n\n`;
    const files = { 'app/kustomization.yaml': 'resources: [a.yaml]\nsortOptions: {order: legacy}\n', 'app/a.yaml': text };
    expect(names(objectsOf(files))).toEqual(['n', 'a', 'b', 's']);
  });
});
