import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, dirname as parentOf, resolve } from 'node:path';
import { type Finding, Refused } from '../flux/finding';
import { HEADER_MARK, isOurs } from '../flux/header';

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

// ---------------------------------------------------------------------------------------------------------------------------------
// Before anything is touched

/** Beside the file it becomes, so that the rename stays on one disk; with the process in its name, so that two runs at once do not meet. */
const TEMPORARY = /^\.(.*)\.([0-9]+)\.strata-tmp$/s;
const temporaryOf = (path: string) => {
  const name = path.lastIndexOf('/') + 1;
  return `${path.slice(0, name)}.${path.slice(name)}.${process.pid}.strata-tmp`;
};

/** Whether a temporary is left of a run that died: nobody else's process is at work on it. */
const isLeftover = (name: string) => {
  const pid = Number(TEMPORARY.exec(name)?.[2]);
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0); // signal 0 only asks
    return false;
  } catch (error) {
    return !isCode(error, 'EPERM');
  }
};

/** Git's own folder, however it is spelled: git refuses `.GIT` too. */
const isGit = (name: string) => name.toLowerCase() === '.git';

/** Paths inside the tree are written with `/` on every system. */
const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';

const foldCase = (path: string) => path.normalize('NFC').toLowerCase();

/** Paths that no tree should have: a mistake of who calls, found before the disk is looked at. */
function checkPaths(files: ReadonlyMap<string, string>): Finding[] {
  const findings: Finding[] = [];
  const invalid = (file: string, what: string, fix: string) =>
    findings.push({
      rule: 'invalid-path',
      file,
      what,
      where: 'the paths of the tree',
      why: 'the file could not be written, or would land where nobody looks for it',
      fix,
    });

  for (const path of files.keys()) {
    const segments = path.split('/');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a name with a line break in it breaks every list of files
    if (segments.some((segment) => ['', '.', '..'].includes(segment)) || /[\\\0-\x1f\x7f]/.test(path)) {
      invalid(
        path,
        `${JSON.stringify(path)} is no relative path`,
        'write it as a/b/c.yaml, relative to the root, without `.`, `..` or backslashes',
      );
    } else if (segments.some(isGit)) {
      invalid(path, `${path} lies under .git`, 'leave .git to git');
    } else if (segments.some((segment) => TEMPORARY.test(segment))) {
      invalid(path, `${path} has the name of a temporary file`, 'choose a name that does not end in .strata-tmp');
    }
  }

  const spellings = new Map<string, string>();
  const folders = foldersOf(files.keys());
  for (const name of new Set([...folders, ...files.keys()])) {
    if (name === '.') continue;
    const other = spellings.get(foldCase(name));
    if (other !== undefined)
      invalid(name, `${name} and ${other} differ only in case or in how accents are coded`, 'rename one: on some disks the two are one');
    else spellings.set(foldCase(name), name);
    if (files.has(name) && folders.has(name)) invalid(name, `${name} is to be a file and a folder`, 'rename one of them');
  }
  return findings;
}

/** The folders that these paths need, `.` among them. */
function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>(['.']);
  for (const path of paths) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

/** What is on disk, in the terms of this run. Paths are relative to the root. */
interface Tree {
  readonly rootExists: boolean;
  /** Folders that are there, the root (`.`) among them. */
  readonly folders: Set<string>;
  /** Ours, to be written. */
  readonly changed: readonly string[];
  /** Ours, emitted no longer. */
  readonly stale: readonly string[];
  /** Temporaries of a run that died. */
  readonly leftovers: readonly string[];
  readonly unchanged: number;
  readonly findings: readonly Finding[];
}

