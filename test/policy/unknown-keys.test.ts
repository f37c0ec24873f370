import fc from 'fast-check';
import { unknownKeys } from '../../src/policy/unknown-keys';

test('a field that is known, in whatever case, is not reported', () => {
  expect(unknownKeys({ resources: [], NameSpace: 'ferry', patches: [{ Path: 'a.yaml' }] })).toEqual([]);
});

test('what was meant is a field that is not there yet', () => {
  expect(unknownKeys({ resource: [], resources: [] })).toEqual([{ at: 'resource', key: 'resource', meant: undefined }]);
  expect(unknownKeys({ image: [{ name: 'a', newTagg: 'b' }] })).toEqual([{ at: 'image', key: 'image', meant: 'images' }]);
  expect(unknownKeys({ images: [{ name: 'a', newTagg: 'b' }] })).toEqual([{ at: 'images[0].newTagg', key: 'newTagg', meant: 'newTag' }]);
});

test('fields of fields are known too, where they are those of kustomize', () => {
  expect(unknownKeys({ patches: [{ target: { knid: 'a' } }] })).toEqual([{ at: 'patches[0].target.knid', key: 'knid', meant: 'kind' }]);
  expect(unknownKeys({ generatorOptions: { label: {} }, commonLabels: { label: 'a' } })).toEqual([
    { at: 'generatorOptions.label', key: 'label', meant: 'labels' },
  ]);
});

test('any content has an answer, and each unknown key stands in it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
      for (const { at, key } of unknownKeys(content)) expect(at.endsWith(key)).toBe(true);
    }),
  );
});
