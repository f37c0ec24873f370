import fc from 'fast-check';
import { hasUpperEnd } from '../../src/policy/version-range';

test.each([
  '1.19.x',
  'v1.19.x',
  '1',
  '1.x',
  '=1.2.3',
  '~1.2',
  '^1',
  '>=1.2 <2',
  '>= 1.2, < 2.0.0',
  '1.2 - 1.4',
  '1.x || 2.x',
  '<=2026.1.0',
  '1.2.3+build',
])('%s ends', (constraint) => expect(hasUpperEnd(constraint)).toBe(true));

test.each([
  '',
  '*',
  'x',
  '>=1.2',
  '> 1',
  '=>1.2',
  '!=1.2',
  '>=1.2, !=1.4',
  '1.x || >=3',
  '1.x || *',
  '~*',
  '^x',
  '0.0.0 - 9999',
  '>=1 <999',
  'latest',
])('%s does not', (constraint) => expect(hasUpperEnd(constraint)).toBe(false));

test('a choice ends where all its parts do, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      (a, b) => hasUpperEnd(`${a}||${b}`) === (hasUpperEnd(a) && hasUpperEnd(b)) || a.includes('|') || b.includes('|'),
    ),
  );
});
