import type { Repository } from '../effective';
import { type Files, Unreadable } from '../kustomize';

/** Text of what a repository installs before Flux runs, by hand or by a helmfile, in one piece; '' where there is no sign of it. */
const known = new WeakMap<Repository, string>();

/**
 * Whether something is named in what a repository does before Flux: then it is there before anything that Flux applies, and an edge to it
 * proves nothing. Looked for in folders called bootstrap, and in helmfiles, near the root.
 *
 * @param names of charts or API groups
 */
export function isBootstrapped(repository: Repository, names: readonly string[]): boolean {
  const text = known.get(repository) ?? gathered(repository.files);
  known.set(repository, text);
  return names.some((name) => text.includes(name));
}

const FOLDER = /^bootstrap$/i;
const FILE = /(helmfile|bootstrap)[^/]*$/i;
/** How deep folders are looked through in search of such a folder, and how many files at most are read. */
const DEPTH = 3;
const FILES = 500;

function gathered(files: Files): string {
  const texts: string[] = [];
  const visit = (folder: string, depth: number, inside: boolean): void => {
    for (const { name, kind } of files.list(folder) ?? []) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') {
        const enters = inside || FOLDER.test(name) || /^helmfile/i.test(name);
        if (enters || depth < DEPTH) visit(path, depth + 1, enters);
      } else if ((inside || FILE.test(name)) && texts.length < FILES) texts.push(read(files, path));
    }
  };
  visit('', 0, false);
  return texts.join('\n');
}

function read(files: Files, path: string): string {
  try {
    return files.read(path) ?? '';
  } catch (error) {
    if (error instanceof Unreadable) return '';
    throw error;
  }
}
