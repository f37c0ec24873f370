import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type MatcherContext, type SnapshotState, toMatchSnapshotTree } from './snapshot-tree';

describe('toMatchSnapshotTree', () => {
  let folder: string;
  let root: string;
  let state: SnapshotState;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-snapshots-'));
    root = join(folder, '__snapshots__');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the matcher as jest does in the given mode: `all` is `-u`, `none` is `--ci`. */
  function match(mode: SnapshotState['_updateSnapshot'], files: Readonly<Record<string, string>>, more: { isNot?: boolean } = {}) {
    state = { _updateSnapshot: mode, added: 0, matched: 0, unmatched: 0, updated: 0 };
    const context = { utils: borrowUtils(), snapshotState: state, testPath: join(folder, 'some.test.ts'), ...more };
    const { pass, message } = toMatchSnapshotTree.call(context, new Map(Object.entries(files)), '__snapshots__');
    return { pass, message: stripVTControlCharacters(message()) };
  }

  function accepted(): Record<string, string> {
    if (!existsSync(root)) return {};
    const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return Object.fromEntries(
      entries.map(({ parentPath, name }) => [join(parentPath, name).slice(root.length + 1), readFileSync(join(parentPath, name), 'utf8')]),
    );
  }

  function accept(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }

  const FERRY = {
    'namespaces/ferry/namespace.yaml': 'kind: Namespace\n',
    'namespaces/ferry/release.yaml': 'kind: HelmRelease\nspec: {}\n',
  };

  test('passes where every file is the accepted one', () => {
    accept(FERRY);
    expect(match('none', FERRY)).toEqual({ pass: true, message: '' });
    expect(state).toMatchObject({ matched: 1, unmatched: 0 });
  });

  test('the first tree of all is written, so that there is something to read', () => {
    expect(match('new', FERRY).pass).toBe(true);
    expect(accepted()).toEqual(FERRY);
    expect(state).toMatchObject({ added: 1, updated: 0 });
  });

  test('--ci writes nothing, not even the first tree', () => {
    expect(match('none', FERRY).pass).toBe(false);
    expect(accepted()).toEqual({});
  });

  test('a changed file fails and shows its lines', () => {
    accept(FERRY);
    const { pass, message } = match('new', { ...FERRY, 'namespaces/ferry/release.yaml': 'kind: HelmRelease\nspec: { suspend: true }\n' });
    expect(pass).toBe(false);
    expect(message).toMatchInlineSnapshot(`
"namespaces/ferry/release.yaml: changed
- accepted
+ emitted

  kind: HelmRelease
- spec: {}
+ spec: { suspend: true }


Read it, then accept it with: npm test -- -u"
`);
    expect(accepted()).toEqual(FERRY);
  });

  test('a new file fails where a tree was accepted before', () => {
    accept({ 'a.yaml': 'a: 1\n' });
    expect(match('new', { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 2\n' }).message).toMatchInlineSnapshot(`
"b.yaml: new file
- accepted: no such file
+ emitted

+ b: 2
+

Read it, then accept it with: npm test -- -u"
`);
    expect(state.unmatched).toBe(1);
  });

  test('a file that is no longer emitted fails', () => {
    accept({ 'a.yaml': 'a: 1\n', 'old/b.yaml': 'b: 2\n' });
    expect(match('new', { 'a.yaml': 'a: 1\n' }).message).toMatchInlineSnapshot(`
"old/b.yaml: no longer emitted

Read it, then accept it with: npm test -- -u"
`);
  });

  test('every difference is told at once', () => {
    accept({ 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
    const { message } = match('none', { 'a.yaml': 'a: 2\n', 'c.yaml': 'c: 1\n' });
    expect(message.match(/^\S+: .+$/gm)).toEqual(['a.yaml: changed', 'b.yaml: no longer emitted', 'c.yaml: new file']);
  });

  test('a final newline counts', () => {
    accept({ 'a.yaml': 'a: 1\n' });
    expect(match('new', { 'a.yaml': 'a: 1' }).pass).toBe(false);
  });

  test('-u accepts what changed, what came and what left, with the folders that are then empty', () => {
    accept({ 'a.yaml': 'a: 1\n', 'old/deep/b.yaml': 'b: 2\n' });
    const now = { 'a.yaml': 'a: 2\n', 'new/c.yaml': 'c: 3\n' };
    expect(match('all', now).pass).toBe(true);
    expect(accepted()).toEqual(now);
    expect(existsSync(join(root, 'old'))).toBe(false);
    expect(state).toMatchObject({ updated: 1 });
  });

  test("jest's own snapshot files may lie in the same folder", () => {
    accept({ 'a.yaml': 'a: 1\n', 'some.test.ts.snap': '// Jest Snapshot v1' });
    expect(match('none', { 'a.yaml': 'a: 1\n' }).pass).toBe(true);
  });

  test.each(['../outside.yaml', '/etc/outside.yaml', ''])('a path that leaves the tree is refused: %p', (path) => {
    expect(() => match('all', { [path]: 'x' })).toThrow('takes paths within the tree');
  });

  test('cannot be negated', () => {
    expect(() => match('all', FERRY, { isNot: true })).toThrow('cannot be negated');
  });

  test('is known to expect', () => {
    accept(FERRY);
    expect(new Map(Object.entries(FERRY))).toMatchSnapshotTree(root);
  });
});

/** What jest lends to matchers: its diff among other things. */
function borrowUtils(): MatcherContext['utils'] {
  const borrowed: MatcherContext['utils'][] = [];
  expect.extend({
    toLendItsUtils(this: MatcherContext) {
      borrowed.push(this.utils);
      return { pass: true, message: () => '' };
    },
  });
  (expect(0) as unknown as { toLendItsUtils(): void }).toLendItsUtils();
  const [utils] = borrowed;
  if (utils === undefined) throw new Error('jest lent no utils');
  return utils;
}
