import fc from 'fast-check';
import { mergePatch } from '../../src/kustomize/merge';
import { MergeError } from '../../src/kustomize/merge-error';

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' } };
const RELEASE = { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'r' } };

const container = (fields: object) => ({ spec: { template: { spec: { containers: [{ name: 'c', ...fields }] } } } });
const merged = (object: object, patch: object) => mergePatch({ ...object }, { ...patch }).object;
const containers = (fields: object, patch: object) => merged({ ...DEPLOYMENT, ...container(fields) }, container(patch))?.['spec'];

test('maps are merged, null deletes, also where there is nothing yet', () => {
  const object = { ...RELEASE, spec: { a: 1, b: { c: 2, d: 3 } } };
  expect(merged(object, { spec: { a: null, b: { c: 4, e: { f: null } } } })).toEqual({ ...RELEASE, spec: { b: { c: 4, d: 3, e: {} } } });
});

test('neither the object nor the patch is changed', () => {
  const object = { ...DEPLOYMENT, ...container({ env: [{ name: 'A', value: '1' }] }) };
  const patch = container({ env: [{ name: 'A', $patch: 'delete' }] });
  const before = JSON.stringify([object, patch]);
  merged(object, patch);
  expect(JSON.stringify([object, patch])).toBe(before);
});

describe('lists of kinds that kustomize knows', () => {
  test('are merged by their key, new items first', () => {
    const env = [
      { name: 'A', value: 'a' },
      { name: 'B', value: 'b' },
    ];
    const patch = [
      { name: 'Z', value: 'z' },
      { name: 'A', value: 'q' },
      { name: 'B', $patch: 'delete' },
    ];
    expect(containers({ env }, { env: patch })).toMatchObject(
      container({
        env: [
          { name: 'Z', value: 'z' },
          { name: 'A', value: 'q' },
        ],
      }).spec,
    );
  });

  test('with two keys, an item that lacks one of them is another item', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }];
    expect(containers({ ports }, { ports: [{ containerPort: 81, protocol: 'TCP' }] })).toMatchObject(
      container({ ports: [{ containerPort: 81, protocol: 'TCP' }, ...ports] }).spec,
    );
  });

  test('of scalars are united', () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', finalizers: ['a', 'b'] } };
    expect(merged(object, { metadata: { finalizers: ['b', 'c'] } })?.['metadata']).toEqual({ name: 'a', finalizers: ['b', 'c', 'a'] });
  });

  test('without a key in Kubernetes 1.21 are replaced', () => {
    expect(containers({ args: ['a', 'b'] }, { args: ['c'] })).toMatchObject(container({ args: ['c'] }).spec);
  });

  test('follow $patch: replace, but for that of one item, which kustomize forgets', () => {
    const env = [{ name: 'A', value: 'a' }];
    expect(containers({ env }, { env: [{ $patch: 'replace' }, { name: 'Z' }] })).toMatchObject(container({ env: [{ name: 'Z' }] }).spec);
    expect(containers({ env }, { env: [{ $patch: 'delete' }] })).toEqual(container({}).spec);
    expect(containers({ image: 'x' }, { $patch: 'replace', image: 'y' })).toMatchObject(container({ image: 'x' }).spec);
  });
});

describe('kinds that kustomize does not know', () => {
  test('have their lists replaced, which is told', () => {
    const object = { ...RELEASE, spec: { hosts: ['a', 'b'], same: [1] } };
    const { object: made, replacedLists } = mergePatch(object, { spec: { hosts: ['c'], same: [1], fresh: [2] } });
    expect(made).toEqual({ ...RELEASE, spec: { hosts: ['c'], same: [1], fresh: [2] } });
    expect(replacedLists).toEqual(['spec.hosts']);
  });

  test('of newer Kubernetes are among them', () => {
    const object = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', spec: { metrics: [{ type: 'Resource' }] } };
    expect(merged(object, { spec: { metrics: [{ type: 'Pods' }] } })).toMatchObject({ spec: { metrics: [{ type: 'Pods' }] } });
  });

  test('may hold objects of kinds that it knows', () => {
    const pod = (...names: string[]) => ({ apiVersion: 'v1', kind: 'Pod', spec: { containers: names.map((name) => ({ name })) } });
    const object = { ...RELEASE, spec: { pod: pod('a', 'b') } };
    expect(merged(object, { spec: { pod: { spec: { containers: [{ name: 'c' }] } } } })).toMatchObject({
      spec: { pod: pod('c', 'a', 'b') },
    });
  });
});

describe('directives', () => {
  test('replace and delete maps, and the object', () => {
    const object = { ...RELEASE, spec: { a: { b: 1 } } };
    expect(merged(object, { spec: { a: { $patch: 'replace', c: 2 } } })).toEqual({ ...RELEASE, spec: { a: { c: 2 } } });
    expect(merged(object, { spec: { a: { $patch: 'delete' } } })).toEqual({ ...RELEASE, spec: {} });
    expect(merged(object, { $patch: 'delete' })).toBeUndefined();
  });

  test('that kustomize does not know become fields', () => {
    expect(merged(RELEASE, { spec: { $retainKeys: ['a'], '$setElementOrder/x': [1] } })).toEqual({
      ...RELEASE,
      spec: { $retainKeys: ['a'], '$setElementOrder/x': [1] },
    });
  });

  test.each([[{ spec: { a: { $patch: 'nonsense' } } }], [{ spec: { a: 'text' } }], [{ spec: { a: ['list'] } }]])(
    '%j does not fit',
    (patch) => {
      expect(() => merged({ ...RELEASE, spec: { a: { b: 1 } } }, patch)).toThrow(MergeError);
    },
  );
});

test('a number over text that stands in quotes is text', () => {
  const data = (values: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: values });
  expect(merged(data({ port: '8080', word: 'x' }), { data: { port: 80, word: 80 } })).toMatchObject({ data: { port: '80', word: 80 } });
});

test('text that came in place of a plain word stays without quotes, so that a number after it is a number', () => {
  const object = { ...RELEASE, spec: { a: 'word' } };
  const once = merged(object, { spec: { a: '2' } }) ?? {};
  expect(once).toMatchObject({ spec: { a: '2' } });
  expect(merged(once, { spec: { a: 3 } })).toMatchObject({ spec: { a: 3 } });
});

test('merging what an object has already changes nothing, whatever it is', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).map(withoutNull);
  fc.assert(
    fc.property(value, (spec) => {
      const object = { ...RELEASE, spec: { values: spec } };
      expect(merged(object, object)).toEqual(object);
    }),
  );
});

/** In a patch, null deletes. */
function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value ?? 0;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$patch')
      .map(([key, each]) => [key, withoutNull(each)]),
  );
}
