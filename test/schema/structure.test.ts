import { Schemas } from '../../src/schema';

// Each row is a schema of one field, `it`, and a value of it: what the API server says of the value, kind and place.
// Which are refused was asked of k8s.io/apiextensions-apiserver v0.36.

const text = { type: 'string' };
const whole = { type: 'integer' };
const map = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

const refused: readonly (readonly [what: string, schema: object, value: unknown, problems: readonly string[]])[] = [
  ['a number for text', text, 3, ['type spec.it']],
  ['text for a whole number', whole, '3', ['type spec.it']],
  ['a fraction for a whole number', whole, 1.5, ['type spec.it']],
  ['text for true or false', { type: 'boolean' }, 'true', ['type spec.it']],
  ['a map for a list', { type: 'array', items: text }, {}, ['type spec.it']],
  ['a fraction for a number or text', { 'x-kubernetes-int-or-string': true }, 1.5, ['type spec.it']],
  ['null in a list', { type: 'array', items: text }, [null], ['type spec.it[0]']],
  ['null for a field that must be there', map({ host: text }, { required: ['host'] }), { host: null }, ['required spec.it.host']],
  ['an unknown field', map({ host: text }), { hots: 'a' }, ['unknown-field spec.it.hots']],
  [
    'an unknown field in a list',
    { type: 'array', items: map({ host: text }) },
    [{ host: 'a' }, { port: 1 }],
    ['unknown-field spec.it[1].port'],
  ],
  ['a field that is missing', map({ host: text }, { required: ['host'] }), {}, ['required spec.it.host']],
  ['another word', { ...text, enum: ['a', 'b'] }, 'c', ['enum spec.it']],
  ['text unlike its pattern', { ...text, pattern: '^a+$' }, 'ab', ['pattern spec.it']],
  ['too long by characters, not by bytes', { ...text, maxLength: 2 }, 'äöü', ['range spec.it']],
  ['empty text', { ...text, minLength: 1 }, '', ['range spec.it']],
  ['too small', { ...whole, minimum: 1 }, 0, ['range spec.it']],
  ['as large as what it must be less than', { ...whole, maximum: 5, exclusiveMaximum: true }, 5, ['range spec.it']],
  ['too large for 32 bits', { ...whole, format: 'int32' }, 2 ** 31, ['range spec.it']],
  ['no time', { ...text, format: 'date-time' }, '2026-01-31', ['format spec.it']],
  ['no base64', { ...text, format: 'byte' }, 'a-b', ['format spec.it']],
  ['too few items', { type: 'array', items: text, minItems: 1 }, [], ['range spec.it']],
  ['too many keys', { type: 'object', additionalProperties: text, maxProperties: 1 }, { a: 'b', c: 'd' }, ['range spec.it']],
  ['a value of a map', { type: 'object', additionalProperties: whole }, { a: 'b' }, ['type spec.it.a']],
  ['an item twice in a set', { type: 'array', items: text, 'x-kubernetes-list-type': 'set' }, ['a', 'b', 'a'], ['duplicate spec.it[2]']],
  [
    'two items of one key, one of them by default',
    {
      type: 'array',
      items: map({ port: whole, protocol: { ...text, default: 'TCP' } }, { required: ['port'] }),
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
    },
    [{ port: 1 }, { port: 1, protocol: 'UDP' }, { port: 1, protocol: 'TCP' }],
    ['duplicate spec.it[2]'],
  ],
  ['none of two fields', map({ a: text, b: text }, { anyOf: [{ required: ['a'] }, { required: ['b'] }] }), {}, ['required spec.it']],
  [
    'both of two fields',
    map({ a: text, b: text }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
    { a: '', b: '' },
    ['rule spec.it'],
  ],
  ['what must not be', map({ a: text }, { not: { required: ['a'] } }), { a: '' }, ['rule spec.it']],
  ['what all of several demand', map({ a: text }, { allOf: [{ properties: { a: { maxLength: 1 } } }] }), { a: 'bc' }, ['range spec.it.a']],
  [
    'an object without a kind',
    { type: 'object', 'x-kubernetes-embedded-resource': true, 'x-kubernetes-preserve-unknown-fields': true },
    { apiVersion: 'v1' },
    ['required spec.it.kind'],
  ],
];

const allowed: readonly (readonly [what: string, schema: object, value: unknown])[] = [
  ['a whole number that is written as a fraction', whole, 3.0],
  ['a number or text, both ways', { type: 'array', items: { 'x-kubernetes-int-or-string': true } }, [80, '80%']],
  ['null for a field that may be missing', text, null],
  ['null where it may be', { ...text, nullable: true }, null],
  ['null where there is a default', { ...text, default: 'a' }, null],
  ['a missing field that has a default', map({ host: { ...text, default: 'a' } }, { required: ['host'] }), {}],
  ['any field where all are kept', map({}, { 'x-kubernetes-preserve-unknown-fields': true }), { a: { b: 1 } }],
  ['a value of no type', { 'x-kubernetes-preserve-unknown-fields': true }, [1, 'a', { b: null }]],
  ['a form that is not known', { ...text, format: 'idn-hostname' }, 'any thing'],
  ['a pattern that looks past case', { ...text, pattern: '^(?i)(abort|warn)$' }, 'Warn'],
  ['one of two types', { 'x-kubernetes-int-or-string': true, anyOf: [whole, text] }, '80'],
  [
    'a key that differs by default',
    {
      type: 'array',
      items: map({ port: whole, protocol: { ...text, default: 'TCP' } }),
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
    },
    [{ port: 1 }, { port: 1, protocol: 'UDP' }],
  ],
];

test.each(refused)('refused: %s', (_, schema, value, problems) => {
  expect(problemsOf(schema, value)).toEqual(problems);
});

test.each(allowed)('allowed: %s', (_, schema, value) => {
  expect(problemsOf(schema, value)).toEqual([]);
});

test('what is said names the value, what was meant, and what to do', () => {
  const said = (schema: object, it: unknown) =>
    schemasOf(schema)
      .validate(objectOf(it))
      ?.map(({ what, fix }) => `${what}: ${fix}`);
  expect(said(map({ replicas: whole }), { repliacs: 1 })).toEqual(['there is no field repliacs here: write replicas']);
  expect(said(text, 8080)).toEqual(['8080 is not text: put it in quotes: "8080"']);
  expect(said(whole, '8080')).toEqual(['"8080" is not a whole number: write it without quotes: 8080']);
  expect(said({ ...text, enum: ['Always', 'Never'] }, 'Alwasy')).toEqual(['"Alwasy" is not one of "Always", "Never": write "Always"']);
  expect(said(map({ a: text, b: text }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }), {})).toEqual([
    'a or b is missing: add exactly one of them',
  ]);
  expect(said({ ...text, pattern: '(?=a)(' }, 'b')).toEqual([
    'whether the text matches (?=a)( could not be checked: look at it yourself: the pattern is not one that can be tried here',
  ]);
});

