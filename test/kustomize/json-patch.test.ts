import fc from 'fast-check';
import { applyJsonPatch, JsonPatchError } from '../../src/kustomize/json-patch';

const OBJECT = { kind: 'Widget', spec: { a: 1, list: ['x', 'y', 'z'], 'a/b': { 'c~d': 2 }, none: null } };
const spec = (...operations: object[]) =>
  applyJsonPatch(
    OBJECT,
    operations.map((operation) => ({ ...operation })),
  ).object['spec'];

test.each([
  ['add a field', { op: 'add', path: '/spec/b', value: { c: 1 } }, { b: { c: 1 } }],
  ['add over a field', { op: 'add', path: '/spec/a', value: 2 }, { a: 2 }],
  ['add without a value', { op: 'add', path: '/spec/b' }, { b: null }],
  ['add into a list', { op: 'add', path: '/spec/list/1', value: 'n' }, { list: ['x', 'n', 'y', 'z'] }],
  ['add at the end of a list', { op: 'add', path: '/spec/list/-', value: 'n' }, { list: ['x', 'y', 'z', 'n'] }],
  ['add at its length', { op: 'add', path: '/spec/list/3', value: 'n' }, { list: ['x', 'y', 'z', 'n'] }],
  ['add from the end of a list', { op: 'add', path: '/spec/list/-1', value: 'n' }, { list: ['x', 'y', 'z', 'n'] }],
  ['replace an item', { op: 'replace', path: '/spec/list/0', value: 'n' }, { list: ['n', 'y', 'z'] }],
  ['replace what is not there', { op: 'replace', path: '/spec/b', value: 2 }, { b: 2 }],
  ['escapes', { op: 'replace', path: '/spec/a~1b/c~0d', value: 3 }, { 'a/b': { 'c~d': 3 } }],
  ['move', { op: 'move', from: '/spec/a', path: '/spec/b' }, { a: undefined, b: 1 }],
  ['copy', { op: 'copy', from: '/spec/list', path: '/spec/b' }, { b: ['x', 'y', 'z'] }],
  ['copy what is not there', { op: 'copy', from: '/spec/c', path: '/spec/b' }, { b: null }],
  ['test', { op: 'test', path: '/spec/a', value: 1 }, {}],
  ['test for null', { op: 'test', path: '/spec/none', value: null }, {}],
  ['test for nothing', { op: 'test', path: '/spec/b', value: null }, {}],
  ['a pointer without its first slash', { op: 'add', path: 'x/spec/b', value: 2 }, { b: 2 }],
])('%s', (_, operation, change) => {
  expect(spec(operation)).toEqual({ ...OBJECT.spec, ...change });
});

test('remove', () => {
  expect(spec({ op: 'remove', path: '/spec/list/1' }, { op: 'remove', path: '/spec/a' })).toEqual({
    list: ['x', 'z'],
    'a/b': { 'c~d': 2 },
    none: null,
  });
});

test.each([
  { op: 'remove', path: '/spec/b' },
  { op: 'remove', path: '/spec/list/3' },
  { op: 'add', path: '/spec/b/c', value: 1 },
  { op: 'add', path: '/spec/none/c', value: 1 },
  { op: 'add', path: '/spec/a/c', value: 1 },
  { op: 'add', path: '/spec/list/4', value: 1 },
  { op: 'add', path: '/spec/list/x', value: 1 },
  { op: 'replace', path: '/spec/list/-', value: 1 },
  { op: 'move', from: '/spec/b', path: '/spec/c' },
  { op: 'test', path: '/spec/a', value: 2 },
  { op: 'nonsense', path: '/spec/a' },
  { path: '/spec/a' },
  { op: 'add', value: 1 },
  { op: 'replace', path: '', value: [] },
])('%j fails', (operation) => {
  expect(() => spec(operation)).toThrow(JsonPatchError);
});

test('replace tells what it added', () => {
  const { addedByReplace } = applyJsonPatch(OBJECT, [
    { op: 'replace', path: '/spec/a', value: 2 },
    { op: 'replace', path: '/spec/b', value: 2 },
  ]);
  expect(addedByReplace).toEqual(['/spec/b']);
});

test('the object that is patched stays as it is', () => {
  const before = JSON.stringify(OBJECT);
  spec({ op: 'add', path: '/spec/list/-', value: 'n' }, { op: 'remove', path: '/spec/a' });
  expect(JSON.stringify(OBJECT)).toBe(before);
});

test('what is added can be removed again, whatever it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(spec({ op: 'add', path: '/spec/b', value }, { op: 'remove', path: '/spec/b' })).toEqual(OBJECT.spec);
    }),
  );
});
