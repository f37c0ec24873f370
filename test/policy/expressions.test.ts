import fc from 'fast-check';
import { alsoIn, dollarTexts, expressionsIn, isLeftAlone } from '../../src/policy/expressions';

const read = (text: string) => expressionsIn({ at: 'data.a', text }).map(({ name, operator }) => [name, operator]);

test('what begins an expression, and what only looks like one', () => {
  expect(read('${A} ${B:-x} ${C:=x} ${D=x} ${E:+x} ${F:?x}')).toEqual([
    ['A', ''],
    ['B', ':-'],
    ['C', ':='],
    ['D', '='],
    ['E', ':+'],
    ['F', ':?'],
  ]);
  expect(read('${A:0:3} ${A/a/b} ${A#x} ${A%x} ${A^^} ${A,} ${#A}')).toEqual(
    [':', '/', '#', '%', '^', ',', '#'].map((operator) => ['A', operator]),
  );
  expect(read('${a.b} ${A-x} ${1} ${} ${{ x }} ${A')).toEqual(Array(6).fill([undefined, '']));
  expect(read('$A $(A) $${A} $$ {A} $')).toEqual([]);
  expect(read('${A:=${B}}')).toEqual([
    ['A', ':='],
    ['B', ''],
  ]);
});

test('a text is shown up to its brace', () => {
  expect(expressionsIn({ at: '', text: 'see ${A:=b} there\n${C' }).map(({ text }) => text)).toEqual(['${A:=b}', '${C']);
});

test('no text stops it, and only a brace behind a dollar begins something', () => {
  const pieces = fc.array(fc.constantFrom('$', '$$', '{', '}', '${', 'A', ':-', ':=', '/', '#', '\n', ' ', '\\', '.'), { maxLength: 30 });
  fc.assert(
    fc.property(pieces, (all) => {
      const text = all.join('');
      const found = expressionsIn({ at: '', text });
      const undone = text.replaceAll('$$', '');
      return found.length === undone.split('${').length - 1;
    }),
  );
});

test('texts with a dollar, keys among them', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '$x', b: 'x', ['${KEY}']: 'x' }, list: [{ c: '$$' }] };
  expect(dollarTexts(object)).toEqual([
    { at: 'data.a', text: '$x' },
    { at: 'data.${KEY}', text: 'data.${KEY}' },
    { at: 'list[0].c', text: '$$' },
  ]);
});

test('only the exact mark leaves an object alone', () => {
  const marked = (mark: string, map = 'annotations') =>
    isLeftAlone({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { [map]: { 'kustomize.toolkit.fluxcd.io/substitute': mark } } });
  expect([marked('disabled'), marked('disabled', 'labels'), marked('Disabled'), marked('false')]).toEqual([true, true, false, false]);
});

test('how many other places there are', () => {
  expect([1, 2, 8].map(alsoIn)).toEqual(['', ', here and in 1 other place', ', here and in 7 other places']);
});
