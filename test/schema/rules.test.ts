import { celSyntax, isTrueOfNothing, Schemas } from '../../src/schema';

// Rules in CEL, as CRDs bring them. What they come to was asked of k8s.io/apiextensions-apiserver v0.36.

const ferry = {
  type: 'object',
  properties: {
    decks: { type: 'integer' },
    load: { type: 'number' },
    route: { type: 'string' },
    departs: { type: 'string', format: 'date-time' },
    takes: { type: 'string', format: 'duration' },
    port: { 'x-kubernetes-int-or-string': true },
    namespace: { type: 'string' },
    'home-port': { type: 'string' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    stops: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' }, lat: { type: 'integer' } } } },
  },
};

const kept: readonly (readonly [rule: string, value: object])[] = [
  ['!has(self.decks) || self.decks > 1', {}],
  ['self.decks > 1', { decks: 2 }],
  ['self.decks <= 2.5', { decks: 2 }],
  ['self.load == 2.0', { load: 2 }],
  ['self.route.matches("^[a-z]+$")', { route: 'east' }],
  ['self.route.split(",").size() == 2', { route: 'a,b' }],
  ['self.route.find("[0-9]+") == "12"', { route: 'to12' }],
  ['self.departs > timestamp("2026-01-01T00:00:00Z")', { departs: '2026-01-02T00:00:00Z' }],
  ['self.takes > duration("1h")', { takes: '90m' }],
  ['self.port == 80', { port: 80 }],
  ['type(self.port) == string && self.port == "80%"', { port: '80%' }],
  ['self.__namespace__ == "a" && self.home__dash__port == "b"', { namespace: 'a', 'home-port': 'b' }],
  ['self.labels.all(key, key.startsWith("a")) && size(self.labels) == 1', { labels: { 'a.b/c': 'd' } }],
  ['"x-y" in self.labels', { labels: { 'x-y': 'z' } }],
  ['self.stops.exists_one(stop, stop.name == "a")', { stops: [{ name: 'a' }, { name: 'b' }] }],
  ['has(self.stops[0].name)', { stops: [{ name: 'a' }] }],
  ['self.stops.all(stop, !has(stop.lat) || stop.lat >= 0)', { stops: [{}, { lat: 0 }] }],
  ['isURL(self.route)', { route: 'https://example.org' }],
  ['self.decks == oldSelf.decks', { decks: 2 }],
];

const broken: readonly (readonly [rule: string, value: object])[] = [
  ['self.decks > 1', { decks: 1 }],
  ['has(self.decks) && has(self.load)', { decks: 1 }],
  ['(has(self.decks) ? 1 : 0) + (has(self.load) ? 1 : 0) == 1', { decks: 1, load: 1 }],
  ['has(self.stops[0].name)', { stops: [{}] }],
  ['self.labels.all(key, key != "a")', { labels: { a: 'b' } }],
  ['isURL(self.route)', { route: 'example' }],
];

test.each(kept)('kept: %s', (rule, value) => {
  expect(problemsOf([{ rule }], value)).toEqual([]);
});

test.each(broken)('broken: %s', (rule, value) => {
  expect(problemsOf([{ rule }], value)).toEqual([
    { at: 'spec', kind: 'rule', what: `it breaks the rule ${rule}`, fix: `keep to the rule ${rule}` },
  ]);
});

test('a rule says what it says itself', () => {
  const rule = 'self.decks > 1';
  expect(whats([{ rule, message: 'a ferry has two decks.' }], { decks: 1 })).toEqual(['a ferry has two decks']);
  expect(whats([{ rule, message: 'no', messageExpression: '"not " + string(self.decks)' }], { decks: 1 })).toEqual(['not 1']);
  expect(whats([{ rule, message: 'no', messageExpression: 'self.nothing' }], { decks: 1 })).toEqual(['no']);
});

test('a field that a rule takes for granted breaks it, as in the API server', () => {
  const [problem] = problemsOf([{ rule: 'self.decks > 1' }], {}) ?? [];
  expect(problem).toMatchObject({ kind: 'rule', what: 'the rule self.decks > 1 does not come to an end: no such key: decks' });
  expect(problem).not.toHaveProperty('notChecked');
});

test.each(['quantity(self.route).isGreaterThan(quantity("1Mi"))', 'self.route.matches("(?U)a")', 'this is no CEL'])(
  'what cannot be evaluated is not taken for kept: %s',
  (rule) => {
    expect(problemsOf([{ rule }], { route: '2Mi' })).toMatchObject([{ at: 'spec', kind: 'rule', notChecked: true }]);
    expect(whats([{ rule }], { route: '2Mi' })?.[0]).toContain(`the rule ${rule} could not be checked: `);
  },
);

test('a rule about a change applies to a new object only if it says so', () => {
  const rule = 'oldSelf.hasValue() || self.decks > 1';
  expect(whats([{ rule }], { decks: 1 })).toEqual([]);
  expect(whats([{ rule, optionalOldSelf: true }], { decks: 1 })).toHaveLength(1);
  expect(whats([{ rule, optionalOldSelf: true }], { decks: 2 })).toEqual([]);
});

test('rules see defaults, and are not asked while the form is wrong', () => {
  const rules = [{ rule: 'self.decks > 1' }];
  const withDefault = { ...ferry, properties: { ...ferry.properties, decks: { type: 'integer', default: 2 } } };
  expect(problemsOf(rules, {}, withDefault)).toEqual([]);
  expect(whats(rules, { decks: 'one' })).toEqual(['"one" is not a whole number']);
});

test('syntax of an expression', () => {
  expect(celSyntax("status.conditions.exists(c, c.type == 'Ready')")).toBeUndefined();
  expect(celSyntax('has(dep.status.conditions[0].type)')).toBeUndefined();
  expect(celSyntax('status.phase = ')).toBe('unexpected character: =');
  expect(celSyntax('')).toBe('unexpected token: EOF');
});

test('an expression that is true of an empty list', () => {
  expect(isTrueOfNothing("status.conditions.filter(c, c.type == 'Ready').all(c, c.status == 'True')")).toBe(true);
  expect(isTrueOfNothing("has(status.x) && status.conditions.filter(c, c.type == 'Ready').all(c, true)")).toBe(true);
  expect(isTrueOfNothing("status.conditions.exists(c, c.type == 'Ready')")).toBe(false);
  expect(isTrueOfNothing('not CEL at all')).toBe(false);
});

function whats(rules: readonly object[], spec: object) {
  return problemsOf(rules, spec)?.map(({ what }) => what);
}

function problemsOf(rules: readonly object[], spec: object, schema: object = ferry) {
  const openAPIV3Schema = { type: 'object', properties: { spec: { ...schema, 'x-kubernetes-validations': rules } } };
  const versions = [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }];
  const crd = { kind: 'CustomResourceDefinition', spec: { group: 'example.org', scope: 'Cluster', names: { kind: 'Ferry' }, versions } };
  return Schemas.from(() => undefined)
    .withCrds([crd])
    .validate({ apiVersion: 'example.org/v1', kind: 'Ferry', metadata: { name: 'ferry' }, ...{ spec } });
}
