import fc from 'fast-check';
import { substitute } from '../../src/effective/envsubst';
import { emitYaml } from '../../src/effective/go-yaml-emit';
import { readYaml } from '../../src/effective/go-yaml-read';
import { badNames, substituted } from '../../src/effective/substitution';
import { asJson } from '../../src/effective/templates';
import { type Variables, variablesFor } from '../../src/effective/variables';
import type { KubernetesObject } from '../../src/flux';

const given = (values: Readonly<Record<string, string>>): Variables => variablesFor({ postBuild: { substitute: values } }, () => undefined);

const thing = (spec: object, metadata: object = {}): KubernetesObject & { readonly spec: object } => ({
  apiVersion: 'example.org/v1',
  kind: 'Thing',
  metadata: { name: 'thing', ...metadata },
  spec,
});

function specAfter(spec: object, values: Readonly<Record<string, string>>): unknown {
  const { object, problems } = substituted(thing(spec), given(values));
  return problems.length > 0 ? problems.map(({ kind, at }) => `${kind} at ${at}`) : Reflect.get(object, 'spec');
}

test.each([
  ['a port loses its quotes', { port: '${PORT}' }, { PORT: '8080' }, { port: 8080 }],
  ['so does a word', { on: '${ON}', n: '${N}' }, { ON: 'yes', N: 'null' }, { on: true, n: null }],
  ['a quote around it keeps it a text', { port: '${q}${PORT}${q}' }, { PORT: '8080', q: '"' }, { port: '8080' }],
  ['and so does text beside it', { port: '${PORT}/tcp' }, { PORT: '8080' }, { port: '8080/tcp' }],
  ['an octal number', { mode: '${MODE}' }, { MODE: '0755' }, { mode: 493 }],
  ['a version that is a number', { version: '${V}' }, { V: '1.10' }, { version: 1.1 }],
  ['a map and a list', { a: '${M}', b: '${L}' }, { M: '{x: 1}', L: '[a, 2]' }, { a: { x: 1 }, b: ['a', 2] }],
  ['a comment swallows the rest', { a: '${A} b' }, { A: 'x #' }, { a: 'x' }],
  ['a colon makes no YAML of it', { a: '${A} b' }, { A: 'x:' }, ['breaks-yaml at spec.a']],
  ['an asterisk is an alias', { b: 'x', a: '${A}' }, { A: '*' }, ['breaks-yaml at spec.a']],
  ['newlines are taken out', { a: '${A}' }, { A: 'x\ny\n' }, { a: 'xy' }],
  ['a key', { 'a-${A}': 1 }, { A: 'x' }, { 'a-x': 1 }],
  ['two dollars are one', { a: '$$x', b: '$${A}' }, { A: 'x' }, { a: '$x', b: '${A}' }],
  ['within a block', { a: 'one\n${A}\n' }, { A: 'two' }, { a: 'one\ntwo\n' }],
  [
    'no value and no default',
    { a: '${GONE}', b: ['${GONE}', '${MORE}'] },
    { A: 'x' },
    ['undefined-variable at spec.a', 'undefined-variable at spec.b.1'],
  ],
  ['a default', { a: '${GONE:-1}' }, { A: 'x' }, { a: 1 }],
  ['what cannot be parsed', { a: 'x', b: '${{ x }}' }, { A: 'x' }, ['syntax at spec.b']],
  ['a text that begins with a tab', { a: '\tx\ny' }, { A: 'x' }, ['breaks-yaml at spec.a']],
])('%s', (_, spec, values, wanted) => {
  expect(specAfter(spec, values)).toEqual(wanted);
});

test('without a variable nothing happens, unless the strategy says so', () => {
  const object = thing({ a: '${x:=y} $$' });
  expect(
    substituted(
      object,
      variablesFor({ postBuild: {} }, () => undefined),
    ).object,
  ).toBe(object);
  const always = variablesFor({ postBuild: { substituteStrategy: 'Always' } }, () => undefined);
  expect(substituted(object, always).object).toEqual(thing({ a: 'y $' }));
});

test('an object without a dollar is not touched', () => {
  const object = thing({ a: '0755', b: 'yes' });
  expect(substituted(object, given({ A: 'x' })).object).toBe(object);
});

