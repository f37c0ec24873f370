import type { Files } from '../kustomize';

/* Paths below the root of a repository, and the kustomization files in its folders. */

/** Names of a kustomization file, in the order in which kustomize looks for them. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** The kustomization file of a folder; undefined where it has none. */
export function kustomizationFile(files: Files, folder: string): string | undefined {
  const inside = files.list(folder) ?? [];
  const name = KUSTOMIZATION_NAMES.find((one) => inside.some((entry) => entry.name === one && entry.kind === 'file'));
  return name && inFolder(folder, name);
}

/** A path below a folder; the root is ''. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The folder that a path lies in; '' for what lies at the root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** Last step of a path. */
export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a path is a folder or lies below it. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** Whether a file lies in or below one of these folders. */
export function isBelowAny(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (folders.has(folder)) return true;
    if (folder === '') return false;
  }
}

/** A relative path as seen from a folder, without `.` and `..`; undefined where it leaves the repository. */
export function resolved(folder: string, relative: string): string | undefined {
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of relative.split('/')) {
    if (step === '..' && steps.pop() === undefined) return undefined;
    if (step !== '..' && step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** Whether a file name is one that a sweep takes for a manifest. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}
