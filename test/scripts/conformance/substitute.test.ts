import { isVariableName, substitute } from '../../../scripts/conformance/substitute';

const VARIABLES = new Map([
  ['A', 'x'],
  ['EMPTY', ''],
]);

describe('substitute, as Flux 2.9 does', () => {
  test.each([
    ['${A}', 'x'],
    ['a${A}b${A}', 'axbx'],
    ['${EMPTY}', ''],
    ['${EMPTY:-d}', 'd'],
    ['${MISSING:=d}', 'd'],
    ['${MISSING=d}', 'd'],
    ['${A:-d}', 'x'],
    ['${MISSING:+alt}', 'alt'],
    ['${A:+alt}', 'x'],
    ['${MISSING:?boom}', 'boom'],
    ['${MISSING:-${A}-${EMPTY:=e}}', 'x-e'],
    ['$A $(A) ^$ $', '$A $(A) ^$ $'],
    ['$${A}', '${A}'],
    ['$$A $$', '$A $'],
    ['$$$${A}', '$${A}'],
    ['\\${A}', '\\x'],
  ])('%s becomes %s', (text, result) => {
    expect(substitute(text, VARIABLES)).toBe(result);
  });

  test.each([
    ['${MISSING}', 'variable not set (strict mode): "MISSING"'],
    ['${1}', 'variable not set (strict mode): "1"'],
    ['${A:-${MISSING}}', 'variable not set (strict mode): "MISSING"'],
    ['${MISSING-d}', 'neither a variable nor a default: ${MISSING-d}'],
    ['${a.b}', 'neither a variable nor a default: ${a.b}'],
    ['${A }', 'neither a variable nor a default: ${A }'],
    ['${A', 'neither a variable nor a default: ${A'],
    ['${A^^}', 'neither a variable nor a default: ${A^^}'],
    ['${}', 'unable to parse variable name: ${}'],
    ['${{ x }}', 'unable to parse variable name: ${{ x }}'],
    ['${A:-d', 'missing closing brace'],
  ])('%s fails: %s', (text, message) => {
    expect(() => substitute(text, VARIABLES)).toThrow(message);
  });

  test('knows the names that Flux takes', () => {
    expect(['DOMAIN', '_a1', 'my-key', 'config.yaml', '1A', ''].filter(isVariableName)).toEqual(['DOMAIN', '_a1']);
  });
});
