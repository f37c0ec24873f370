import fc from 'fast-check';
import { cameEncrypted, inspect, recipientsOf } from '../../src/effective';
import { filesFrom } from '../../src/kustomize';

const flux = (name: string, path: string, spec: object = {}): string =>
  `${JSON.stringify({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: { path, sourceRef: { kind: 'GitRepository', name: 'flux-system' }, ...spec },
  })}\n---\n`;
const source = (name: string, url: string): string =>
  `${JSON.stringify({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name, namespace: 'flux-system' }, spec: { url } })}\n---\n`;
const config = (name: string, data: object = {}): string =>
  `${JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'flux-system' }, data })}\n---\n`;

const inspected = (texts: Readonly<Record<string, string>>, cluster?: string) =>
  inspect(filesFrom(new Map(Object.entries(texts))), cluster === undefined ? {} : { cluster });

/** Each cluster as `name: id path, id path`. */
function clusters(texts: Readonly<Record<string, string>>, cluster?: string): readonly string[] {
  return inspected(texts, cluster).clusters.map(
    ({ name, kustomizations }) =>
      `${name}: ${kustomizations.map(({ id, path }) => `${id.replace('flux-system/', '')} ${path}`).join(', ')}`,
  );
}

describe('where Flux starts', () => {
  test('flux bootstrap, several clusters, the root applying itself', () => {
    const texts = {
      'clusters/a/flux-system/gotk-sync.yaml': flux('flux-system', './clusters/a'),
      'clusters/a/apps.yaml': flux('apps', './apps'),
      'clusters/b/flux-system/gotk-sync.yaml': flux('flux-system', './clusters/b'),
      'apps/c.yaml': config('c'),
    };
    expect(clusters(texts)).toEqual(['a: flux-system clusters/a, apps apps', 'b: flux-system clusters/b']);
    expect(clusters(texts, 'clusters/b')).toEqual(['b: flux-system clusters/b']);
    expect(clusters(texts, './clusters/b/')).toEqual(['b: flux-system clusters/b']);
    expect(inspected(texts, 'clusters/c').problems.map(({ what }) => what)).toEqual(['there is no cluster in clusters/c']);
  });

  test('two clusters of one name keep their whole path', () => {
    const texts = { 'x/a/gotk-sync.yaml': flux('flux-system', './x/a'), 'y/a/gotk-sync.yaml': flux('flux-system', './y/a') };
    expect(inspected(texts).clusters.map(({ name }) => name)).toEqual(['a', 'y/a']);
  });

  test('a FluxInstance, and the values of its chart', () => {
    const sync = { kind: 'GitRepository', url: 'https://example.org/home.git', path: 'kubernetes/flux/cluster' };
    const apps = { 'kubernetes/flux/cluster/ks.yaml': flux('cluster-apps', './kubernetes/apps'), 'kubernetes/apps/c.yaml': config('c') };
    const instance = {
      apiVersion: 'fluxcd.controlplane.io/v1',
      kind: 'FluxInstance',
      metadata: { name: 'flux', namespace: 'flux-system' },
      spec: { sync },
    };
    const wanted = ['cluster: flux-system kubernetes/flux/cluster, cluster-apps kubernetes/apps'];
    expect(clusters({ ...apps, 'instance.yaml': JSON.stringify(instance) })).toEqual(wanted);
    expect(clusters({ ...apps, 'helm/values.yaml': 'instance:\n  sync:\n    path: kubernetes/flux/cluster\n' })).toEqual(wanted);
  });

  test('nothing but a Flux Kustomization that applies others: it is the root', () => {
    const texts = {
      'kubernetes/flux/config/cluster.yaml':
        source('home', 'https://example.org/home') +
        flux('cluster', './kubernetes/flux', { sourceRef: { kind: 'GitRepository', name: 'home' } }),
      'kubernetes/flux/apps.yaml': flux('apps', './kubernetes/apps', { sourceRef: { kind: 'GitRepository', name: 'home' } }),
      'kubernetes/apps/c.yaml': config('c'),
    };
    expect(clusters(texts)).toEqual(['flux: cluster kubernetes/flux, apps kubernetes/apps']);
  });

  test('nothing but a folder of Flux Kustomizations: it is what a root would read', () => {
    const texts = {
      'clusters/x/a.yaml': flux('a', './a'),
      'clusters/x/b.yaml': flux('b', './b'),
      'a/c.yaml': config('c'),
      'b/c.yaml': config('d'),
    };
    expect(clusters(texts)).toEqual(['x: flux-system clusters/x, a a, b b']);
  });

  test('folders that share a base are the clusters, not the base', () => {
    const overlay = 'resources: [../base]\n';
    const texts = {
      'clusters/base/a.yaml': flux('a', './a'),
      'clusters/base/kustomization.yaml': 'resources: [a.yaml]\n',
      'a/c.yaml': config('c'),
    };
    expect(clusters({ ...texts, 'clusters/x/kustomization.yaml': overlay, 'clusters/y/kustomization.yaml': overlay })).toEqual([
      'x: flux-system clusters/x, a a',
      'y: flux-system clusters/y, a a',
    ]);
  });

  test('what no cluster reaches is listed, once every build is known', () => {
    const texts = {
      'clusters/a/gotk-sync.yaml': flux('flux-system', './clusters/a'),
      'old/c.yaml': config('c'),
      '.github/ci.yaml': 'a: b\n',
    };
    expect(inspected(texts).unreached).toEqual(['old/c.yaml']);
    expect(inspected({ ...texts, 'clusters/a/x.yaml': flux('x', './gone') }).unreached).toEqual([]);
  });
});

