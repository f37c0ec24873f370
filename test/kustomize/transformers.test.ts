import { stringify as toYaml } from 'yaml';
import { configMap, objectsOf, refusalOf } from '../support/kustomize';

const object = (apiVersion: string, kind: string, name: string, more: object = {}, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, ...metadata },
  ...more,
});

/** kustomize reads its own files as YAML 1.1, to which `n` and `y` are no text. */
const stringify = (value: object): string => toYaml(value, { version: '1.1' });

/** What a kustomization makes of objects. */
function made(objects: readonly object[], kustomization: object): readonly unknown[] {
  return objectsOf(filesOf(objects, kustomization));
}

const filesOf = (objects: readonly object[], kustomization: object) => ({
  'app/kustomization.yaml': stringify({ resources: ['all.yaml'], ...kustomization }),
  'app/all.yaml': objects.map((each) => stringify(each)).join('---\n'),
  'app/data.txt': 'some text\nof <two> lines\n',
  'app/vars.env': '# comment\nONE=1\n  TWO=a=b\nTHREE\n',
});

const pod = (spec: object) => ({ spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec } } });
const names = (objects: readonly unknown[]) => objects.map((each) => [Object(each).metadata.namespace, Object(each).metadata.name]);

describe('namespace', () => {
  test('is set on all that could have one, as far as kustomize knows, and renames Namespaces', () => {
    const objects = [
      object('v1', 'Namespace', 'a'),
      object('apps/v1', 'Deployment', 'b', {}, { namespace: 'x' }),
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'c'),
      object('cert-manager.io/v1', 'ClusterIssuer', 'd'),
      object('storage.k8s.io/v1', 'StorageClass', 'e'),
    ];
    expect(names(made(objects, { namespace: 'ns' }))).toEqual([
      [undefined, 'ns'],
      ['ns', 'b'],
      [undefined, 'c'],
      ['ns', 'd'],
      [undefined, 'e'],
    ]);
  });

  test('moves subjects that are default, or in the same build', () => {
    const subject = (name: string, namespace?: string) => ({ kind: 'ServiceAccount', name, ...(namespace && { namespace }) });
    const objects = [
      object('v1', 'ServiceAccount', 'mine'),
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'b', {
        subjects: [subject('default'), subject('mine'), subject('other', 'x')],
      }),
    ];
    expect(made(objects, { namespace: 'ns' })[1]).toMatchObject({
      subjects: [subject('default', 'ns'), subject('mine', 'ns'), subject('other', 'x')],
    });
  });

  test('that makes one of two objects fails', () => {
    const objects = [object('v1', 'ConfigMap', 'a', {}, { namespace: 'x' }), object('v1', 'ConfigMap', 'a', {}, { namespace: 'y' })];
    expect(refusalOf(filesOf(objects, { namespace: 'ns' }))).toBe(
      'fails app/kustomization.yaml: namespace ns makes two objects of one name: ConfigMap ns/a',
    );
  });
});

describe('namePrefix and nameSuffix', () => {
  test('are taken over by references of kinds that kustomize knows, and by no others', () => {
    const objects = [
      object('v1', 'ConfigMap', 'c'),
      object('v1', 'Secret', 's'),
      object('v1', 'ServiceAccount', 'sa'),
      object(
        'apps/v1',
        'Deployment',
        'd',
        pod({
          serviceAccountName: 'sa',
          containers: [{ name: 'x', envFrom: [{ configMapRef: { name: 'c' } }, { secretRef: { name: 'other' } }] }],
          volumes: [{ name: 'v', secret: { secretName: 's' } }],
        }),
      ),
      object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'r', { spec: { valuesFrom: [{ kind: 'ConfigMap', name: 'c' }] } }),
      object('v1', 'Namespace', 'n'),
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'crd'),
    ];
    const built = made(objects, { namePrefix: 'p-', nameSuffix: '-s' });
    expect(names(built).map(([, name]) => name)).toEqual(['p-c-s', 'p-s-s', 'p-sa-s', 'p-d-s', 'p-r-s', 'n', 'crd']);
    expect(built[3]).toMatchObject({
      spec: {
        template: {
          spec: {
            serviceAccountName: 'p-sa-s',
            containers: [{ envFrom: [{ configMapRef: { name: 'p-c-s' } }, { secretRef: { name: 'other' } }] }],
            volumes: [{ secret: { secretName: 'p-s-s' } }],
          },
        },
      },
    });
    expect(built[4]).toMatchObject({ spec: { valuesFrom: [{ name: 'c' }] } });
  });

  test('follow the same name in the same namespace only', () => {
    const objects = [
      object('v1', 'ConfigMap', 'c', {}, { namespace: 'x' }),
      object('v1', 'Pod', 'p', { spec: { volumes: [{ configMap: { name: 'c' } }] } }, { namespace: 'y' }),
    ];
    expect(made(objects, { namePrefix: 'p-' })[1]).toMatchObject({ spec: { volumes: [{ configMap: { name: 'c' } }] } });
  });
});

