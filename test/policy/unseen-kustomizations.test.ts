import fc from 'fast-check';
import { addressOwner } from '../../src/policy/unseen-kustomizations';

test.each([
  ['https://github.com/kubernetes-sigs/gateway-api', 'github.com/kubernetes-sigs'],
  ['ssh://git@GitHub.com/example/infra.git', 'github.com/example'],
  ['git@github.com:example/infra.git', 'github.com/example'],
  ['ssh://git@example.org:2222/example/infra.git', 'example.org/example'],
  ['oci://ghcr.io/example/manifests', 'ghcr.io/example'],
  ['ssh://git@example.org/infra.git', 'example.org'],
  ['https://', undefined],
  ['', undefined],
])('the owner of %s is %s', (url, owner) => {
  expect(addressOwner(url)).toBe(owner);
});

test('an address may be anything', () => {
  fc.assert(fc.property(fc.string(), (url) => expect(typeof addressOwner(url)).toMatch(/string|undefined/)));
});
