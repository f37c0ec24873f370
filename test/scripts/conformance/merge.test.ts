import { parse } from 'yaml';
import { additionsOf, merge } from '../../../scripts/conformance/merge';

const OWN = `# hand-written
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: own
resources: [one.yaml]
images: [{name: kept, newTag: "1"}, {name: replaced, newTag: "1"}]
patches: [{path: own.yaml}]
misspelt: kept
`;

describe('merge, as kustomize-controller does', () => {
  test('leaves a file alone to which nothing is added', () => {
    const spec = { path: './namespaces/ferry', prune: false, commonMetadata: { labels: { team: 'ferry' } }, patches: [] };
    expect(merge(OWN, additionsOf(spec))).toBe(OWN);
  });

  test('appends patches and components, merges images by name, overwrites the rest, keeps unknown keys', () => {
    const spec = {
      targetNamespace: 'other',
      nameSuffix: '-two',
      components: ['../component'],
      images: [{ name: 'replaced', newTag: '2' }],
      patches: [{ patch: '- {op: remove, path: /x}', target: { kind: 'ConfigMap' } }],
    };
    expect(parse(merge(OWN, additionsOf(spec)))).toEqual({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace: 'other',
      nameSuffix: '-two',
      resources: ['one.yaml'],
      components: ['../component'],
      images: [
        { name: 'kept', newTag: '1' },
        { name: 'replaced', newTag: '2' },
      ],
      patches: [{ path: 'own.yaml' }, spec.patches[0]],
      misspelt: 'kept',
    });
  });
});