describe('labels and annotations', () => {
  const deployment = object('apps/v1', 'Deployment', 'd', pod({}));

  test.each([
    [{ labels: [{ pairs: { n: 'v' } }] }, { a: 'b' }, { a: 'b' }],
    [{ labels: [{ pairs: { n: 'v' }, includeTemplates: true }] }, { a: 'b' }, { a: 'b', n: 'v' }],
    [{ labels: [{ pairs: { n: 'v' }, includeSelectors: true }] }, { a: 'b', n: 'v' }, { a: 'b', n: 'v' }],
    [{ commonLabels: { n: 'v' } }, { a: 'b', n: 'v' }, { a: 'b', n: 'v' }],
  ])('%j', (kustomization, selector, template) => {
    expect(made([deployment], kustomization)).toEqual([
      object(
        'apps/v1',
        'Deployment',
        'd',
        { spec: { selector: { matchLabels: selector }, template: { metadata: { labels: template }, spec: {} } } },
        { labels: { n: 'v' } },
      ),
    ]);
  });

  test('fields of their own', () => {
    const fields = [{ path: 'spec/labels', create: true, kind: 'Widget' }];
    const built = made([object('example.com/v1', 'Widget', 'w', { spec: {} }), deployment], { labels: [{ pairs: { n: 'v' }, fields }] });
    expect(built[0]).toMatchObject({ spec: { labels: { n: 'v' } } });
    expect(built[1]).not.toHaveProperty('spec.labels');
    expect(refusalOf(filesOf([deployment], { labels: [{ pairs: { n: 'v' }, fields: [{ path: 'metadata/labels' }] }] }))).toContain(
      'contradicts',
    );
  });

  test('commonAnnotations reach pod templates', () => {
    expect(made([deployment], { commonAnnotations: { n: 'v' } })[0]).toMatchObject({
      metadata: { annotations: { n: 'v' } },
      spec: { template: { metadata: { annotations: { n: 'v' } } } },
    });
  });

  test('that one transformer added stay one: a patch of one of them changes all, as in kustomize', () => {
    const patch = stringify(object('apps/v1', 'Deployment', 'd', {}, { labels: { n: 'w' } }));
    const files = {
      ...filesOf([deployment], { commonLabels: { n: 'v' } }),
      'top/kustomization.yaml': stringify({ resources: ['../app'], patches: [{ patch }] }),
    };
    expect(objectsOf(files, 'top')).toEqual(
      [object('apps/v1', 'Deployment', 'd', pod({}), { labels: { n: 'w' } })].map((each) => ({
        ...each,
        spec: { selector: { matchLabels: { a: 'b', n: 'w' } }, template: { metadata: { labels: { a: 'b', n: 'w' } }, spec: {} } },
      })),
    );
  });
});

describe('images', () => {
  const image = (text: string, entry: object) => {
    const built = made([object('example.com/v1', 'Widget', 'w', { spec: { deep: [{ containers: [{ image: text }] }] } })], {
      images: [entry],
    });
    return Object(built[0]).spec.deep[0].containers[0].image;
  };

  test.each([
    ['nginx', { name: 'nginx', newTag: '2' }, 'nginx:2'],
    ['nginx:1', { name: 'nginx', newName: 'mirror/nginx' }, 'mirror/nginx:1'],
    ['nginx:1@sha256:abc', { name: 'nginx', newTag: '2' }, 'nginx:2'],
    ['nginx:1', { name: 'nginx', digest: 'sha256:abc' }, 'nginx@sha256:abc'],
    ['nginx:1', { name: 'nginx', tagSuffix: '-x' }, 'nginx:1-x'],
    ['registry:5000/app', { name: 'registry:5000/app', newTag: '2' }, 'registry:5000/app:2'],
    ['registry:5000/app:1', { name: 'app', newTag: '2' }, 'registry:5000/app:1'],
    ['nginx-plus:1', { name: 'nginx', newTag: '2' }, 'nginx-plus:1'],
    ['nginx:1', { name: 'n.*x', newTag: '2' }, 'nginx:2'],
  ])('%s with %j is %s', (text, entry, expected) => {
    expect(image(text, entry)).toBe(expected);
  });

  test('leave CRDs alone', () => {
    const crd = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'c', { spec: { containers: [{ image: 'nginx' }] } });
    expect(made([crd], { images: [{ name: 'nginx', newTag: '2' }] })).toEqual([crd]);
  });
});

