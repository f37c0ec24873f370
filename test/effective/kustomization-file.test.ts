import { prepare } from '../../src/effective/kustomization-file';
import { BuildError, filesFrom } from '../../src/kustomize';

const HEAD = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

const prepared = (texts: Readonly<Record<string, string>>, spec: Readonly<Record<string, unknown>> = {}) =>
  prepare(filesFrom(new Map(Object.entries(texts))), 'app', spec);

describe('a folder without a kustomization file', () => {
  test('every manifest below it, and a folder that has one as one', () => {
    const { kustomization, path } = prepared({
      'app/b.yaml': '',
      'app/a/x.yml': '',
      'app/a/c/kustomization.yml': '',
      'app/a/c/y.yaml': '',
      'app/notes.txt': '',
    });
    expect([kustomization, path]).toEqual([{ ...HEAD, resources: ['a/c', 'a/x.yml', 'b.yaml'] }, 'app/kustomization.yaml']);
  });

  test('nothing at all is no mistake', () => {
    expect(prepared({ 'app/readme.md': '' }).empty).toBe(true);
  });
});

describe('a folder with one', () => {
  test('keys it does not know are dropped, upper and lower case do not matter', () => {
    const { kustomization } = prepared({ 'app/Kustomization': 'Resources: [a.yaml]\nresource: [b.yaml]\nnamespace: x\n' });
    expect(kustomization).toEqual({ ...HEAD, resources: ['a.yaml'], namespace: 'x' });
  });

  test('without resources objects tell where they come from', () => {
    expect(prepared({ 'app/kustomization.yaml': 'components: [../c]\n' }).kustomization).toMatchObject({
      buildMetadata: ['originAnnotations'],
    });
  });

  test.each([
    ['a: [', 'it is no YAML'],
    ['- a', 'it is no map'],
    ['resources: a.yaml', 'resources must be a list'],
  ])('%j fails', (text, message) => {
    expect(() => prepared({ 'app/kustomization.yaml': text })).toThrow(BuildError);
    expect(() => prepared({ 'app/kustomization.yaml': text })).toThrow(message);
  });
});

test('the fields of a Flux Kustomization are merged in', () => {
  const own =
    'resources: [a.yaml]\nnamespace: x\npatches: [{ path: p.yaml }]\nimages: [{ name: i, newTag: "1", digest: d }, { name: j, newTag: "2" }]\n';
  const spec = {
    targetNamespace: 'y',
    namePrefix: 'p-',
    nameSuffix: '-s',
    patches: [{ patch: 'text', target: { kind: 'Deployment' }, options: {} }],
    components: ['../c', '../gone'],
    ignoreMissingComponents: true,
    images: [
      { name: 'i', newTag: '3' },
      { name: 'j', newName: 'k' },
      { name: 'l', newTag: '4' },
    ],
  };
  const { kustomization, ownPatches } = prepared({ 'app/kustomization.yaml': own, 'c/kustomization.yaml': '' }, spec);
  expect(ownPatches).toBe(1);
  expect(kustomization).toEqual({
    ...HEAD,
    ...{ resources: ['a.yaml'], namespace: 'y', namePrefix: 'p-', nameSuffix: '-s', components: ['../c'] },
    patches: [{ path: 'p.yaml' }, { patch: 'text', target: { kind: 'Deployment' } }],
    images: [
      { name: 'i', newTag: '3' },
      { name: 'j', newTag: '2', newName: 'k' },
      { name: 'l', newTag: '4' },
    ],
  });
});

test.each(['https://example.org/c', 'git@example.org:c', '/c'])('a component must be local: %s', (component) => {
  expect(() => prepared({ 'app/kustomization.yaml': '' }, { components: [component] })).toThrow('must be local and relative');
});