test('a label or annotation keeps it away, letter by letter', () => {
  const key = 'kustomize.toolkit.fluxcd.io/substitute';
  const left = [{ labels: { [key]: 'disabled' } }, { annotations: { [key]: 'disabled' } }];
  for (const metadata of left)
    expect(substituted(thing({ a: '${A}' }, metadata), given({ A: 'x' })).object).toHaveProperty('spec.a', '${A}');
  expect(substituted(thing({ a: '${A}' }, { labels: { [key]: 'Disabled' } }), given({ A: 'x' })).object).toHaveProperty('spec.a', 'x');
});

describe('where values come from', () => {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'vars' }, data: { A: 'config', B: 'config', C: 'config' } };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, data: { B: 'c2VjcmV0Cg==' }, stringData: { D: 'hidden' } };
  const sealed = { ...secret, data: {}, stringData: { D: 'ENC[AES256_GCM,data:x]' }, sops: { mac: 'x' } };
  const from = [
    { kind: 'ConfigMap', name: 'vars' },
    { kind: 'Secret', name: 'keys' },
  ];

  test('later ones win, and what stands in the Flux Kustomization wins over all', () => {
    const objects = [config, secret];
    const { named } = variablesFor({ postBuild: { substituteFrom: from, substitute: { C: 'inline' } } }, ({ kind }) =>
      objects.find((one) => one.kind === kind),
    );
    expect([...named].map(([name, { value, secret: hidden }]) => [name, value, hidden])).toEqual([
      ['A', 'config', false],
      ['B', 'secret', true],
      ['C', 'inline', false],
      ['D', 'hidden', true],
    ]);
  });

  test('what is encrypted becomes a text that stands in, and its field is marked', () => {
    const variables = variablesFor({ postBuild: { substituteFrom: from.slice(1) } }, () => sealed);
    const { object, unknown, problems } = substituted(thing({ a: 'https://${D}/x', b: 'c' }), variables);
    expect([object, unknown, problems]).toEqual([thing({ a: 'https://unknown-d/x', b: 'c' }), ['spec.a'], []]);
  });

  test('where a source is not in the repository no name is undefined', () => {
    const variables = variablesFor({ postBuild: { substituteFrom: from.slice(0, 1) } }, () => undefined);
    expect([variables.missing, variables.open]).toEqual([['ConfigMap/vars'], true]);
    expect(substituted(thing({ a: '${X}' }), variables).problems).toEqual([]);
  });

  test('an optional one may be absent', () => {
    const spec = { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'vars', optional: true }] } };
    expect(variablesFor(spec, () => undefined)).toMatchObject({ active: false, missing: [] });
  });

  test('a key that is no name is told', () => {
    expect(badNames(given({ A_1: '', _a: '', 'my-key': '', '1A': '', 'config.yaml': '' }))).toEqual(['1A', 'config.yaml', 'my-key']);
  });
});

test('no message holds a value', () => {
  const { problems } = substituted(thing({ a: '${A}' }), given({ A: '*s3cret' }));
  expect(JSON.stringify(problems)).not.toContain('s3cret');
});

test('one string at a time comes to the same as the whole text', () => {
  const text = fc.tuple(
    fc.constantFrom('', 'a', '- ', 'x: ', '#', 'http://', '"', "'", '$$'),
    fc.constantFrom('${A}', '${B}', '${C:-d}'),
    fc.constantFrom('', '/x', ': y', ' #z', '\n', ' ', '"'),
  );
  const spec = fc.dictionary(
    fc.constantFrom('a', 'b', 'c'),
    fc.oneof(
      text.map((parts) => parts.join('')),
      fc.array(
        text.map((parts) => parts.join('')),
        { maxLength: 2 },
      ),
    ),
    { minKeys: 1, noNullPrototype: true },
  );
  const value = fc.constantFrom(
    'x',
    '1',
    'yes',
    '0x1',
    '-',
    '.5',
    'a-b',
    '1:30',
    '2020-01-01',
    '@',
    '10.0.0.1:80',
    '.nan',
    'a.b/c',
    '+',
    '~',
  );
  fc.assert(
    fc.property(spec, value, value, (made, A, B) => {
      const object = thing(made);
      const { object: found, problems } = substituted(object, given({ A, B }));
      let wanted: unknown;
      try {
        wanted = readYaml(substitute(emitYaml(asJson(object)), (name) => ({ A, B })[name]));
      } catch {
        wanted = undefined;
      }
      if (wanted === undefined) expect(problems).toHaveLength(1);
      else expect(found).toEqual(wanted);
    }),
    { numRuns: 1000 },
  );
});
