import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../effective';
import { Refused } from '../flux/finding';
import { type Entry, type Files, Unreadable } from '../kustomize/files';
import { isCode, reasonOf } from './disk-error';
import { readText } from './read-text';
import { isGit } from './tree-paths';

/** A folder on disk, as Flux would fetch it. */
export interface DiskFiles extends Files {
  /** What stands in the folders listed so far, might be wanted and is not listed, sorted, with the reason. */
  readonly problems: () => readonly Problem[];
}

/** Beyond these, a folder is not listed and a file not read, so that no repository can take all memory or time. */
export interface Limits {
  /** Bytes of one file. @default 10 MiB: etcd takes objects of 1.5 MiB, and the largest bundles of CRDs have 5 MiB */
  readonly file: number;
  /** Bytes of all files that are read. @default 256 MiB: what is read stays in memory */
  readonly all: number;
  /** Files and folders. @default 200,000 */
  readonly entries: number;
  /** Folders within folders. @default 64 */
  readonly depth: number;
}

const MIB = 1024 * 1024;
const LIMITS: Limits = { file: 10 * MIB, all: 256 * MIB, entries: 200_000, depth: 64 };

/**
 * A folder of files, listed and read when it is asked for, once each. Nothing outside of it is read: links are not followed, since Flux
 * does not have them either (source-controller packs only regular files and folders into its artifact), and devices, sockets and pipes are
 * never opened. `.git` and `node_modules` are not listed.
 *
 * @throws Refused where `root` is no folder that can be listed
 */
export function diskFiles(root: string, limits: Partial<Limits> = {}): DiskFiles {
  return new Disk(realRoot(root), { ...LIMITS, ...limits });
}

function realRoot(root: string): string {
  try {
    const real = realpathSync(root);
    readdirSync(real);
    return real;
  } catch (error) {
    throw new Refused([
      {
        rule: 'unreadable-folder',
        file: root,
        what: isCode(error, 'ENOENT') ? 'there is no such folder' : isCode(error, 'ENOTDIR') ? 'it is no folder' : `it ${reasonOf(error)}`,
        where: 'the folder to check',
        why: 'there is nothing that could be checked',
        fix: 'name the root of a Flux repository',
      },
    ]);
  }
}

/** Whether a build may want it: YAML, or what may be a folder. Of a linked README nobody asks. */
const MATTERS = /^[^.]+$|[.]ya?ml$/;

/** What a folder holds: what may be read, and why the rest may not. */
interface Listing {
  readonly entries: readonly Entry[];
  readonly kinds: ReadonlyMap<string, Entry['kind']>;
  /** Reason by name: `is a symbolic link, …`. */
  readonly left: ReadonlyMap<string, string>;
}

class Disk implements DiskFiles {
  private readonly listings = new Map<string, Listing | undefined>();
  private readonly texts = new Map<string, string | Unreadable | undefined>();
  private readonly found: Problem[] = [];
  private entries = 0;
  private bytes = 0;

  constructor(
    private readonly root: string,
    private readonly limits: Limits,
  ) {}

  readonly list = (folder: string): readonly Entry[] | undefined => this.listing(folder)?.entries;

  readonly read = (path: string): string | undefined => {
    if (!this.texts.has(path)) this.texts.set(path, this.lookUp(path));
    const text = this.texts.get(path);
    if (text instanceof Unreadable) throw text;
    return text;
  };

  readonly problems = (): readonly Problem[] => [...this.found].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));

  private listing(folder: string): Listing | undefined {
    if (!this.listings.has(folder)) this.listings.set(folder, this.listAnew(folder));
    return this.listings.get(folder);
  }

  private listAnew(folder: string): Listing | undefined {
    if (folder !== '') {
      const [parent, name] = split(folder);
      if (!this.isWithin(folder) || this.listing(parent)?.kinds.get(name) !== 'folder') return undefined;
    }
    const nothing: Listing = { entries: [], kinds: new Map(), left: new Map() };
    if (folder !== '' && folder.split('/').length > this.limits.depth) {
      this.report(folder, `lies more than ${this.limits.depth} folders deep, and was not looked into`);
      return nothing;
    }
    if (this.entries > this.limits.entries) {
      this.report(folder, `comes after ${this.limits.entries} other files, and was not looked into`);
      return nothing;
    }
    try {
      const path = join(this.root, folder);
      if (!lstatSync(path).isDirectory()) return undefined; // changed since its parent was listed
      return this.sorted(folder, readdirSync(path, { withFileTypes: true }));
    } catch (error) {
      this.report(folder, reasonOf(error));
      return nothing;
    }
  }

  private sorted(folder: string, found: readonly DirectoryEntry[]): Listing {
    const entries: Entry[] = [];
    const left = new Map<string, string>();
    for (const entry of [...found].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const { name } = entry;
      if (isGit(name) || name === 'node_modules') continue;
      this.entries++;
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : undefined;
      if (kind !== undefined && !name.includes('\ufffd')) {
        entries.push({ name, kind });
        continue;
      }
      const reason = kind === undefined ? reasonAgainst(entry) : 'has a name that is not UTF-8';
      left.set(name, reason);
      if (MATTERS.test(name)) this.report(folder === '' ? name : `${folder}/${name}`, reason);
    }
    return { entries, kinds: new Map(entries.map(({ name, kind }) => [name, kind])), left };
  }

  private lookUp(path: string): string | Unreadable | undefined {
    if (!this.isWithin(path)) return undefined;
    const [folder, name] = split(path);
    const reason = this.reasonOnTheWay(path);
    if (reason !== undefined) return new Unreadable(path, reason);
    if (this.listing(folder)?.kinds.get(name) !== 'file') return undefined;
    const read = readText(join(this.root, path), this.limits.file, this.limits.all - this.bytes);
    if (typeof read === 'string') this.bytes += read.length;
    return typeof read === 'object' ? new Unreadable(path, read.reason) : read;
  }

  /** Why the path leads nowhere for us although it leads somewhere: it, or a folder on the way, is a link or a device. */
  private reasonOnTheWay(path: string): string | undefined {
    const steps = path.split('/');
    for (const [depth, name] of steps.entries()) {
      const listing = this.listing(steps.slice(0, depth).join('/'));
      if (!listing) return undefined;
      const reason = listing.left.get(name);
      if (reason !== undefined)
        return depth === steps.length - 1 ? reason : `lies behind ${steps.slice(0, depth + 1).join('/')}, which ${reason}`;
    }
    return undefined;
  }

  /** A path of ours: relative, no step of it empty, `.` or `..`. */
  private isWithin(path: string): boolean {
    return !path.includes('\0') && !path.includes('\\') && path.split('/').every((step) => step !== '' && step !== '.' && step !== '..');
  }

  private report(path: string, what: string): void {
    this.found.push({ file: path === '' ? '.' : path, what: `it ${what}` });
  }
}

type DirectoryEntry = Pick<import('node:fs').Dirent, 'name' | 'isFile' | 'isDirectory' | 'isSymbolicLink' | 'isFIFO' | 'isSocket'>;

function reasonAgainst(entry: DirectoryEntry): string {
  if (entry.isSymbolicLink()) return 'is a symbolic link, and Flux leaves those out of what it fetches';
  return `is ${entry.isFIFO() ? 'a pipe' : entry.isSocket() ? 'a socket' : 'a device'}, and no file`;
}

function split(path: string): readonly [folder: string, name: string] {
  const slash = path.lastIndexOf('/');
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
}
