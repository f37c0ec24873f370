import type { KubernetesObject } from '../flux';

/** A folder of files, as far as a build may ask. Paths are relative to its root, with `/`, without `./` and `..`; '' is the root itself. */
export interface Files {
  /** What a folder holds, sorted by name; undefined where there is no such folder. */
  readonly list: (folder: string) => readonly Entry[] | undefined;
  /**
   * The text of a file; undefined where there is no such file.
   *
   * @throws Unreadable where there is one that cannot be taken for text
   */
  readonly read: (path: string) => string | undefined;
  /** The objects of a file that was made in memory, so that it need not be parsed again; undefined where the text has to be read. */
  readonly objects?: (path: string) => readonly KubernetesObject[] | undefined;
  /** What the text of a patch says, if it was made in memory: an object, or a list of operations. `text` is without space around it. */
  readonly patches?: (text: string) => unknown;
}

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** A file that is there and cannot be read: too large, not UTF-8, a link that leads out of the folder. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(
    readonly path: string,
    /** `is larger than 10 MiB`: goes on after the file's name. */
    readonly reason: string,
  ) {
    super(`${path} ${reason}`);
  }
}

/** Files held in memory, by path. The second argument spares the parsing of what was made here. */
export function filesFrom(texts: ReadonlyMap<string, string>, made: Pick<Files, 'objects' | 'patches'> = {}): Files {
  const folders = new Map<string, Map<string, Entry['kind']>>([['', new Map()]]);
  for (const path of texts.keys()) {
    const steps = path.split('/');
    for (const [depth, name] of steps.entries()) {
      const folder = steps.slice(0, depth).join('/');
      const inside = folders.get(folder) ?? new Map<string, Entry['kind']>();
      folders.set(folder, inside.set(name, depth === steps.length - 1 ? 'file' : 'folder'));
    }
  }
  const listed = new Map<string, readonly Entry[]>();
  const list = (folder: string): readonly Entry[] | undefined => {
    const inside = folders.get(folder);
    if (!inside) return undefined;
    const known = listed.get(folder) ?? [...inside].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1));
    listed.set(folder, known);
    return known;
  };
  return { list, read: (path) => texts.get(path), ...made };
}
