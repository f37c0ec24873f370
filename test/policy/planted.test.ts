import { FLAWLESS, PLANTED, type Planted } from '../../scripts/conformance/planted';
import { inspect } from '../../src/effective';
import { filesFrom } from '../../src/kustomize';
import { check } from '../../src/policy';
import { schemaSource } from '../support/schema-source';

/** What conformance plants for the real kustomize, by the names that its own checks have: each must have a rule that finds it too. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  builds: ['build-fails', 'kustomization-typo', 'path-exists'],
  'unique-object': ['build-fails', 'one-owner'],
  'builds-something': ['empty-build'],
  'variables-exist': ['substitute-from-exists'],
  'variable-names': ['bad-variable-name'],
  'variables-defined': ['undefined-variable'],
  'variables-substituted': ['substitution-inactive'],
  'variables-keep-yaml': ['variable-breaks-yaml'],
  'variables-keep-text': ['variable-flips-type'],
  'patch-changes-something': ['patch-hits'],
};

/** Every rule that finds something in a tree, which gets what only a bootstrap writes. */
function found(files: Planted['files']): readonly string[] {
  const all = new Map(Object.entries({ ...files, ...BOOTSTRAP }));
  const root = 'clusters/test/kustomization.yaml';
  all.set(root, (files[root] ?? '').replace('resources: [', 'resources: [flux-system, '));
  return check(inspect(filesFrom(all)), { schemas: schemaSource }).map(({ finding }) => finding.rule);
}

const BOOTSTRAP = {
  'clusters/test/flux-system/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [gotk-sync.yaml]\n',
  'clusters/test/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, ref: {branch: main}, url: 'ssh://git@example.org/infra.git'}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 10m, path: ./clusters/test, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`,
};

test.each(PLANTED)('$rule: $mistake is found', ({ rule, files }) => {
  expect(found(files).filter((name) => RULES[rule]?.includes(name))).not.toEqual([]);
});

test('nothing of the kind is found where nothing of the kind is planted', () => {
  const known = new Set(Object.values(RULES).flat());
  expect(found(FLAWLESS).filter((name) => known.has(name))).toEqual([]);
});
