import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../flux/finding';
import { HEADER_MARK, isOurs } from '../flux/header';
import { unwritable } from './disk-error';
import { isLeftover, isTemporary } from './temporary';
import { foldersOf, isGit } from './tree-paths';

/** What is on disk, in the terms of this run. Paths are relative to the root. */
export interface Tree {
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
export function survey(root: string, files: ReadonlyMap<string, string>): Tree {
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
      } else if (isTemporary(entry.name)) {
        if (isLeftover(entry.name)) leftovers.push(path);
      } else if (text !== undefined || !isEncrypted(path)) {
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

/** A SOPS file began as a copy of a template of ours, and sops keeps its first line: it bears our header, and is not ours. */
const isEncrypted = (path: string) => /[^/]\.sops\.yaml$/.test(path);

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
