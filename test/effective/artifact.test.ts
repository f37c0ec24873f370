import { artifactOf } from '../../src/effective/artifact';
import { ignorePattern } from '../../src/effective/ignore-pattern';
import { yamlIn } from '../../src/effective/raw-objects';
import { filesFrom } from '../../src/kustomize';

const files = (...paths: readonly string[]) => filesFrom(new Map(paths.map((path) => [path, ''])));

/** Each row was run through fluxcd/pkg/sourceignore. */
test.each([
  ['a.yaml', 'x/a.yaml', true],
  ['a.yaml', 'x/ba.yaml', false],
  ['*.yaml', 'x/y/a.yaml', true],
  ['x/', 'x/a.yaml', true],
  ['a.yaml/', 'x/a.yaml', false],
  ['/x', 'x/a.yaml', true],
  ['/x', 'y/x/a.yaml', false],
  ['x/*.yaml', 'x/a.yaml', true],
  ['x/*.yaml', 'x/y/a.yaml', false],
  ['**/a.yaml', 'x/y/a.yaml', true],
  ['x/**', 'x/y/a.yaml', true],
  ['x/**/a.yaml', 'x/y/z/a.yaml', true],
  ['[ab].yaml', 'a.yaml', true],
  ['?.yaml', 'a.yaml', true],
  ['[', '[', false],
  ['x**/a.yaml', 'xy/a.yaml', false],
])('%s and %s', (pattern, path, wanted) => {
  expect(ignorePattern(pattern, '').matches(path.split('/'), false)).toBe(wanted);
});

test('what no source says otherwise of is left out by default', () => {
  const artifact = artifactOf(files('a.yaml', '.sops.yaml', '.github/workflows/ci.yaml', 'x/.drone.yml', '.git/b.yaml'), undefined);
  expect(yamlIn(artifact, '')).toEqual(['a.yaml']);
  expect([artifact.list('.github'), artifact.read('.sops.yaml'), artifact.read('a.yaml')]).toEqual([undefined, undefined, '']);
});

test('spec.ignore takes the place of the defaults, and the last pattern decides', () => {
  const artifact = artifactOf(files('a.yaml', 'b.yaml', '.sops.yaml', 'x/a.yaml'), '# all\n/*\n!/a.yaml\n!.sops.yaml\n');
  expect(yamlIn(artifact, '')).toEqual(['.sops.yaml', 'a.yaml']);
});

test('a .sourceignore speaks of its own folder, and replaces the defaults everywhere', () => {
  const texts = new Map([
    ['x/.sourceignore', 'values.yaml\n'],
    ['x/values.yaml', ''],
    ['values.yaml', ''],
    ['.sops.yaml', ''],
  ]);
  expect(yamlIn(artifactOf(filesFrom(texts), undefined), '')).toEqual(['.sops.yaml', 'values.yaml']);
});
