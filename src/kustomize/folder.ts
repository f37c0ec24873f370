import type { KubernetesObject } from '../flux';
import { BuildError } from './build';
import { documents, type FileObject, missingOf } from './documents';
import { type Files, Unreadable } from './files';
import { isMapping } from './value';
import { readYaml } from './yaml-reader';

/** kustomize's own order of looking. */
const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What was read of files once; builds share it, since each cluster builds the same folders. */
const parsed = new WeakMap<Files, Map<string, readonly FileObject[] | BuildError>>();
const parsedKustomizations = new WeakMap<Files, Map<string, unknown>>();

/** The files of one build: notes which were read. */
export class Reader {
  readonly reached = new Set<string>();

  constructor(private readonly files: Files) {}

  /** The text of a file; undefined where there is none. Throws `BuildError` where it cannot be read. */
  read(path: string): string | undefined {
    try {
      const text = this.files.read(path);
      if (text !== undefined) this.reached.add(path);
      return text;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      this.reached.add(path);
      throw new BuildError('unsupported', path, `it ${error.reason}`);
    }
  }

  /** The objects of a file; undefined where there is none. Throws `BuildError`. */
  objects(path: string): readonly FileObject[] | undefined {
    const known = parsed.get(this.files) ?? new Map<string, readonly FileObject[] | BuildError>();
    parsed.set(this.files, known);
    const made = known.get(path) ?? this.parse(path);
    if (made === undefined) return undefined;
    this.reached.add(path);
    known.set(path, made);
    if (made instanceof BuildError) throw made;
    return made;
  }

  /** What a kustomization file holds. Throws `BuildError`. */
  kustomization(path: string): unknown {
    const known = parsedKustomizations.get(this.files) ?? new Map<string, unknown>();
    parsedKustomizations.set(this.files, known);
    this.reached.add(path);
    if (!known.has(path)) {
      const [made] = this.files.objects?.(path) ?? [];
      known.set(path, made ?? readYaml(this.read(path) ?? '', path));
    }
    return known.get(path);
  }

  /** What the text of a patch says, if it was made in memory. */
  patch(text: string): unknown {
    return this.files.patches?.(text);
  }

  isFolder(path: string): boolean {
    return this.files.list(path) !== undefined;
  }

  /**
   * The folder's kustomization file; undefined where there is none.
   *
   * @throws BuildError where there are several
   */
  kustomizationFile(folder: string): string | undefined {
    const there = new Set((this.files.list(folder) ?? []).flatMap(({ name, kind }) => (kind === 'file' ? [name] : [])));
    const [first, second] = KUSTOMIZATION_FILES.filter((name) => there.has(name));
    if (first === undefined) return undefined;
    const path = joined(folder, first) ?? first;
    if (second !== undefined)
      throw new BuildError('fails', path, `${second} stands beside it: kustomize takes one kustomization file only`);
    return path;
  }

  private parse(path: string): readonly FileObject[] | BuildError | undefined {
    const objects = this.files.objects?.(path);
    try {
      if (objects) return objects.map((object, index) => validated(object, index, path));
      const text = this.read(path);
      return text === undefined ? undefined : documents(text, path);
    } catch (error) {
      if (error instanceof BuildError) return error;
      throw error;
    }
  }
}

function validated(object: KubernetesObject, index: number, path: string): FileObject {
  const node: unknown = object;
  const missing = isMapping(node) ? missingOf(node) : 'it is no object';
  if (missing !== undefined || !isMapping(node)) throw new BuildError('fails', path, missing ?? 'it is no object');
  return { object: node, index, line: 1 };
}

/** A path as seen from a folder; undefined where it is absolute or leads out of the repository. */
export function joined(folder: string, path: string): string | undefined {
  if (path.startsWith('/')) return undefined;
  const steps: string[] = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Whether a path names another repository, or something on the web. */
export function isRemote(path: string): boolean {
  return /^(?:git::)?(?:https?:\/\/|ssh:\/\/|file:\/\/|[A-Za-z][A-Za-z0-9-]*@|github[.]com[/:])/i.test(path);
}