describe('sources', () => {
  const root = source('flux-system', 'ssh://git@example.org/home.git') + flux('flux-system', './clusters/a');
  const failureWith = (name: string, url: string) => {
    const texts = {
      'clusters/a/gotk-sync.yaml': root,
      'clusters/a/x.yaml': source(name, url) + flux('x', './x', { sourceRef: { kind: 'GitRepository', name } }),
      'x/c.yaml': config('c'),
    };
    return inspected(texts).clusters[0]?.kustomizations[1]?.failure?.kind;
  };

  test('the same address is the same repository, however it is written', () => {
    expect([failureWith('other', 'https://example.org/home'), failureWith('other', 'git@example.org:home.git')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(failureWith('other', 'https://example.org/charts')).toBe('foreign');
  });

  test('a path that is not there fails, and one that leads out is taken from the root', () => {
    const built = (path: string) =>
      inspected({ 'clusters/a/gotk-sync.yaml': root, 'clusters/a/x.yaml': flux('x', path), 'x/c.yaml': config('c') }).clusters[0]
        ?.kustomizations[1];
    expect([built('./gone')?.failure?.kind, built('../../x')?.objects.length, built('/x/')?.path]).toEqual(['fails', 1, 'x']);
  });
});

describe('what is taken for a cluster, and for its artifact', () => {
  const git = (ignore?: string): string =>
    `${JSON.stringify({ apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name: 'flux-system', namespace: 'flux-system' }, spec: { url: 'https://example.org/a', ignore } })}\n---\n`;

  test('a root may stand in the folder that it builds', () => {
    const texts = {
      'clusters/a/sync/root.yaml': git() + flux('cluster', './clusters/a/sync') + flux('apps', './apps'),
      'apps/c.yaml': config('c'),
    };
    expect(clusters(texts)).toEqual(['sync: cluster clusters/a/sync, apps apps']);
  });

  test('what the source leaves out is no cluster any more', () => {
    const texts = {
      'clusters/a/sync/root.yaml': git('/old\n') + flux('cluster', './clusters/a/sync') + flux('apps', './apps'),
      'apps/c.yaml': config('c'),
      'old/sync/root.yaml': flux('cluster', './old/sync') + flux('apps', './apps'),
    };
    expect(clusters(texts)).toEqual(['sync: cluster clusters/a/sync, apps apps']);
  });

  test('each cluster may have a source of the same name, with another ignore', () => {
    const cluster = (name: string, other: string) =>
      git(`/clusters/${other}\n`) + flux('cluster', `./clusters/${name}`) + flux('apps', './apps');
    const texts = { 'clusters/a/root.yaml': cluster('a', 'b'), 'clusters/b/root.yaml': cluster('b', 'a'), 'apps/c.yaml': config('c') };
    const found = inspected(texts).clusters;
    expect(found.map(({ name, root }) => [name, root.failure])).toEqual([
      ['a', undefined],
      ['b', undefined],
    ]);
  });

  test.each([
    ['OCIRepository', 'unsupported'],
    ['Bucket', 'unsupported'],
    ['GitRepository', 'fails'],
  ])('a path that is not there, in an artifact of %s: %s', (kind, failure) => {
    const texts = {
      'k8s/clusters/a/gotk-sync.yaml': flux('flux-system', './clusters/a', { sourceRef: { kind, name: 'flux-system' } }),
      'k8s/clusters/a/c.yaml': config('c'),
    };
    expect(inspected(texts).clusters[0]?.root.failure?.kind).toBe(failure);
  });
});

describe('variables of a source that is optional and in no file', () => {
  const made = (data: object, spec: object) => {
    const texts = {
      'clusters/a/gotk-sync.yaml': flux('flux-system', './clusters/a'),
      'clusters/a/one.yaml': flux('one', './one', spec),
      'one/c.yaml': config('c', data),
    };
    const one = inspected(texts).clusters[0]?.kustomizations[1];
    return { substitution: one?.substitution, objects: one?.objects.map(({ object, unknown }) => [Reflect.get(object, 'data'), unknown]) };
  };
  const optional = { postBuild: { substituteFrom: [{ kind: 'Secret', name: 'secrets', optional: true }] } };

  test('it may be in the cluster: what it would fill in is unknown, not undefined', () => {
    const { substitution, objects } = made({ a: '${NAME}' }, optional);
    expect([substitution?.active, substitution?.errors]).toEqual([true, []]);
    expect(objects).toEqual([[{ a: 'unknown-name' }, new Set(['data.a'])]]);
  });

  test('a default stands for what nobody knows, since the text is written around it', () => {
    const { substitution, objects } = made({ a: "${q:='}${NAME}${q:='}" }, optional);
    expect(substitution?.errors).toEqual([]);
    expect(objects).toEqual([[{ a: 'unknown-name' }, new Set(['data.a'])]]);
  });
});

describe('what is applied', () => {
  const gotk = { 'clusters/a/gotk-sync.yaml': flux('flux-system', './clusters/a') };
  const applied = (texts: Readonly<Record<string, string>>) => inspected({ ...gotk, ...texts }).clusters[0]?.kustomizations ?? [];

  test('a parent fills in the path of its child, and a ConfigMap comes from wherever it is applied', () => {
    const all = applied({
      'clusters/a/kustomization.yaml': 'resources: [gotk-sync.yaml, one.yaml, vars.yaml]\n',
      'clusters/a/one.yaml':
        flux('one', './one', { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'vars' }] } }) +
        flux('late', './late', { dependsOn: [{ name: 'one' }] }),
      'clusters/a/vars.yaml': flux('vars', './vars'),
      'one/two.yaml': flux('two', './${FOLDER}'),
      'vars/c.yaml': config('vars', { FOLDER: 'deep' }),
      'deep/c.yaml': config('c'),
      'late/c.yaml': config('d'),
    });
    expect(all.map(({ name, path }) => [name, path])).toEqual([
      ['flux-system', 'clusters/a'],
      ['one', 'one'],
      ['two', 'deep'],
      ['late', 'late'],
      ['vars', 'vars'],
    ]);
    expect([...(all[1]?.substitution.values ?? [])]).toEqual([['FOLDER', 'deep']]);
  });

  test('a ConfigMap that is nowhere is told once', () => {
    const spec = { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'gone' }] } };
    const [, one] = applied({ 'clusters/a/one.yaml': flux('one', './one', spec), 'one/c.yaml': config('c', { a: '${A}' }) });
    expect(one?.substitution.errors.map(({ kind, on }) => [kind, on])).toEqual([['missing-source', undefined]]);
    expect([...(one?.substitution.unknown ?? [])]).toEqual(['*']);
  });

  test('common metadata goes over everything', () => {
    const spec = { commonMetadata: { labels: { team: 'x' } } };
    const [, one] = applied({ 'clusters/a/one.yaml': flux('one', './one', spec), 'one/c.yaml': config('c') });
    expect(one?.objects[0]?.object.metadata).toEqual({ name: 'c', namespace: 'flux-system', labels: { team: 'x' } });
  });

  test('an encrypted Secret is decrypted in form only', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { a: 'ENC[x]' },
      sops: { mac: 'ENC[y]', age: [{ recipient: 'age1x' }] },
    };
    const texts = (decryption: object) => ({
      'clusters/a/one.yaml': flux('one', './one', decryption),
      'one/s.yaml': JSON.stringify(secret),
    });
    const [, open] = applied(texts({ decryption: { provider: 'sops' } }));
    const [, shut] = applied(texts({}));
    const [plain, sealed] = [open?.objects[0], shut?.objects[0]];
    expect([plain && 'sops' in plain.object, sealed && 'sops' in sealed.object]).toEqual([false, true]);
    expect(plain && [cameEncrypted(plain), [...(plain.unknown ?? [])], recipientsOf(plain.unsubstituted)]).toEqual([
      ...[true, ['stringData.a'], [{ kind: 'age', id: 'age1x' }]],
    ]);
  });

  test('patches of a Flux Kustomization are reported from where they stand', () => {
    const patch = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: flux-system }\ndata: { b: "1" }\n';
    const [, one] = applied({ 'clusters/a/one.yaml': flux('one', './one', { patches: [{ patch }] }), 'one/c.yaml': config('c') });
    expect(one?.patches.map(({ file, index, changed }) => [file, index, changed])).toEqual([['clusters/a/one.yaml', 0, true]]);
  });
});

test('whatever a Flux Kustomization says, nothing is thrown', () => {
  const word = fc.constantFrom('a', './one', '..', 'flux-system', 'ConfigMap', 'c', '${A}', '', 'Kustomization');
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      word,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(word, tie('node'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  const keys = [
    'path',
    'dependsOn',
    'patches',
    'postBuild',
    'sourceRef',
    'components',
    'images',
    'targetNamespace',
    'commonMetadata',
    'decryption',
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), node, { maxKeys: 4, noNullPrototype: true }), (spec) => {
      const texts = {
        'clusters/a/gotk-sync.yaml': flux('flux-system', './clusters/a'),
        'clusters/a/one.yaml': flux('one', './one', spec),
        'one/c.yaml': config('c'),
      };
      expect(inspected(texts).clusters).toHaveLength(1);
    }),
    { numRuns: 200 },
  );
});
