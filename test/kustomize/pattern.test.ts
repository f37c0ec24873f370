import fc from 'fast-check';
import { compilePattern, wholePattern } from '../../src/kustomize/pattern';
import { PatternError } from '../../src/kustomize/pattern-error';

describe('wholePattern', () => {
  test.each([
    ['', 'anything', true],
    ['web', 'web', true],
    ['web', 'web-1', false],
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['a.p', 'app', true],
    ['Cluster', 'ClusterIssuer', false],
    ['(?i)WEB', 'web', true],
    ['web(-\\d+)?', 'web-12', true],
    ['[^a-c]+', 'xyz', true],
    ['[[:alpha:]]+', 'ab1', false],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['x{2,3}', 'xxx', true],
    ['x{2,3}', 'xxxx', false],
    ['x{,3}', 'x{,3}', true],
    ['\\x41\\pL', 'Aé', true],
    ['a\\b-b', 'a-b', true],
    ['(?P<n>a)(?:b)', 'ab', true],
    ['.', '\n', false],
    ['(?s).', '\n', true],
    ['cfg|', '', true],
  ])('%j over %j: %s', (pattern, text, matches) => {
    expect(wholePattern(pattern).matches(text)).toBe(matches);
  });

  test.each(['(', ')', '[', 'a**', '(?=a)', '(?<!a)', '\\1', '*', 'x{3,2}', 'x{1001}', '\\p{Nonsense}', '[b-a]', '\\'])(
    '%j is none of Go',
    (pattern) => {
      expect(() => compilePattern(pattern)).toThrow(PatternError);
    },
  );

  test('what keeps a backtracking engine busy for ever takes a moment', () => {
    expect(wholePattern('(a+)+$|(a|aa)*b').matches(`${'a'.repeat(5000)}c`)).toBe(false);
  });

  test('repetitions of repetitions are refused before they are written out', () => {
    expect(() => compilePattern('((x{1000}){1000}){1000}')).toThrow(expect.objectContaining({ kind: 'unsupported' }));
    expect(() => compilePattern('x'.repeat(3000))).toThrow(expect.objectContaining({ kind: 'unsupported' }));
  });

  test('agrees with JavaScript where both know the syntax', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', 'a|b', '');
    const pattern = fc
      .array(
        fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,2}')).map(([one, times]) => `(${one})${times}`),
        { maxLength: 4 },
      )
      .map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (regexp, input) => {
        expect(wholePattern(regexp).matches(input)).toBe(regexp === '' || new RegExp(`^(?:${regexp})$`).test(input));
        expect(compilePattern(regexp).matches(input)).toBe(new RegExp(regexp).test(input));
      }),
    );
  });

  test('whatever the pattern: it is compiled, or refused', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab()[]{}|*+?^$\\.-:1,pQE'.split('')), maxLength: 12 }),
        fc.string({ maxLength: 5 }),
        (pattern, text) => {
          try {
            compilePattern(pattern).matches(text);
          } catch (error) {
            expect(error).toBeInstanceOf(PatternError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
