import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The part of jest's snapshot state that is used here; jest's own types leave it out. */
export interface SnapshotState {
  /** `all` with `-u`, `none` with `--ci`, otherwise `new`. */
  readonly _updateSnapshot: 'all' | 'new' | 'none';
  added: number;
  matched: number;
  unmatched: number;
  updated: number;
}

/** What jest hands to a matcher as `this`, as far as it is used here. */
export interface MatcherContext {
  readonly isNot?: boolean;
  readonly testPath?: string;
  readonly snapshotState?: SnapshotState;
  readonly utils: { diff(stored: string, emitted: string, options: DiffOptions): string | null };
}

interface DiffOptions {
  readonly expand: boolean;
  readonly aAnnotation: string;
  readonly bAnnotation: string;
}

const ACCEPT = 'Read it, then accept it with: npm test -- -u';

/**
 * Compares a tree of files (path to text) with the one in the folder `root`, both ways: a file that is missing fails, and so
 * does one that is no longer emitted. A relative `root` starts at the folder of the test file.
 *
 * `-u` accepts the tree, and removes what left it; `--ci` never writes; without either only the very first tree is written.
 * Jest's own `*.snap` files may lie in the same folder.
 */
export function toMatchSnapshotTree(this: MatcherContext, files: ReadonlyMap<string, string>, root: string): jest.CustomMatcherResult {
  const { isNot, snapshotState: state, testPath } = this;
  if (isNot) throw new Error('toMatchSnapshotTree cannot be negated: that a tree differs says nothing about how');
  if (state === undefined || testPath === undefined) throw new Error('toMatchSnapshotTree works only within a test that jest runs');
  const folder = resolve(dirname(testPath), root);
  const outside = [...files.keys()].filter((path) => resolve(folder, path) !== join(folder, path) || !isWithin(folder, path));
  if (outside.length > 0) throw new Error(`toMatchSnapshotTree takes paths within the tree, not: ${outside.join(', ')}`);

  const stored = readTree(folder);
  const differing = [...new Set([...files.keys(), ...stored.keys()])].sort().filter((path) => files.get(path) !== stored.get(path));
  if (differing.length === 0) {
    state.matched += 1;
    return { pass: true, message: () => '' };
  }

  const isFirst = stored.size === 0 && state._updateSnapshot === 'new';
  if (isFirst || state._updateSnapshot === 'all') {
    for (const path of differing) put(folder, path, files.get(path));
    if (isFirst) state.added += 1;
    else state.updated += 1;
    return { pass: true, message: () => '' };
  }

  state.unmatched += 1;
  const describe = (path: string): string => this.utils.diff(stored.get(path) ?? '', files.get(path) ?? '', annotations(path)) ?? '';
  const annotations = (path: string): DiffOptions => ({
    expand: false,
    aAnnotation: stored.has(path) ? 'accepted' : 'accepted: no such file',
    bAnnotation: files.has(path) ? 'emitted' : 'emitted: no such file',
  });
  const say = (path: string): string => {
    if (!files.has(path)) return `${path}: no longer emitted`;
    return `${path}: ${stored.has(path) ? 'changed' : 'new file'}\n${describe(path)}`;
  };
  return { pass: false, message: () => [...differing.map(say), ACCEPT].join('\n\n') };
}

/** Texts by path below the folder, with `/` between folders on every system. */
function readTree(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.snap'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

function put(folder: string, path: string, text: string | undefined): void {
  const file = join(folder, path);
  if (text === undefined) {
    rmSync(file);
    for (let parent = dirname(file); parent !== folder && readdirSync(parent).length === 0; parent = dirname(parent)) rmdirSync(parent);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function isWithin(folder: string, path: string): boolean {
  return path !== '' && !relative(folder, resolve(folder, path)).startsWith('..');
}
