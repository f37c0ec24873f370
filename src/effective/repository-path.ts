/** A path as Flux takes it: relative to the root of the repository however it begins, and `..` never leads out. '' is the root itself. */
export function pathFromRoot(path: string): string {
  return joined('', path);
}

/** A path relative to a folder, both from the root of the repository. */
export function joined(folder: string, path: string): string {
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** The folder a file is in. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

export function lastStep(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a file or folder is the folder, or inside it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

export function isYaml(name: string): boolean {
  return name.endsWith('.yaml') || name.endsWith('.yml');
}
