import type { KubernetesObject } from './manifest';
import type { Patch } from './patch';

/** What a patch makes of an object, or what is wrong with it. */
export type Effect =
  | { readonly problem: string }
  /** `exact` is false where kustomize merges lists by keys that we do not know: what comes after cannot be judged. */
  | { readonly object: KubernetesObject; readonly exact: boolean };

/**
 * What a patch makes of an object, as kustomize would; the object itself stays. kustomize says nothing of a patch without effect, and
 * fails, with the whole Flux Kustomization, on a path that is not there: both are problems here.
 *
 * @param custom whether the object's kind is a CRD's: its lists are then replaced whole
 */
export function applyPatch({ change }: Patch, object: KubernetesObject, custom: boolean): Effect {
  switch (change.operation) {
    case 'merge':
      if (hasDirective(change.change))
        return { problem: 'it holds a directive of kustomize ($patch and the like), which only kustomize follows' };
      if (!changes(object, change.change)) return { problem: 'the object already says all that the patch says' };
      return { object: merged(object, change.change), exact: custom || !hasList(change.change) };
    case 'set': {
      const parent = valueAt(object, change.path.slice(0, -1));
      const key = change.path.at(-1) ?? '';
      if (!isContainer(parent) || (Array.isArray(parent) && !isPlace(parent, key))) return { problem: `there is no ${place(change.path)}` };
      if (isEqual(valueAt(parent, [key]), change.value)) return { problem: `${dotted(change.path)} already has this value` };
      return { object: changed(object, change.path, () => change.value), exact: true };
    }
    case 'append': {
      const list = valueAt(object, change.path);
      if (!Array.isArray(list)) return { problem: `there is no list ${dotted(change.path)}` };
      return { object: changed(object, change.path, () => [...list, change.value]), exact: true };
    }
    case 'remove': {
      if (valueAt(object, change.path) === undefined) return { problem: `there is no ${dotted(change.path)}` };
      const key = String(change.path.at(-1));
      const without = (parent: unknown): unknown => {
        if (Array.isArray(parent)) return parent.filter((_, index) => String(index) !== key);
        return isContainer(parent) ? Object.fromEntries(Object.entries(parent).filter(([name]) => name !== key)) : parent;
      };
      return { object: changed(object, change.path.slice(0, -1), without), exact: true };
    }
    case 'omit':
      return { object, exact: true };
  }
}

/** A copy with another value at a path; what the path does not touch is shared. */
function changed(object: KubernetesObject, path: readonly (string | number)[], change: (value: unknown) => unknown): KubernetesObject {
  const alter = (value: unknown, [key, ...rest]: readonly (string | number)[]): unknown => {
    if (key === undefined || !isContainer(value)) return change(value);
    const copy = Array.isArray(value) ? [...value] : { ...value };
    Reflect.set(copy, key, alter(Reflect.get(value, key), rest));
    return copy;
  };
  const { apiVersion, kind } = object; // no path leads to them
  return { ...Object(alter(object, path)), apiVersion, kind };
}

/** Whether merging `change` into `base` would make a difference. Lists are compared whole. */
function changes(base: unknown, change: unknown): boolean {
  if (!isContainer(change) || Array.isArray(change)) return !isEqual(base, change);
  if (!isContainer(base) || Array.isArray(base)) return true; // an empty map is something where there was none
  return Object.entries(change).some(([key, value]) => value !== undefined && changes(valueAt(base, [key]), value));
}

/** A copy of `base` with `change` merged into it, map by map. */
function merged<T extends object>(base: T, change: object): T {
  const copy = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const below: unknown = Reflect.get(base, key);
    const both = isContainer(below) && isContainer(value) && !Array.isArray(below) && !Array.isArray(value);
    if (value !== undefined) Reflect.set(copy, key, both ? merged(below, value) : value);
  }
  return copy;
}

/** Strategic merge directives: they replace or delete what the patch does not name. */
function hasDirective(node: unknown): boolean {
  if (!isContainer(node)) return false;
  const directive = /^\$(patch|retainKeys|setElementOrder|deleteFromPrimitiveList)/;
  return Object.entries(node).some(([key, value]) => directive.test(key) || hasDirective(value));
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
