import { inspect } from '../../src/effective';
import { filesFrom } from '../../src/kustomize';
import { isBootstrapped } from '../../src/policy/bootstrapped';

const repository = (path: string) => inspect(filesFrom(new Map([[path, 'releases: [{ name: cilium }]\n']])));

test.each([
  ['bootstrap/apps.yaml', true],
  ['kubernetes/bootstrap/helmfile.d/00-crds.yaml', true],
  ['helmfile.yaml', true],
  ['scripts/bootstrap-cluster.sh', true],
  ['namespaces/cilium/release.yaml', false],
  ['docs/a/b/c/d/bootstrap/late.md', false],
])('%s: %s', (path, expected) => {
  expect(isBootstrapped(repository(path), ['cilium'])).toBe(expected);
  expect(isBootstrapped(repository(path), ['linkerd'])).toBe(false);
});
