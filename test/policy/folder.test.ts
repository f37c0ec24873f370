import fc from 'fast-check';
import { filesFrom } from '../../src/kustomize';
import { baseOf, folderOf, inFolder, isBelow, isBelowAny, kustomizationFile, resolved } from '../../src/policy/folder';

const step = fc.stringMatching(/^[a-z]{1,4}$/);
const path = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join('/'));

test.each([
  ['namespaces/ferry', '../redis', 'namespaces/redis'],
  ['namespaces/ferry', './a/./b//', 'namespaces/ferry/a/b'],
  ['', 'apps', 'apps'],
  ['apps', '..', ''],
  ['apps', '../..', undefined],
])('from %j, %s is %j', (folder, relative, found) => {
  expect(resolved(folder, relative)).toBe(found);
});

test('a path is its folder and its last step', () => {
  fc.assert(fc.property(path, (one) => expect(inFolder(folderOf(one), baseOf(one))).toBe(one)));
});

test('down and up again leads back', () => {
  fc.assert(fc.property(path, path, (from, down) => expect(resolved(from, `${down}/${down.replace(/[^/]+/g, '..')}`)).toBe(from)));
});

test('whether a file lies below one of many folders is what each of them says', () => {
  fc.assert(
    fc.property(path, fc.array(path), (one, folders) => {
      expect(isBelowAny(one, new Set(folders))).toBe(folders.some((folder) => folder !== one && isBelow(one, folder)));
    }),
  );
});

test('of several kustomization files kustomize takes the first by its own order', () => {
  const files = filesFrom(new Map(['Kustomization', 'kustomization.yml'].map((name) => [`apps/${name}`, ''])));
  expect(kustomizationFile(files, 'apps')).toBe('apps/kustomization.yml');
  expect(kustomizationFile(files, '')).toBeUndefined();
});