test('replicas', () => {
  const objects = [
    object('apps/v1', 'Deployment', 'd', { spec: { replicas: 1 } }),
    object('apps/v1', 'StatefulSet', 'd'),
    object('apps/v1', 'Deployment', 'e'),
  ];
  expect(made(objects, { replicas: [{ name: 'd', count: 3 }], namePrefix: 'p-' })).toMatchObject([
    { spec: { replicas: 3 } },
    { spec: { replicas: 3 } },
    { metadata: { name: 'p-e' } },
  ]);
  expect(refusalOf(filesOf(objects, { replicas: [{ name: 'x', count: 3 }] }))).toContain(
    'replicas: nothing of the kinds it knows is called x',
  );
});

describe('generators', () => {
  const generated = (entry: object, more: object = {}) => made([], { configMapGenerator: [{ name: 'g', ...entry }], ...more })[0];

  test('name what they make by its content, and references follow', () => {
    const objects = [object('v1', 'Pod', 'p', { spec: { volumes: [{ configMap: { name: 'g' } }] } })];
    const built = made(objects, { configMapGenerator: [{ name: 'g', literals: ['a=b'] }] });
    expect(built[1]).toEqual(object('v1', 'ConfigMap', 'g-4h2mbtbbt6', { data: { a: 'b' } }));
    expect(built[0]).toMatchObject({ spec: { volumes: [{ configMap: { name: 'g-4h2mbtbbt6' } }] } });
  });

  test('read literals, files and envs', () => {
    const options = { disableNameSuffixHash: true };
    expect(generated({ literals: ['a="b=c"', "d='e'"], files: ['data.txt', 'k=data.txt'], envs: ['vars.env'], options })).toEqual(
      object('v1', 'ConfigMap', 'g', {
        data: {
          ONE: '1',
          THREE: '',
          TWO: 'a=b',
          a: 'b=c',
          d: 'e',
          'data.txt': 'some text\nof <two> lines\n',
          k: 'some text\nof <two> lines\n',
        },
      }),
    );
  });

  test('hash as kustomize does what Go escapes for HTML', () => {
    expect(generated({ files: ['data.txt'], literals: ['u=\u2028 & é'] })).toMatchObject({ metadata: { name: 'g-24mm98987b' } });
  });

  test('follow generatorOptions', () => {
    expect(
      generated(
        { options: { labels: { a: 'own' } } },
        { generatorOptions: { labels: { a: 'x', b: 'y' }, immutable: true, disableNameSuffixHash: true } },
      ),
    ).toEqual(object('v1', 'ConfigMap', 'g', { immutable: true }, { labels: { a: 'own', b: 'y' } }));
  });

  test('make Secrets, in lines of 70', () => {
    const secretGenerator = [
      { name: 's', type: 'Own', literals: ['a=b', `l=${'x'.repeat(60)}`], options: { disableNameSuffixHash: true } },
    ];
    const long = Buffer.from('x'.repeat(60)).toString('base64');
    expect(made([], { secretGenerator })).toEqual([
      object('v1', 'Secret', 's', { type: 'Own', data: { a: 'Yg==', l: `${long.slice(0, 70)}\n${long.slice(70)}\n` } }),
    ]);
  });

  test('merge into and replace what is there', () => {
    const there = object('v1', 'ConfigMap', 'g', { data: { a: 'old', z: 'old' } }, { labels: { l: 'old' } });
    const behave = (behavior?: string) => made([there], { configMapGenerator: [{ name: 'g', literals: ['a=new'], behavior }] })[0];
    expect(behave('merge')).toEqual({ ...there, data: { a: 'new', z: 'old' } });
    expect(behave('replace')).toEqual({ ...there, data: { a: 'new' } });
    expect(() => behave()).toThrow('there is a ConfigMap g already');
    expect(() => generated({ behavior: 'merge' })).toThrow('behavior is merge, but there is no ConfigMap g');
  });

  test.each([
    [{ literals: ['a=secret-value', '=b'] }, 'a literal is not of the form key=value'],
    [{ literals: ['a=b', 'a=c'] }, 'key "a" is there twice'],
    [{ files: ['x.txt'] }, 'there is no file x.txt'],
    [{ files: ['a=b=c'] }, 'neither a path nor key=path'],
    [{ name: '' }, 'a generator has no name'],
  ])('%j fails, and tells no value', (entry, why) => {
    const files = filesOf([], { configMapGenerator: [{ name: 'g', ...entry }] });
    expect(refusalOf(files)).toContain(why);
    expect(refusalOf(files)).not.toContain('secret-value');
  });
});

test('transformers run in the order of kustomize: patches first, then names, labels and images', () => {
  const patch = stringify(object('v1', 'Pod', 'p', { spec: { containers: [{ name: 'c', image: 'nginx' }] } }));
  const built = made([object('v1', 'Pod', 'p', { spec: {} })], {
    patches: [{ patch }],
    namePrefix: 'x-',
    images: [{ name: 'nginx', newTag: '2' }],
  });
  expect(built).toMatchObject([{ metadata: { name: 'x-p' }, spec: { containers: [{ image: 'nginx:2' }] } }]);
  expect(objectsOf({ 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': configMap('a') })).toHaveLength(1);
});
