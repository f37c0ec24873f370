import fc from 'fast-check';
import { stringify } from 'yaml';
import type { OracleCase } from './case';
import { anyMap, anyObject, anyValue, LABELS, labels, name, namespace, rarely, stripped } from './cases-objects';

type Body = Readonly<Record<string, unknown>>;

const write = (value: unknown): string => stringify(value, { version: '1.1', aliasDuplicateObjects: false });

/** Parts of `whole`, changed here and there, as a merge has them. */
function partOf(whole: unknown, depth = 0): fc.Arbitrary<unknown> {
  if (Array.isArray(whole)) {
    const item = (each: unknown): fc.Arbitrary<unknown> =>
      fc.oneof({ weight: 4, arbitrary: partOf(each, depth + 1) }, { weight: 1, arbitrary: withDirective(each) });
    return fc.oneof(
      { weight: 3, arbitrary: fc.tuple(...whole.map(item)).chain((items) => fc.shuffledSubarray(items)) },
      { weight: 1, arbitrary: fc.array(anyValue, { maxLength: 2 }).map((more) => [...whole, ...more.filter((each) => each !== null)]) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>([{ $patch: 'replace' }, ...whole], [{ $patch: 'delete' }], [], null) },
    );
  }
  if (typeof whole === 'object' && whole !== null) {
    const entries = Object.entries(whole);
    return fc
      .tuple(fc.subarray(entries), rarely(fc.constantFrom<[string, unknown]>(['added', 1], ['name', 'web'], ['x', { y: null, z: [] }]), 3))
      .chain(([kept, more]) =>
        fc
          .tuple(...kept.map(([key, value]) => partOf(value, depth + 1).map((part): [string, unknown] => [key, part])))
          .map((parts) => Object.fromEntries(more ? [...parts, more] : parts)),
      );
  }
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(whole) },
    { weight: 2, arbitrary: fc.constantFrom<unknown>('new', 2, true) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, {}, [], 'x') },
  );
}

function withDirective(item: unknown): fc.Arbitrary<unknown> {
  if (typeof item !== 'object' || item === null) return fc.constant(item);
  const key = Object.entries(item)[0];
  return fc.constantFrom<unknown>(
    { ...(key && { [key[0]]: key[1] }), $patch: 'delete' },
    { ...item, $patch: 'replace' },
    { ...item, $patch: 'merge' },
    { $patch: 'nonsense' },
  );
}

const selectorText = fc.constantFrom(
  'app=web',
  'app in (web,api),tier!=back',
  '!legacy',
  'legacy',
  'app notin (1.2)',
  'tier=',
  'app in ()',
  'app == web, legacy',
  'app >',
  'app in (web',
  'app=web,',
  ...LABELS.app.map((value) => `app=${value}`),
);

const pattern = (exact: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(exact) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '.*',
        'a|b',
        'web.*',
        'w.b',
        '[a-c]',
        'web(-\\d+)?',
        '^web$',
        '(?i)WEB',
        'cfg|',
        'x',
        'Deploy.*|ConfigMap',
        '\\w+',
        'n[12]',
        'default',
        '.{2,}',
      ),
    },
    { weight: 1, arbitrary: rarely(fc.constantFrom('(', '(?=a)', '[', 'a**', '\\1'), 9).map((bad) => bad ?? '') },
  );

const target = (object: Body): fc.Arbitrary<Body> => {
  const metadata = object['metadata'];
  const own = typeof metadata === 'object' && metadata !== null ? metadata : {};
  const kindText = String(object['kind']);
  const [group, version] = String(object['apiVersion']).includes('/')
    ? String(object['apiVersion']).split('/')
    : ['', String(object['apiVersion'])];
  return fc
    .record({
      group: rarely(pattern(group ?? ''), 4),
      version: rarely(pattern(version ?? ''), 4),
      kind: rarely(pattern(kindText), 2),
      name: fc.option(pattern('name' in own ? String(own.name) : ''), { nil: undefined }),
      namespace: rarely(pattern('namespace' in own ? String(own.namespace) : 'default'), 4),
      labelSelector: rarely(selectorText, 5),
      annotationSelector: rarely(fc.constantFrom('note', 'note=x', '!note'), 8),
    })
    .map(stripped);
};

/** Pointers that lead somewhere in `node`, and some that do not. */
function pointers(node: unknown, path = ''): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const keys = Array.isArray(node) ? [...node.keys()].map(String) : Object.keys(node);
  const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
  return keys.flatMap((key) => [`${path}/${escaped(key)}`, ...pointers(Reflect.get(node, key), `${path}/${escaped(key)}`)]);
}

