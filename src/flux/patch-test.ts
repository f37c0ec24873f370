import { LIST_IDENTITY } from './list-identity';
import type { KubernetesObject } from './manifest';

/** An operation of JSON patch that fails, and the build with it, where something else stands at a path. */
export interface TestOperation {
  readonly op: 'test';
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/**
 * The test that a change at `path` needs, if it picks an item of a list by its place: when the list gets an entry before it, the build
 * fails instead of changing the wrong item. The innermost item is tested; its place stands for those around it.
 */
export function testOf(object: KubernetesObject, path: readonly (string | number)[]): readonly TestOperation[] {
  const place = path.findLastIndex((key) => typeof key === 'number') + 1;
  if (place === 0) return [];
  const item = path.slice(0, place);
  for (const field of LIST_IDENTITY) {
    const value = valueAt(object, [...item, ...field.split('.')]);
    if (typeof value === 'string' || typeof value === 'number') return [{ op: 'test', path: [...item, ...field.split('.')], value }];
  }
  return [{ op: 'test', path: item, value: valueAt(object, item) }];
}

function valueAt(node: unknown, path: readonly (string | number)[]): unknown {
  let found = node;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = Reflect.get(found, key);
  }
  return found;
}