test('a kind, or a version of it, without a schema is not spoken of', () => {
  const schemas = schemasOf(text);
  expect(schemas.validate({ apiVersion: 'example.org/v2', kind: 'Ferry' })).toBeUndefined();
  expect(schemas.validate({ apiVersion: 'example.org/v1', kind: 'Berth' })).toBeUndefined();
  expect(schemas.validate({ apiVersion: '../../package', kind: 'Berth' })).toBeUndefined();
  expect(schemas.versionsOf('example.org', 'Ferry')).toEqual(['v1']);
  expect(schemas.versionsOf('example.org', 'Berth')).toBeUndefined();
  expect(schemas.scopeOf('example.org', 'Ferry')).toBe('Namespaced');
});

test('a CRD whose versions are not served, or that is no CRD, adds nothing', () => {
  const schemas = Schemas.from(() => undefined).withCrds([{ kind: 'CustomResourceDefinition' }, 'text', null, { kind: 'Ferry' }]);
  expect(schemas.versionsOf('example.org', 'Ferry')).toBeUndefined();
});

test('a file that is no JSON is no schema', () => {
  expect(Schemas.from(() => '{').validate({ apiVersion: 'v1', kind: 'Secret' })).toBeUndefined();
  expect(Schemas.from(() => '[]').validate({ apiVersion: 'v1', kind: 'Secret' })).toBeUndefined();
});

function problemsOf(schema: object, it: unknown): readonly string[] | undefined {
  return schemasOf(schema)
    .validate(objectOf(it))
    ?.map(({ kind, at }) => `${kind} ${at}`);
}

function objectOf(it: unknown) {
  return { apiVersion: 'example.org/v1', kind: 'Ferry', metadata: { name: 'ferry' }, spec: { it } };
}

function schemasOf(it: object): Schemas {
  const openAPIV3Schema = map({ spec: map({ it }) });
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }];
  const spec = { group: 'example.org', scope: 'Namespaced', names: { kind: 'Ferry', plural: 'ferries' }, versions };
  return Schemas.from(() => undefined).withCrds([{ kind: 'CustomResourceDefinition', spec }]);
}