function operation(object: Body): fc.Arbitrary<Body> {
  const there = pointers(object).filter((pointer) => !['/kind', '/apiVersion', '/metadata', '/metadata/name'].includes(pointer));
  const pointer = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...there, '/metadata/labels') },
    { weight: 1, arbitrary: fc.constantFrom(...there, '/spec').map((each) => `${each}/new`) },
    { weight: 1, arbitrary: fc.constantFrom(...there, '/spec').map((each) => `${each}/-`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '/metadata/annotations/note',
        '/metadata/annotations',
        '/metadata/annotations/a~1b',
        '/metadata/labels/app',
        '/x',
        'spec/x',
        '',
        '/spec/0',
        '/metadata/name',
        '/spec/template/spec/containers/-1',
        '/spec/template/spec/containers/0/image',
      ),
    },
  );
  const value = fc.oneof(
    { weight: 2, arbitrary: anyValue },
    { weight: 1, arbitrary: fc.constantFrom<unknown>('web', { app: 'x' }, [{ name: 'main' }], 3) },
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ op: fc.constant('add'), path: pointer, value }) },
    { weight: 3, arbitrary: fc.record({ op: fc.constant('replace'), path: pointer, value }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('remove'), path: pointer }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('move', 'copy'), from: pointer, path: pointer }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constant('test'), path: pointer, value: fc.constantFrom<unknown>('web', 1, 'x', null) }) },
    { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('add', 'nonsense', 'replace'), path: pointer }) },
  );
}

/** An entry of `patches`. */
function patch(objects: readonly Body[]): fc.Arbitrary<Body> {
  const object = fc.constantFrom(...objects);
  const merge = object.chain((of) =>
    fc
      .tuple(
        partOf(stripped({ ...of, apiVersion: undefined, kind: undefined, metadata: undefined })),
        partOf(of['metadata']),
        fc.constantFrom(0, 0, 0, 1, 2),
        fc.option(target(of), { nil: undefined }),
      )
      .map(([part, metadata, wrong, to]) => {
        const own = of['metadata'];
        const identity =
          typeof own === 'object' && own !== null
            ? {
                ...(typeof metadata === 'object' && !Array.isArray(metadata) ? metadata : {}),
                ...('name' in own && { name: own.name }),
                ...('namespace' in own && { namespace: own.namespace }),
              }
            : {};
        const body = {
          apiVersion: of['apiVersion'],
          kind: of['kind'],
          metadata: wrong === 1 && to !== undefined ? { name: 'other' } : identity,
          ...(typeof part === 'object' && part !== null ? part : {}),
          ...(wrong === 2 && { $patch: 'delete' }),
        };
        return stripped({ patch: write(body), target: to });
      }),
  );
  const json = object.chain((of) =>
    fc.tuple(fc.array(operation(of), { minLength: 1, maxLength: 3 }), target(of), fc.boolean()).map(([operations, to, asJson]) => ({
      patch: asJson ? JSON.stringify(operations) : write(operations),
      target: to,
    })),
  );
  return fc.oneof({ weight: 5, arbitrary: merge }, { weight: 4, arbitrary: json });
}

const generator = fc
  .record({
    name,
    namespace,
    literals: rarely(fc.uniqueArray(fc.constantFrom('k=v', 'l="q"', 'm=a=b', 'n=<&>'), { maxLength: 3 }), 4),
    files: rarely(fc.constantFrom(['data.txt'], ['data.txt'], ['key=data.txt'], ['key=data.txt'], ['missing.txt']), 3),
    envs: rarely(fc.constant(['vars.env']), 3),
    behavior: rarely(fc.constantFrom('create', 'merge', 'replace'), 3),
    options: rarely(
      fc.record(
        { disableNameSuffixHash: fc.boolean(), labels: fc.constant({ made: 'yes' }), immutable: fc.boolean() },
        { requiredKeys: [] },
      ),
      3,
    ),
  })
  .map(stripped);

const fieldPath = fc.constantFrom(
  'metadata.name',
  'metadata.labels.app',
  'metadata.annotations.note',
  'data.k',
  'spec.replicas',
  'spec.template.spec.containers.0.image',
  'spec.template.spec.containers.[name=main].env.*.value',
  'spec.values.a',
  'spec.hosts.*',
);

