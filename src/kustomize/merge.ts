import { takeDirective, takeListDirective } from './merge-directive';
import { MergeError } from './merge-error';
import { mergeItems } from './merge-items';
import { type MergeNode, nodeOfField, nodeOfItems, nodeOfKind } from './merge-table';
import { deepCopy, fieldOf, isDraft, isMapping, isSame, type Mapping, overwriteShare, put, putFrom, spellingOf, textOf } from './value';

/** What a strategic merge made. */
export interface Merged {
  /** Undefined where the patch deleted it. */
  readonly object: Mapping | undefined;
  /** Dotted paths of lists that were replaced whole by another, for want of a key to match their items by. Only of custom kinds. */
  readonly replacedLists: readonly string[];
}

type Shape = 'map' | 'list' | 'scalar';

/**
 * Merges a patch into an object as kustomize does: map by map, null deletes, lists by the keys of Kubernetes 1.21, new items first. Of
 * kinds that it does not know, lists are replaced. Neither argument is changed.
 *
 * The order of the steps and what is changed in place follow kyaml's: who patches a list item with `$patch: replace`, or one without its
 * key, gets from kustomize what nobody would expect, and has to get the same here.
 *
 * @throws MergeError
 */
export function mergePatch(object: Mapping, patch: Mapping): Merged {
  const draft = deepCopy(object);
  const merger = new Merger(draft, nodeOfKind(textOf(object, 'apiVersion'), textOf(object, 'kind')) === undefined);
  const merged = merger.walk(draft, deepCopy(patch), undefined, [], false);
  return { object: isMapping(merged) ? merged : undefined, replacedLists: merger.replacedLists };
}

class Merger {
  readonly replacedLists: string[] = [];

  constructor(
    private readonly root: unknown,
    private readonly custom: boolean,
  ) {}

  /**
   * @param blank whether the object has nothing where null could stand, as in `key:`; kustomize keeps a null that was written, not this one
   * @returns undefined where the field goes; null only where it stays
   */
  walk(dest: unknown, origin: unknown, known: MergeNode | undefined, path: readonly string[], blank: boolean): unknown {
    const node = known ?? embedded(dest) ?? embedded(origin);
    const shape = shapeOf(dest) ?? shapeOf(origin);
    for (const value of [dest, origin]) {
      if (shape !== undefined && shapeOf(value) !== undefined && shapeOf(value) !== shape) {
        throw new MergeError(`${path.join('.') || 'the object'} is a ${shapeOf(dest)} in the object and a ${shapeOf(origin)} in the patch`);
      }
    }
    if (shape === 'scalar') return origin === undefined ? dest : (origin ?? undefined);
    if (shape === 'list') return this.list(dest, origin, node, path);
    return this.map(dest, origin, node, path, blank);
  }

  private map(dest: unknown, origin: unknown, node: MergeNode | undefined, path: readonly string[], blank: boolean): unknown {
    let target: unknown;
    if (dest === undefined || dest === null) {
      if (takeDirective(origin, true) === 'delete') return undefined;
      if (origin === undefined && dest === null && !blank) return null;
      target = origin;
    } else {
      if (origin === null) return undefined;
      const directive = takeDirective(origin, false);
      if (directive === 'delete') return undefined;
      target = directive === 'replace' ? origin : dest;
    }
    if (!isDraft(target)) return undefined;
    const from = isMapping(origin) ? origin : {};
    const keys = [...new Set([...Object.keys(target), ...Object.keys(from)])].sort();
    for (const key of keys) {
      const before = fieldOf(target, key);
      const value = this.walk(before, fieldOf(from, key), nodeOfField(node, key), [...path, key], spellingOf(target, key) === '');
      if (value === undefined) delete target[key];
      else if (Object.hasOwn(from, key) && value === from[key]) {
        putFrom(target, key, from);
        overwriteShare(this.root, target, key);
      } else if (value !== before) put(target, key, value);
    }
    return target;
  }

  private list(dest: unknown, origin: unknown, node: MergeNode | undefined, path: readonly string[]): unknown {
    const keys = node?.merge;
    if (keys === undefined) {
      if (this.custom && Array.isArray(dest) && Array.isArray(origin) && !isSame(dest, origin)) this.replacedLists.push(path.join('.'));
      return origin === undefined ? dest : (origin ?? undefined);
    }
    let target: unknown;
    if (dest === undefined || dest === null) target = origin;
    else {
      if (origin === null) return undefined;
      const directive = Array.isArray(origin) ? takeListDirective(origin) : 'merge';
      if (directive === 'delete') return undefined;
      target = directive === 'replace' ? origin : dest;
    }
    if (!Array.isArray(target)) return undefined;
    const items = nodeOfItems(node);
    return mergeItems(target, Array.isArray(origin) ? origin : undefined, keys, (one, other) =>
      this.walk(one, other, items, [...path, '[]'], false),
    );
  }
}

/** An object within an object is merged as what it says it is. */
function embedded(value: unknown): MergeNode | undefined {
  if (!isMapping(value)) return undefined;
  const [apiVersion, kind] = [textOf(value, 'apiVersion'), textOf(value, 'kind')];
  return apiVersion === '' || kind === '' ? undefined : nodeOfKind(apiVersion, kind);
}

function shapeOf(value: unknown): Shape | undefined {
  if (value === undefined || value === null) return undefined;
  return Array.isArray(value) ? 'list' : typeof value === 'object' ? 'map' : 'scalar';
}
