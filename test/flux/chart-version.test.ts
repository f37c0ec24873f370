import fc from 'fast-check';
import { satisfies } from 'semver';
import { admits } from '../../src/flux/chart-version';

test.each([
  ['1.19.3', 'v1.19.3', true],
  ['v1.19.x', 'v1.19.3', true],
  ['1.x', '2.0.0', false],
  ['81.x', '81.6.9', true],
  ['*', '1.2.3', true],
  ['>=1.2.3, <2', '1.9.0', true],
  ['>= 1.2.3 < 1.9', '1.9.0', false],
  ['>1.2', '1.2.9', false],
  ['<=1.2', '1.2.9', true],
  ['~1.2.3', '1.2.9', true],
  ['~1', '1.9.0', true],
  ['~1.2.3', '1.3.0', false],
  ['^1.2.3', '1.9.0', true],
  ['^0.2.1', '0.3.0', false],
  ['^0.2.1', '0.2.9', true],
  ['1.2 - 1.4', '1.4.7', true],
  ['1.2 - 1.4', '1.5.0', false],
  ['1.0.0 || 2.x', '2.3.4', true],
  ['!=1.2.3', '1.2.3', false],
  ['', '1.2.3', false],
  ['latest', '1.2.3', false],
  ['1.2.3-rc.1', '1.2.3', false],
])('%s and %s: %s', (constraint, version, expected) => {
  expect(admits(constraint, version)).toBe(expected);
});

test('where the grammars of Helm and npm agree, so do we', () => {
  const number = fc.nat(3).map(String);
  const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));
  const stated = fc.oneof(
    version,
    fc.tuple(number, number).map((parts) => parts.join('.')),
    number,
    number.map((major) => `${major}.x`),
  );
  const comparator = fc.tuple(fc.constantFrom('', '=', '>', '>=', '<', '<=', '~', '^'), stated).map((parts) => parts.join(''));
  const range = fc.array(comparator, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
  const constraint = fc.array(range, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(' || '));
  fc.assert(
    fc.property(constraint, version, (text, one) => expect(admits(text, one)).toBe(satisfies(one, text))),
    { numRuns: 3000 },
  );
});
