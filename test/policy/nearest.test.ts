import fc from 'fast-check';
import { nearest } from '../../src/policy/nearest';

test.each([
  ['resource', ['resources', 'replicas'], 'resources'],
  ['nmaespace', ['namePrefix', 'namespace'], 'namespace'],
  ['cert-manger', ['cert-manager', 'cert-manager-config'], 'cert-manager'],
  ['redis', ['longhorn', 'cilium'], undefined],
  ['ab', ['xy'], undefined],
])('%s, of %j: %s', (name, names, meant) => {
  expect(nearest(name, names)).toBe(meant);
});

test('of a list that holds the name itself it is the name', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (names, index) => {
      const name = names[index % names.length] ?? '';
      expect(nearest(name, names)).toBe(name);
    }),
  );
});
