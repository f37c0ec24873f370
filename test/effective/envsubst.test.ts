import fc from 'fast-check';
import { NotSet, substitute } from '../../src/effective/envsubst';
import { matchingPrefixes } from '../../src/effective/envsubst-glob';
import { SyntaxProblem } from '../../src/effective/envsubst-parse';

const VALUES: Readonly<Record<string, string>> = { A: 'x', EMPTY: '', FILE: 'foo/bar.tar.gz', WORD: 'éab', MANY: 'aXbXc' };

function outcome(text: string): string {
  try {
    return substitute(text, (name) => VALUES[name]);
  } catch (error) {
    return error instanceof SyntaxProblem || error instanceof NotSet ? `! ${error.message}` : 'threw something else';
  }
}

/** Every row was run through fluxcd/pkg/envsubst 1.7.0. */
test.each([
  ['${A}', 'x'],
  ['a${A}b${A}', 'axbx'],
  ['${MISSING}', '! variable not set (strict mode): "MISSING"'],
  ['${EMPTY}', ''],
  ['${EMPTY:-d}', 'd'],
  ['${MISSING:=d}', 'd'],
  ['${MISSING=d}', 'd'],
  ['${MISSING:+alt}', 'alt'],
  ['${A:+alt}', 'x'],
  ['${MISSING:?boom}', 'boom'],
  ['${MISSING:-${A}}', 'x'],
  ['${MISSING:-a ${A} ${EMPTY:-b}}', 'a x b'],
  ['${MISSING:-${GONE}}', '! variable not set (strict mode): "GONE"'],
  ['${MISSING:-}', ''],
  ['${MISSING-d}', '! missing closing brace'],
  ['${MISSING?d}', '! missing closing brace'],
  ['${a-b}', '! missing closing brace'],
  ['${a.b}', '! missing closing brace'],
  ['${a[0]}', '! missing closing brace'],
  ['${A }', '! missing closing brace'],
  ['${}', '! unable to parse variable name'],
  ['${@}', '! unable to parse variable name'],
  ['${!A}', '! unable to parse variable name'],
  ['${{ x }}', '! unable to parse variable name'],
  ['${A', '! missing closing brace'],
  ['${A:-d', '! unable to parse substitution within function'],
  ['${A:}', '! unable to parse substitution within function'],
  ['${A:', '! bad substitution'],
  ["$A $(A) $'x' ^$", "$A $(A) $'x' ^$"],
  ['$${A}', '${A}'],
  ['$$A $$', '$A $'],
  ['$$$${A}', '$${A}'],
  ['$$$', '$$'],
  ['\\${A}', '\\x'],
  ['${1}', '! variable not set (strict mode): "1"'],
  ['${#FILE}', '14'],
  ['${#WORD}', '4'],
  ['${#MISSING}', '! variable not set (strict mode): "MISSING"'],
  ['${FILE:4}', 'bar.tar.gz'],
  ['${FILE:4:3}', 'bar'],
  ['${FILE:-3}', 'foo/bar.tar.gz'],
  ['${FILE:20}', ''],
  ['${FILE:x}', 'foo/bar.tar.gz'],
  ['${FILE%.*}', 'foo/bar.tar'],
  ['${FILE%%.*}', 'foo/bar'],
  ['${FILE#*/}', 'bar.tar.gz'],
  ['${FILE##*.}', 'gz'],
  ['${FILE#[a-f]}', 'oo/bar.tar.gz'],
  ['${FILE#[}', 'foo/bar.tar.gz'],
  ['${MANY/X/-}', 'a-bXc'],
  ['${MANY//X/-}', 'a-b-c'],
  ['${MANY//X/}', 'abc'],
  ['${FILE//\\//-}', 'foo-bar.tar.gz'],
  ['${MANY/#a/b}', 'bXbXc'],
  ['${MANY/%c/d}', 'aXbXd'],
  ['${WORD^}', 'Éab'],
  ['${WORD^^}', 'ÉAB'],
  ['${MANY,,}', 'axbxc'],
])('%s becomes %s', (text, wanted) => {
  expect(outcome(text)).toBe(wanted);
});

const hostile = fc.array(
  fc.oneof(fc.constantFrom(...['$', '${', '}', '${A', ':-', '/', '#', '%', '\\', '[', '*', '$$', 'A', '1']), fc.string()),
  {
    maxLength: 12,
  },
);

test('whatever the text, there is a result or an error of its own', () => {
  fc.assert(fc.property(hostile, (parts) => outcome(parts.join('')) !== 'threw something else'));
});

test('a text without a dollar stays what it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => text.includes('$') || substitute(text, () => undefined) === text));
});

test('nesting without end is refused, not followed', () => {
  expect(outcome('${A:-'.repeat(100_000))).toMatch(/^! .* deep$/);
});

test('patterns: the lengths that match, shortest first', () => {
  expect([
    matchingPrefixes('*', 'ab'),
    matchingPrefixes('a?', 'abc'),
    matchingPrefixes('*b', 'abab'),
    matchingPrefixes('[^b]', 'ab'),
  ]).toEqual([[1, 2], [2], [2, 4], [1]]);
  expect([matchingPrefixes('[', 'a'), matchingPrefixes('a\\', 'a'), matchingPrefixes('\\*', '*')]).toEqual([[], [], [1]]);
});
