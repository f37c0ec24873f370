import { stringify } from 'yaml';
import { buildFolder, filesFrom } from '../../src/kustomize';
import { build, configMap, objectsOf, refusalOf } from '../support/kustomize';

const RELEASE =
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: r\n  namespace: ns\nspec:\n  values:\n    hosts: [a, b]\n';

/** A ConfigMap without a namespace, one in another, and a HelmRelease. */
const FILES = {
  'app/kustomization.yaml': 'resources: [all.yaml]\n',
  'app/all.yaml': [
    configMap('a', '  labels:\n    l: v\ndata:\n  k: v\n'),
    configMap('b', '  namespace: ns\ndata:\n  k: v\n'),
    RELEASE,
  ].join('---\n'),
};

const withPatches = (...patches: readonly object[]) => ({
  ...FILES,
  'app/kustomization.yaml': stringify({ resources: ['all.yaml'], patches }),
});
const built = (...patches: readonly object[]) => objectsOf(withPatches(...patches));
const refused = (...patches: readonly object[]) => refusalOf(withPatches(...patches));

const merge = (name: string, more = 'data: {k: w}', metadata = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${metadata}}\n${more}\n`;
const SET = '- {op: replace, path: /data/k, value: w}';

/** The ConfigMaps that have what the patches set. */
const changed = (...patches: readonly object[]) =>
  built(...patches).flatMap((object) => (Object(object).data?.k === 'w' ? [Object(object).metadata.name] : []));

describe('a merge without a target', () => {
  test('changes the one object that it names', () => {
    expect(changed({ patch: merge('a') })).toEqual(['a']);
    expect(changed({ patch: merge('b', undefined, ', namespace: ns') })).toEqual(['b']);
  });

  test('takes no namespace and default for the same', () => {
    expect(changed({ patch: merge('a', undefined, ', namespace: default') })).toEqual(['a']);
  });

  test.each([
    ['b', ''],
    ['a', ', namespace: ns'],
    ['x', ''],
  ])('that names nothing fails: %s%s', (name, metadata) => {
    expect(refused({ patch: merge(name, undefined, metadata) })).toMatch(
      /^fails app\/kustomization[.]yaml: patch 0: there is no ConfigMap /,
    );
  });

  test('may hold several objects', () => {
    expect(changed({ patch: `${merge('a')}---\n${merge('b', undefined, ', namespace: ns')}` })).toEqual(['a', 'b']);
  });

  test('deletes', () => {
    expect(built({ patch: merge('a', '$patch: delete') })).toHaveLength(2);
    expect(
      objectsOf({
        ...FILES,
        'app/kustomization.yaml': stringify({ resources: ['all.yaml'], patchesStrategicMerge: [merge('a', '$patch: delete')] }),
      }),
    ).toHaveLength(2);
  });
});

describe('a merge with a target', () => {
  test('leaves name, kind and namespace of what it changes', () => {
    expect(built({ patch: 'kind: Other\nmetadata: {name: z, namespace: y}\ndata: {k: w}', target: { name: 'b' } })[1]).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'b', namespace: 'ns' },
      data: { k: 'w' },
    });
  });

  test('that matches nothing does nothing', () => {
    expect(changed({ patch: merge('a'), target: { name: 'x' } })).toEqual([]);
  });

  test('may hold one object only', () => {
    expect(refused({ patch: `${merge('a')}---\n${merge('b')}`, target: { name: 'a' } })).toContain(
      'with a target it may hold one object only',
    );
  });

  test('deletes', () => {
    expect(built({ patch: merge('x', '$patch: delete'), target: { kind: 'ConfigMap' } })).toHaveLength(1);
  });

  test('deletes no label: null becomes text', () => {
    expect(built({ patch: merge('x', '', ', labels: {l: null}'), target: { name: 'a' } })[0]).toMatchObject({
      metadata: { labels: { l: 'null' } },
    });
    expect(built({ patch: merge('a', '', ', labels: {l: null}') })[0]).toMatchObject({ metadata: { labels: {} } });
  });

  test('may change name and kind if it is allowed to', () => {
    const options = { allowNameChange: true, allowKindChange: true };
    const files = {
      ...FILES,
      'app/kustomization.yaml': stringify({
        resources: ['all.yaml'],
        patches: [{ patch: 'kind: Secret\nmetadata: {name: z}', target: { name: 'a' }, options }],
      }),
    };
    expect(objectsOf(files)[0]).toMatchObject({ kind: 'Secret', metadata: { name: 'z' } });
  });
});

describe('a list of operations', () => {
  test('changes what its target selects', () => {
    expect(changed({ patch: SET, target: { kind: 'ConfigMap' } })).toEqual(['a', 'b']);
    expect(changed({ patch: '[{"op": "add", "path": "/data/k", "value": "w"}]', target: { name: 'a' } })).toEqual(['a']);
  });

  test('needs a target', () => {
    expect(refused({ patch: SET })).toBe('fails app/kustomization.yaml: patch 0: a list of operations needs a target');
  });

  test('whose target matches nothing does nothing', () => {
    expect(changed({ patch: SET, target: { kind: 'Secret' } })).toEqual([]);
  });

  test.each([
    ['- {op: remove, path: /data/x}', 'there is no "x" to remove'],
    ['- {op: add, path: /spec/x, value: 1}', 'there is no place for /spec/x'],
    ['- {op: replace, path: /spec/x, value: 1}', 'there is no place for /spec/x'],
  ])('%s fails', (patch, why) => {
    expect(refused({ patch, target: { name: 'a' } })).toBe(`fails app/kustomization.yaml: patch 0: ${why}`);
  });

  test('may take annotations for granted, where kustomize keeps its notes', () => {
    expect(built({ patch: '- {op: add, path: /metadata/annotations/x, value: 1}', target: { name: 'a' } })[0]).toMatchObject({
      metadata: { annotations: { x: '1' } },
    });
    expect(built({ patch: '- {op: remove, path: /metadata/annotations}', target: { name: 'a' } })).toEqual(built());
  });

  test('is read as YAML 1.1', () => {
    expect(built({ patch: '- {op: add, path: /data/k, value: yes}', target: { name: 'a' } })[0]).toMatchObject({ data: { k: true } });
  });

  test('may take the name away, but not for good', () => {
    expect(refused({ patch: '- {op: remove, path: /metadata/name}', target: { name: 'a' } })).toBe(
      'fails app/all.yaml: the ConfigMap has no metadata.name once it is built',
    );
  });
});

describe('a target', () => {
  test.each([
    [{ name: 'a|b' }, ['a', 'b']],
    [{ name: '.' }, ['a', 'b', 'r']],
    [{ name: 'A' }, []],
    [{ kind: 'Config' }, []],
    [{ kind: 'Config.*', namespace: 'ns' }, ['b']],
    [{ namespace: 'default' }, ['a']],
    [{ group: '', version: 'v1' }, ['a', 'b']],
    [{ group: 'helm.*' }, ['r']],
    [{ labelSelector: 'l in (v, w),!m' }, ['a']],
    [{ annotationSelector: 'x' }, []],
    [{}, ['a', 'b', 'r']],
  ])('%j selects %j', (target, names) => {
    expect(changed({ patch: 'kind: X\nmetadata: {name: x}\ndata: {k: w}', target })).toEqual(names);
  });

  test('finds an object by its former name and namespace too', () => {
    const files = {
      ...FILES,
      'top/kustomization.yaml': stringify({
        resources: ['../app'],
        patches: [{ patch: SET, target: { name: 'a', namespace: 'default' } }],
      }),
    };
    const renamed = { ...files, 'app/kustomization.yaml': 'resources: [all.yaml]\nnamePrefix: p-\nnamespace: m\n' };
    expect(objectsOf(renamed, 'top')[0]).toMatchObject({ metadata: { name: 'p-a', namespace: 'm' }, data: { k: 'w' } });
  });

  test.each([
    [{ name: '(' }, 'missing )'],
    [{ name: '(?=a)' }, 'neither look-around nor back-references'],
    [{ labelSelector: 'a in (' }, 'is no selector'],
  ])('%j cannot be one', (target, why) => {
    expect(refused({ patch: merge('a'), target })).toContain(why);
  });
});

describe('the text of a patch', () => {
  test.each([
    ['nothing of both', {}, 'has to have one of patch and path'],
    ['both', { patch: merge('a'), path: 'all.yaml' }, 'has to have one of patch and path'],
    ['no object', { patch: 'data: {a: b}', target: {} }, 'the object has no kind'],
    ['flow YAML', { patch: '[{op: remove, path: /data}]', target: {} }, 'has to be JSON'],
    ['a file that is not there', { path: 'x.yaml' }, 'there is no file x.yaml'],
  ])('with %s fails', (_, patch, why) => {
    expect(refused(patch)).toContain(why);
  });

  test('may stand in a file', () => {
    expect(
      objectsOf({ ...FILES, 'app/kustomization.yaml': 'resources: [all.yaml]\npatches: [{path: p.yaml}]\n', 'app/p.yaml': merge('a') })[0],
    ).toMatchObject({ data: { k: 'w' } });
    const json = {
      resources: ['all.yaml'],
      patchesJson6902: [{ path: 'p.yaml', target: { version: 'v1', kind: 'ConfigMap', name: 'a' } }],
    };
    expect(objectsOf({ ...FILES, 'app/kustomization.yaml': stringify(json), 'app/p.yaml': SET })[0]).toMatchObject({ data: { k: 'w' } });
  });

  test('that holds nothing does nothing', () => {
    for (const patch of ['# nothing', '[]', 'null', '{}']) expect(built({ patch })).toEqual(built());
  });
});

describe('reports', () => {
  test('say what each patch met and did', () => {
    const target = { kind: 'HelmRelease' };
    const { patches } = build(
      withPatches(
        { patch: 'apiVersion: x\nkind: x\nmetadata: {name: x}\nspec: {values: {hosts: [c]}}', target },
        { patch: '- {op: replace, path: /spec/values/replicas, value: 2}', target },
        { patch: merge('a', 'data: {k: v}') },
        { patch: SET, target: { name: 'missing' } },
      ),
    );
    expect(
      patches.map(({ file, index, form, target: to, matched, changed: did, replacedLists, addedByReplace }) => [
        file,
        index,
        form,
        to,
        matched.length,
        did,
        replacedLists,
        addedByReplace,
      ]),
    ).toEqual([
      ['app/kustomization.yaml', 0, 'merge', target, 1, true, ['HelmRelease ns/r spec.values.hosts'], []],
      ['app/kustomization.yaml', 1, 'json6902', target, 1, true, [], ['/spec/values/replicas']],
      ['app/kustomization.yaml', 2, 'merge', undefined, 1, false, [], []],
      ['app/kustomization.yaml', 3, 'json6902', { name: 'missing' }, 0, false, [], []],
    ]);
    expect(patches[0]?.matched[0]).toMatchObject({
      object: { spec: { values: { hosts: ['a', 'b'] } } },
      origin: { path: 'app/all.yaml', index: 2 },
    });
  });
});

test('what no patch changes is not copied', () => {
  const made = ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { k: 'v' } }));
  const files = filesFrom(new Map([['app/all.yaml', '']]), { objects: (path) => (path === 'app/all.yaml' ? made : undefined) });
  const { objects } = buildFolder(files, 'app', { resources: ['all.yaml'], patches: [{ patch: merge('a') }] });
  expect(objects.map(({ object }, at) => object === made[at])).toEqual([false, true]);
  expect(made[0]).toMatchObject({ data: { k: 'v' } });
});