/** One walk over everything below the root but `.git`. It follows no link and opens nothing but regular files. */
function survey(root: string, files: ReadonlyMap<string, string>): Tree {
  const folders = new Set<string>();
  const ourFolders = foldersOf(files.keys());
  const same = new Set<string>();
  const stale: string[] = [];
  const leftovers: string[] = [];
  const findings: Finding[] = [];

  const visit = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (isGit(entry.name)) continue;
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      const text = files.get(path);
      if (entry.isDirectory()) {
        if (text !== undefined) findings.push(inTheWay(root, path, 'is a folder, and a file of that name is to be written'));
        folders.add(path);
        attempt(path, ourFolders.has(path), () => visit(path));
      } else if (entry.isSymbolicLink()) {
        if (text !== undefined || ourFolders.has(path)) findings.push(symlink(root, path));
      } else if (ourFolders.has(path)) {
        findings.push(inTheWay(root, path, 'is a file, and a folder of that name is to be written'));
      } else if (!entry.isFile()) {
        if (text !== undefined) findings.push(inTheWay(root, path, 'is neither a file nor a folder'));
      } else if (TEMPORARY.test(entry.name)) {
        if (isLeftover(entry.name)) leftovers.push(path);
      } else {
        attempt(path, text !== undefined, () => {
          const found = look(`${root}/${path}`, text);
          if (found === 'same') same.add(path);
          else if (text === undefined && found === 'ours') stale.push(path);
          else if (text !== undefined && found === 'foreign') findings.push(notOurs(root, path));
        });
      }
    }
  };
  /** What cannot be read is somebody else's, unless it stands where a file of ours goes. */
  const attempt = (path: string, matters: boolean, read: () => void) => {
    try {
      read();
    } catch (error) {
      if (matters) findings.push(unwritable(join(root, path), path, error, 'nothing was written'));
    }
  };

  let rootExists = false;
  attempt('.', true, () => {
    rootExists = statSync(root, { throwIfNoEntry: false }) !== undefined; // follows: the root itself may be a link
    if (rootExists) visit('.');
  });
  findings.sort((a, b) => (a.file < b.file ? -1 : 1)); // a folder's own order differs from disk to disk
  const changed = [...files.keys()].filter((path) => !same.has(path)).sort();
  return {
    rootExists,
    folders: folders.add('.'),
    changed,
    stale: stale.sort(),
    leftovers: leftovers.sort(),
    unchanged: same.size,
    findings,
  };
}

let buffer = Buffer.alloc(64 * 1024);

/** Compares a file with the text it should have. Reads one byte more than needed, never the whole of a large stranger. */
function look(path: string, text: string | undefined): 'same' | 'ours' | 'foreign' {
  const wanted = text === undefined ? undefined : Buffer.from(text);
  const length = Math.max((wanted?.length ?? 0) + 1, HEADER_MARK.length);
  if (buffer.length < length) buffer = Buffer.alloc(2 * length);
  const fd = openSync(path, 'r');
  let read = 0;
  try {
    read = readSync(fd, buffer, 0, length, null); // a regular file gives all it has at once
  } finally {
    closeSync(fd);
  }
  if (wanted?.equals(buffer.subarray(0, read))) return 'same';
  return isOurs(buffer.toString('latin1', 0, Math.min(read, HEADER_MARK.length))) ? 'ours' : 'foreign';
}

// ---------------------------------------------------------------------------------------------------------------------------------
// The three phases

/** A tree that is not there yet appears whole: it is made beside its place. Where another run is faster, its tree is compared as any other. */
function writeNewTree(root: string, files: ReadonlyMap<string, string>): WriteResult {
  const beside = temporaryOf(resolve(root));
  const folders = new Set<string>();
  const made: string[] = [];
  let at = '.';
  try {
    made.push(...makeRoot(parentOf(beside)));
    for (const { name } of readdirSync(parentOf(beside), { withFileTypes: true })) {
      const ofThisRoot = TEMPORARY.exec(name)?.[1] === basename(resolve(root));
      if (ofThisRoot && isLeftover(name)) rmSync(join(parentOf(beside), name), { recursive: true });
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

/** For clearing up, where a failure is no news: whether it worked. */
function quietly(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

function partition<T>(values: readonly T[], belongs: (value: T) => boolean): [T[], T[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}

// ---------------------------------------------------------------------------------------------------------------------------------
// Findings

function refuseAny(findings: readonly Finding[]): void {
  if (findings.length > 0) throw new Refused(findings);
}

function notOurs(root: string, file: string): Finding {
  return {
    rule: 'not-ours',
    file,
    what: 'a file that strata did not write has other content than the one to be written',
    where: join(root, file),
    why: 'writing it would destroy work that is not in the source',
    fix: `move what it says into the source, then remove the file; a file of strata begins with "${HEADER_MARK.trim()}"`,
  };
}

function symlink(root: string, file: string): Finding {
  return {
    rule: 'symlink-in-output',
    file,
    what: 'a symbolic link stands where strata writes',
    where: join(root, file),
    why: 'the file would land outside of the tree, and Flux does not follow links out of its artifact',
    fix: 'remove the link',
  };
}

function inTheWay(root: string, file: string, what: string): Finding {
  return {
    rule: 'unwritable-output',
    file,
    what: `it ${what}`,
    where: join(root, file),
    why: 'the tree cannot be written; nothing was',
    fix: 'move it away, or remove it',
  };
}

function unwritable(where: string, file: string, error: unknown, state: string): Finding {
  return {
    rule: 'unwritable-output',
    file: file === '.' ? where : file,
    what: messageOf(error),
    where,
    why: state,
    fix: 'put right what the system complains about, then run again',
  };
}

// Errors of node:fs under jest are of another realm: `instanceof Error` says no to them.
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
