import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, join, dirname as parentOf, resolve } from 'node:path';
import { type Finding, Refused } from '../flux/finding';
import { isCode, quietly, unwritable } from './disk-error';
import { survey, type Tree } from './survey';
import { becomes, isLeftover, temporaryOf } from './temporary';
import { checkPaths, foldCase, folderOf } from './tree-paths';

/** What a run did to the tree. Paths are relative to its root and sorted. */
export interface WriteResult {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * Makes the files under `root` those of the map, path to text, and touches no others: a file that does not begin with our header is
 * somebody else's. Files whose bytes are right are only read. Throws `Refused`, with every reason, before anything is written.
 *
 * A run that dies half-way leaves whole files, some old, some new, and temporaries beside them; the next run completes it.
 */
export function writeTree(root: string, files: ReadonlyMap<string, string>): WriteResult {
  refuseAny(checkPaths(files));
  const tree = survey(root, files);
  refuseAny(tree.findings);
  if (!tree.rootExists && !lstatSync(root, { throwIfNoEntry: false })) return writeNewTree(root, files);

  // The other spelling of a name of ours (`Ferry.yaml`, now `ferry.yaml`) goes before the new file comes: where the disk ignores case
  // they are one file, and removing it afterwards would remove the new one.
  const spelling = new Set(tree.changed.map(foldCase));
  const [respelled, stale] = partition(tree.stale, (path) => spelling.has(foldCase(path)));

  const ready = writeTemporaries(root, tree, files);
  replace(root, tree.changed, respelled, ready);
  finish(root, [...respelled, ...stale], tree.leftovers);
  return { written: tree.changed, removed: [...respelled, ...stale].sort(), unchanged: tree.unchanged };
}

function refuseAny(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new Refused(findings);
}

function partition<T>(values: readonly T[], belongs: (value: T) => boolean): [T[], T[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}

/** A tree that is not there yet appears whole: it is made beside its place. Where another run is faster, its tree is compared as any other. */
function writeNewTree(root: string, files: ReadonlyMap<string, string>): WriteResult {
  const [parent, name] = [parentOf(resolve(root)), basename(resolve(root))];
  const beside = join(parent, temporaryOf(name));
  const folders = new Set<string>();
  const made: string[] = [];
  let at = '.';
  try {
    made.push(...makeRoot(parent));
    for (const other of readdirSync(parent)) {
      if (becomes(other) === name && isLeftover(other)) rmSync(join(parent, other), { recursive: true });
    }
    for (const [path, text] of files) {
      at = path;
      const folder = folderOf(path);
      if (!folders.has(folder)) mkdirSync(`${beside}/${folder}`, { recursive: true });
      folders.add(folder);
      writeFileSync(`${beside}/${path}`, text, { flag: 'wx' });
    }
    at = '.';
    mkdirSync(beside, { recursive: true }); // for a tree without files
    renameSync(beside, resolve(root));
  } catch (error) {
    quietly(() => rmSync(beside, { recursive: true, force: true }));
    if (isCode(error, 'ENOTEMPTY') || (at === '.' && isCode(error, 'EEXIST'))) return writeTree(root, files);
    for (const folder of made.reverse()) quietly(() => rmdirSync(folder));
    throw new Refused([unwritable(join(root, at), at, error, 'nothing was written: the tree is as it was')]);
  }
  return { written: [...files.keys()].sort(), removed: [], unchanged: 0 };
}

/** Phase 1: every changed file in full, beside its place. Gives the temporaries; on failure takes back what it made. */
function writeTemporaries(root: string, tree: Tree, files: ReadonlyMap<string, string>): string[] {
  const made: string[] = [];
  const temporaries: string[] = [];
  const makeFolder = (folder: string) => {
    if (tree.folders.has(folder)) return;
    makeFolder(folderOf(folder));
    // recursive: a run at the same time may have made it by now
    if (mkdirSync(join(root, folder), { recursive: true }) !== undefined) made.push(join(root, folder));
    tree.folders.add(folder);
  };
  let at = '.';
  try {
    for (const path of tree.leftovers) removeFile(root, path);
    if (!tree.rootExists) made.push(...makeRoot(root));
    for (const path of tree.changed) {
      at = path;
      makeFolder(folderOf(path));
      const temporary = `${root}/${temporaryOf(path)}`;
      // 'wx' follows no link and takes no file that is there: one that is, somebody else has just made.
      writeFileSync(temporary, files.get(path) ?? '', { flag: 'wx' });
      temporaries.push(temporary);
    }
    return temporaries;
  } catch (error) {
    if (at !== '.' && !isCode(error, 'EEXIST')) quietly(() => unlinkSync(join(root, temporaryOf(at)))); // half of it may be there
    for (const temporary of temporaries) quietly(() => unlinkSync(temporary));
    for (const folder of made.reverse()) quietly(() => rmdirSync(folder));
    throw new Refused([unwritable(join(root, at), at, error, 'nothing was written: the tree is as it was')]);
  }
}

/** Makes the root and what leads to it, and names what it made, outermost first. */
function makeRoot(root: string): string[] {
  const made: string[] = [];
  const first = mkdirSync(root, { recursive: true });
  if (first === undefined) return made;
  for (let folder = resolve(root); folder.length >= resolve(first).length; folder = parentOf(folder)) made.unshift(folder);
  return made;
}

/** Phase 2: each temporary takes the place of its file, whole. */
function replace(root: string, changed: readonly string[], respelled: readonly string[], temporaries: readonly string[]): void {
  let done = 0;
  try {
    for (const path of respelled) removeFile(root, path);
    for (const path of changed) {
      renameSync(temporaries[done] ?? '', `${root}/${path}`);
      done++;
    }
  } catch (error) {
    for (const temporary of temporaries.slice(done)) quietly(() => unlinkSync(temporary));
    const at = changed[done] ?? '.';
    const written = `${done} of ${changed.length} files were replaced, each of them whole; the next run completes the tree`;
    throw new Refused([unwritable(join(root, at), at, error, written)], written);
  }
}

/** Phase 3: what is emitted no longer, and the folders that this, or clearing up after a dead run, left empty. */
function finish(root: string, stale: readonly string[], leftovers: readonly string[]): void {
  for (const path of stale) {
    try {
      removeFile(root, path);
    } catch (error) {
      const written = 'the tree is complete, but Flux would still apply what this file holds';
      throw new Refused([unwritable(join(root, path), path, error, written)], written);
    }
  }
  for (const path of [...stale, ...leftovers]) {
    let folder = folderOf(path);
    while (folder !== '.' && quietly(() => rmdirSync(join(root, folder)))) folder = folderOf(folder); // fails unless it is empty
  }
}

function removeFile(root: string, path: string): void {
  rmSync(join(root, path), { force: true }); // gone already is as good
}
