import type { KubernetesObject } from './manifest';
import type { Patch } from './patch';

/** What a patch makes of an object, or what is wrong with it. */
export type Effect =
  | { readonly problem: string }
  /** `exact` is false where kustomize merges lists by keys that we do not know: what comes after cannot be judged. */
  | { readonly object: KubernetesObject; readonly exact: boolean };

/**
 * Applies a patch to a copy, as kustomize would. kustomize says nothing of a patch without effect, and fails, with the whole Flux
 * Kustomization, on a path that is not there: both are problems here.
 *
 * @param custom whether the object's kind is a CRD's: its lists are then replaced whole
 */
export function applyPatch({ change }: Patch, object: KubernetesObject, custom: boolean): Effect {
  const copy = structuredClone(object);
  switch (change.operation) {
    case 'merge': {
      if (!changes(copy, change.change)) return { problem: 'the object already says all that the patch says' };
      merge(copy, change.change);
      return { object: copy, exact: custom || !hasList(change.change) };
    }
    case 'set': {
      const parent = valueAt(copy, change.path.slice(0, -1));
      const key = change.path.at(-1) ?? '';
      if (!isContainer(parent) || (Array.isArray(parent) && !isPlace(parent, key))) return { problem: `there is no ${place(change.path)}` };
      if (isEqual(valueAt(parent, [key]), change.value)) return { problem: `${dotted(change.path)} already has this value` };
      Reflect.set(parent, key, change.value);
      return { object: copy, exact: true };
    }
    case 'append': {
      const list = valueAt(copy, change.path);
      if (!Array.isArray(list)) return { problem: `there is no list ${dotted(change.path)}` };
      list.push(change.value);
      return { object: copy, exact: true };
    }
    case 'remove': {
      const parent = valueAt(copy, change.path.slice(0, -1));
      const key = change.path.at(-1) ?? '';
      if (valueAt(copy, change.path) === undefined || !isContainer(parent)) return { problem: `there is no ${dotted(change.path)}` };
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else Reflect.deleteProperty(parent, key);
      return { object: copy, exact: true };
    }
    case 'omit':
      return { object: copy, exact: true };
  }
}

/** Whether merging `change` into `base` would make a difference. Lists are compared whole. */
function changes(base: unknown, change: unknown): boolean {
  if (!isContainer(change) || Array.isArray(change)) return !isEqual(base, change);
  return Object.entries(change).some(([key, value]) => value !== undefined && changes(valueAt(base, [key]), value));
}

function merge(base: object, change: object): void {
  for (const [key, value] of Object.entries(change)) {
    const below: unknown = Reflect.get(base, key);
    if (isContainer(below) && isContainer(value) && !Array.isArray(below) && !Array.isArray(value)) merge(below, value);
    else if (value !== undefined) Reflect.set(base, key, value);
  }
}

function hasList(node: unknown): boolean {
  return Array.isArray(node) || (isContainer(node) && Object.values(node).some(hasList));
}

function isEqual(one: unknown, other: unknown): boolean {
  if (!isContainer(one) || !isContainer(other)) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Array.isArray(one) === Array.isArray(other) && [...keys].every((key) => isEqual(valueAt(one, [key]), valueAt(other, [key])));
}

function valueAt(node: unknown, path: readonly (string | number)[]): unknown {
  let found = node;
  for (const key of path) {
    if (!isContainer(found) || (Array.isArray(found) ? !isPlace(found, key) : !Object.hasOwn(found, key))) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}

/** Whether a key is a place in the list that is taken. */
function isPlace(list: readonly unknown[], key: string | number): boolean {
  return /^[0-9]+$/.test(String(key)) && Number(key) < list.length;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function place(path: readonly (string | number)[]): string {
  return typeof path.at(-1) === 'number' ? dotted(path) : `${dotted(path.slice(0, -1))} to set ${path.at(-1)} in`;
}

function dotted(path: readonly (string | number)[]): string {
  return path.join('.') || 'object';
}
