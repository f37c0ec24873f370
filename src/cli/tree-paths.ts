import type { Finding } from '../flux/finding';
import { isTemporary } from './temporary';

// Paths inside the tree are relative to its root and written with `/` on every system; `.` is the root.

/** Git's own folder, however it is spelled: git refuses `.GIT` too. */
export const isGit = (name: string) => name.toLowerCase() === '.git';

export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';

export const foldCase = (path: string) => path.normalize('NFC').toLowerCase();

/** The folders that these paths need, `.` among them. */
export function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>(['.']);
  for (const path of paths) {
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

/** Paths that no tree should have: a mistake of who calls, found before the disk is looked at. */
export function checkPaths(files: ReadonlyMap<string, string>): Finding[] {
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
    } else if (segments.some(isTemporary)) {
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
