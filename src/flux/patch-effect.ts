import type { Patch } from './patch';

/**
 * What is wrong with a patch, judged against the object as its component emits it; undefined when it changes something. kustomize
 * applies a patch without effect without a word, and fails, with the whole Flux Kustomization, on a path that is not there.
 */
export function patchProblem({ change }: Patch, object: object): string | undefined {
  switch (change.operation) {
    case 'merge':
      return changes(object, change.change) ? undefined : 'the object already says all that the patch says';
    case 'set': {
      const parent = valueAt(object, change.path.slice(0, -1));
      if (!isContainer(parent)) return `there is no ${dotted(change.path.slice(0, -1))} to set ${change.path.at(-1)} in`;
      return isEqual(valueAt(object, change.path), change.value) ? 'the field already has this value' : undefined;
    }
    case 'append':
      return Array.isArray(valueAt(object, change.path)) ? undefined : `there is no list ${dotted(change.path)} to append to`;
    case 'remove':
      return valueAt(object, change.path) === undefined ? `there is no ${dotted(change.path)} to remove` : undefined;
    case 'omit':
      return undefined;
  }
}

/** Whether merging `change` into `base` would make a difference. Lists are compared whole. */
function changes(base: unknown, change: unknown): boolean {
  if (!isContainer(change) || Array.isArray(change)) return !isEqual(base, change);
  return Object.entries(change).some(([key, value]) => value !== undefined && changes(valueAt(base, [key]), value));
}

function isEqual(one: unknown, other: unknown): boolean {
  if (!isContainer(one) || !isContainer(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Array.isArray(one) === Array.isArray(other) && [...keys].every((key) => isEqual(valueAt(one, [key]), valueAt(other, [key])));
}

function valueAt(node: unknown, path: readonly (string | number)[]): unknown {
  let found = node;
  for (const key of path) {
    if (!isContainer(found) || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function dotted(path: readonly (string | number)[]): string {
  return path.join('.') || 'object';
}