const replacement = fc
  .record({
    source: rarely(
      fc
        .record({ kind: fc.constantFrom('ConfigMap', 'Deployment', 'HelmRelease'), name: rarely(name, 1), fieldPath: rarely(fieldPath, 1) })
        .map(stripped),
      0,
    ),
    targets: fc.array(
      fc
        .record({
          select: fc.record({ kind: fc.constantFrom('ConfigMap', 'Deployment', 'HelmRelease', '.*'), name: rarely(name, 2) }).map(stripped),
          reject: rarely(fc.array(fc.record({ name }), { maxLength: 1 }), 4),
          fieldPaths: rarely(fc.array(fieldPath, { minLength: 1, maxLength: 2 }), 0),
          options: rarely(
            fc.record(
              { create: fc.boolean(), delimiter: fc.constantFrom('-', ''), index: fc.constantFrom(-1, 0, 1) },
              { requiredKeys: [] },
            ),
            1,
          ),
        })
        .map(stripped),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(stripped);

const transformers = fc
  .record({
    namespace: rarely(fc.constantFrom('n1', 'n9')),
    namePrefix: rarely(fc.constantFrom('pre-', 'p')),
    nameSuffix: rarely(fc.constantFrom('-suf')),
    commonLabels: rarely(labels, 6),
    commonAnnotations: rarely(fc.constantFrom({ note: 'y' }, { team: 't', note: '1' }), 6),
    labels: rarely(
      fc.array(
        fc
          .record({
            pairs: labels,
            includeSelectors: rarely(fc.boolean(), 3),
            includeTemplates: rarely(fc.boolean(), 3),
            fields: rarely(
              fc.constantFrom(
                [{ path: 'spec/extra/labels', create: true, kind: 'HelmRelease' }],
                [{ path: 'metadata/labels', create: false }],
              ),
              5,
            ),
          })
          .map(stripped),
        { maxLength: 2 },
      ),
      5,
    ),
    images: rarely(
      fc.array(
        fc
          .record({
            name: fc.constantFrom('nginx', 'app', 'registry:5000/team/app', 'n.*'),
            newName: rarely(fc.constantFrom('mirror/nginx'), 2),
            newTag: rarely(fc.constantFrom('9', 'v2'), 2),
            digest: rarely(fc.constant('sha256:123'), 3),
          })
          .map(stripped),
        { maxLength: 2 },
      ),
    ),
    replicas: rarely(fc.constantFrom([{ name: 'web', count: 5 }], [{ name: 'a', count: 0 }]), 8),
    replacements: rarely(fc.array(replacement, { maxLength: 1 }), 8),
    configMapGenerator: rarely(fc.array(generator, { maxLength: 2 })),
    secretGenerator: rarely(fc.array(generator, { maxLength: 1 }), 6),
    generatorOptions: rarely(fc.constantFrom({ disableNameSuffixHash: true }, { annotations: { g: 'o' } }), 8),
  })
  .map(stripped);

interface Layer {
  readonly objects: readonly Body[];
  readonly fields: Body;
  readonly patches: readonly Body[];
}

/** Objects in one folder, a layer over it. Names must differ, or there is nothing but conflicts. */
const layer = (below: readonly Body[]): fc.Arbitrary<Layer> =>
  fc
    .uniqueArray(anyObject, {
      minLength: below.length > 0 ? 0 : 1,
      maxLength: 4,
      selector: (object) => `${object['kind']} ${JSON.stringify(object['metadata'])}`,
    })
    .chain((objects) =>
      fc.record({
        objects: fc.constant(objects),
        fields: fc.oneof(transformers, fc.constant({})),
        patches: fc.array(
          patch([
            ...below,
            ...objects,
            ...(below.length + objects.length === 0 ? [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }] : []),
          ]),
          { maxLength: 2 },
        ),
      }),
    );

function filesOf(
  folder: string,
  { objects, fields, patches }: Layer,
  resources: readonly string[],
  more: Body = {},
): Readonly<Record<string, string>> {
  const paths = objects.map((_, index) => `object-${index}.yaml`);
  const kustomization = stripped({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [...resources, ...paths],
    ...fields,
    patches: patches.length > 0 ? patches : undefined,
    ...more,
  });
  return {
    ...Object.fromEntries(objects.map((object, index) => [`${folder}/object-${index}.yaml`, write(object)])),
    [`${folder}/kustomization.yaml`]: write(kustomization),
    [`${folder}/data.txt`]: 'some text\nof <two> lines\n',
    [`${folder}/vars.env`]: '# comment\nONE=1\n  TWO=a=b\nTHREE\n',
  };
}

/** Trees of kustomization files, and patches of both forms in them and in the Flux Kustomization. */
export const patchCases: fc.Arbitrary<OracleCase> = layer([]).chain((base) =>
  fc
    .record({
      over: fc.option(layer(base.objects), { nil: undefined }),
      component: rarely(layer(base.objects), 4),
      fluxPatches: fc.array(patch(base.objects), { maxLength: 2 }),
      spec: fc
        .record({
          targetNamespace: rarely(fc.constantFrom('n1', 'flux')),
          namePrefix: rarely(fc.constant('flux-'), 6),
          commonMetadata: fc.constant(undefined),
        })
        .map(stripped),
      swept: fc.constantFrom(false, false, false, true),
      values: anyMap,
    })
    .map(({ over, component, fluxPatches, spec, swept, values }) => {
      const files = {
        ...filesOf('base', base, []),
        ...(component && filesOf('base/part', component, [], { kind: 'Component', apiVersion: 'kustomize.config.k8s.io/v1alpha1' })),
        ...(over && filesOf('over', over, ['../base'], component && { components: ['../base/part'] })),
        ...(swept && {
          'swept/one.yaml': write({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'swept' }, data: {} }),
          'swept/deep/two.yml': write({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'swept' }, spec: values }),
        }),
      };
      const path = swept ? 'swept' : over ? 'over' : 'base';
      return { files, path, spec: stripped({ ...spec, patches: fluxPatches.length > 0 ? fluxPatches : undefined }) };
    }),
);
