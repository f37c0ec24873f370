import fc from 'fast-check';
import { filesFrom } from '../../src/kustomize';
import { contentOf, documentsOf, kustomizationsInUse, lineIn } from '../../src/policy/kustomization-files';
import { clusterCase, configMap } from '../support/cluster-case';
import { repositoryOf } from '../support/rule-tester';

test('every folder that a build comes by is there once, with the Flux Kustomizations that begin at it', () => {
  const list = (folder: string, resources: string) =>
    `# ${folder}/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: ${resources}`;
  const repository = repositoryOf(
    clusterCase(
      { ferry: {}, again: { path: './namespaces/ferry' }, swept: { path: './apps' } },
      list('namespaces/ferry', '[config-map.yaml, ../harbour, https://example.org/a.yaml]'),
      list('namespaces/harbour', '[config-map.yaml, ../ferry]'),
      list('apps/deep/er', '[]'),
      configMap('ferry'),
      configMap('harbour'),
    ),
  );
  const found = kustomizationsInUse(repository).map(({ path, entryOf }) => `${path}: ${entryOf.map(({ name }) => name).join(' ')}`);
  expect(found).toEqual([
    'apps/deep/er/kustomization.yaml: ',
    'clusters/test/flux-system/kustomization.yaml: ',
    'clusters/test/kustomization.yaml: flux-system',
    'namespaces/ferry/kustomization.yaml: ferry again',
    'namespaces/harbour/kustomization.yaml: ',
  ]);
});

test('a text is documents or nothing, never an exception', () => {
  const yaml = fc
    .array(fc.constantFrom('a: ', '- ', '\n', '  ', '&a ', '*a', '---\n', '[', ']', '{', '}', '"', "'", '|', '!!x ', '\t', ': '))
    .map((parts) => parts.join(''));
  fc.assert(fc.property(fc.oneof(yaml, fc.string()), (text) => expect([true, false]).toContain(Array.isArray(documentsOf(text)))));
});

test('a text that unfolds without end, or is nested without end, is no YAML', () => {
  const bomb = [
    'a0: &a0 [x, x]',
    ...Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`),
  ].join('\n');
  expect(documentsOf(bomb)).toBeUndefined();
  expect(documentsOf('['.repeat(100_000))).toBeUndefined();
});

test('a file that holds no map has no fields', () => {
  const files = filesFrom(
    new Map([
      ['a', '- 1'],
      ['b', 'x: 1\ny:\n  - "z"\n'],
      ['c', ': ['],
    ]),
  );
  expect([contentOf(files, 'a'), contentOf(files, 'b'), contentOf(files, 'c'), contentOf(files, 'gone')]).toEqual([
    {},
    { x: 1, y: ['z'] },
    {},
    {},
  ]);
  expect([lineIn(files, 'b', 'y:'), lineIn(files, 'b', '- z'), lineIn(files, 'b', 'w:')]).toEqual([2, 3, undefined]);
});
