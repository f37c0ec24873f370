import { inspect } from '../../src/effective';
import { filesFrom } from '../../src/kustomize';

/** A tree of our own kind: one cluster, whose root applies one Flux Kustomization. */
const OWN = new Map([
  ['clusters/home/kustomization.yaml', 'resources: [flux-system, infrastructure.yaml]\n'],
  ['clusters/home/flux-system/kustomization.yaml', 'resources: [gotk-sync.yaml]\n'],
  [
    'clusters/home/flux-system/gotk-sync.yaml',
    `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, url: ssh://git@example.org/home.git, ref: { branch: main } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 5m, path: ./clusters/home, prune: false, sourceRef: { kind: GitRepository, name: flux-system } }
`,
  ],
  [
    'clusters/home/infrastructure.yaml',
    `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ferry, namespace: flux-system }
spec:
  interval: 5m
  path: ./namespaces/ferry
  dependsOn: [{ name: absent }]
  sourceRef: { kind: GitRepository, name: flux-system }
`,
  ],
  ['namespaces/ferry/kustomization.yaml', 'resources: [namespace.yaml]\n'],
  ['namespaces/ferry/namespace.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: ferry }\n'],
]);

test('a tree of our own kind: the root first, then what it applies', () => {
  const { clusters, problems } = inspect(filesFrom(OWN));
  expect(problems).toEqual([]);
  expect(clusters.map(({ name }) => name)).toEqual(['home']);
  const [home] = clusters;
  expect(home?.kustomizations.map(({ id, path, parent }) => [id, path, parent?.id])).toEqual([
    ['flux-system/flux-system', 'clusters/home', undefined],
    ['flux-system/ferry', 'namespaces/ferry', 'flux-system/flux-system'],
  ]);
  const [, ferry] = home?.kustomizations ?? [];
  expect(ferry?.objects.map(({ object }) => object.kind)).toEqual(['Namespace']);
  expect(ferry?.dependsOn).toEqual([{ id: 'flux-system/absent', found: undefined, readyExpr: undefined }]);
});

test('without an entry point there is a problem, and no cluster', () => {
  const { clusters, problems } = inspect(filesFrom(new Map([['readme.yaml', 'a: b\n']])));
  expect([clusters, problems.map(({ what }) => what)]).toEqual([[], ['no Flux entry point was found']]);
});
