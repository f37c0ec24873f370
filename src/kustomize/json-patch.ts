import { fieldOf, isDraft, isList, isMapping, isSame, type Mapping, put } from './value';

/** One operation of RFC 6902, as read: nothing of it is checked before it is applied. */
export type JsonOperation = Mapping;

/** What a list of operations made. */
export interface JsonPatched {
  readonly object: Mapping;
  /** Pointers of `replace` operations that added a field. */
  readonly addedByReplace: readonly string[];
}

/** Why a list of operations cannot be applied. */
export class JsonPatchError extends Error {
  override readonly name = 'JsonPatchError';
}

/** A map or list that a pointer leads into, and the last part of the pointer. */
interface Place {
  readonly parent: Record<string, unknown> | unknown[];
  readonly key: string;
}

/**
 * Applies operations as the library that kustomize uses (evanphx/json-patch 4) does: `replace` adds what is not there, indexes may be
 * negative, `copy` of nothing gives null, what stands before the first `/` of a pointer is ignored.
 *
 * @throws JsonPatchError
 */
export function applyJsonPatch(object: Mapping, operations: readonly JsonOperation[]): JsonPatched {
  const addedByReplace: string[] = [];
  let root: unknown = plainCopy(object);
  for (const operation of operations) {
    const kind = fieldOf(operation, 'op');
    switch (kind) {
      case 'add':
        add(placeOf(root, operation, 'path'), given(operation));
        break;
      case 'remove':
        remove(placeOf(root, operation, 'path'));
        break;
      case 'replace': {
        if (pointerOf(operation, 'path') === '') {
          root = given(operation);
          break;
        }
        const place = placeOf(root, operation, 'path');
        if (!Array.isArray(place.parent) && !Object.hasOwn(place.parent, place.key)) addedByReplace.push(pointerOf(operation, 'path'));
        replace(place, given(operation));
        break;
      }
      case 'move': {
        const from = placeOf(root, operation, 'from');
        const value = read(from);
        remove(from);
        add(placeOf(root, operation, 'path'), value);
        break;
      }
      case 'copy': {
        const value = plainCopy(read(placeOf(root, operation, 'from')));
        add(placeOf(root, operation, 'path'), value);
        break;
      }
      case 'test':
        test(root, operation);
        break;
      default:
        throw new JsonPatchError(`op is ${JSON.stringify(kind) ?? 'missing'}: one of add, remove, replace, move, copy, test`);
    }
  }
  if (!isMapping(root)) throw new JsonPatchError('it leaves no object');
  return { object: root, addedByReplace };
}

function test(root: unknown, operation: JsonOperation): void {
  const pointer = pointerOf(operation, 'path');
  const found = pointer === '' ? root : read(placeOf(root, operation, 'path'));
  const wanted = fieldOf(operation, 'value');
  const equal =
    found === null || found === undefined ? wanted === null || wanted === undefined : isSame(found, wanted) && !hasNullItem(found);
  if (!equal) throw new JsonPatchError(`the test of ${pointer || 'the object'} fails: there is something else`);
}

/** The library cannot compare lists that hold null: it panics, and the build fails. */
function hasNullItem(node: unknown): boolean {
  if (isList(node)) return node.some((item) => item === null || hasNullItem(item));
  return isMapping(node) && Object.values(node).some(hasNullItem);
}

function add({ parent, key }: Place, value: unknown): void {
  if (!Array.isArray(parent)) put(parent, key, value);
  else if (key === '-') parent.push(value);
  else parent.splice(indexIn(parent.length + 1, key), 0, value);
}

function remove({ parent, key }: Place): void {
  if (Array.isArray(parent)) parent.splice(indexIn(parent.length, key), 1);
  else if (Object.hasOwn(parent, key)) delete parent[key];
  else throw new JsonPatchError(`there is no ${JSON.stringify(key)} to remove`);
}

function replace({ parent, key }: Place, value: unknown): void {
  if (Array.isArray(parent)) parent[indexIn(parent.length, key)] = value;
  else put(parent, key, value);
}

function read({ parent, key }: Place): unknown {
  return Array.isArray(parent) ? parent[indexIn(parent.length, key)] : (fieldOf(parent, key) ?? null);
}

function given(operation: JsonOperation): unknown {
  return plainCopy(fieldOf(operation, 'value') ?? null);
}

function pointerOf(operation: JsonOperation, key: 'path' | 'from'): string {
  const pointer = fieldOf(operation, key);
  if (typeof pointer !== 'string') throw new JsonPatchError(`${key} of an operation is missing`);
  return pointer;
}

function placeOf(root: unknown, operation: JsonOperation, which: 'path' | 'from'): Place {
  const pointer = pointerOf(operation, which);
  const [, ...keys] = pointer.split('/').map((key) => key.replaceAll(/~[01]/g, (code) => (code === '~1' ? '/' : '~')));
  const last = keys.pop();
  let parent = root;
  for (const key of keys) parent = isList(parent) ? parent[indexOrNone(parent.length, key) ?? -1] : fieldOf(parent, key);
  if (last === undefined || !(isDraft(parent) || Array.isArray(parent))) throw new JsonPatchError(`there is no place for ${pointer}`);
  return { parent, key: last };
}

function indexIn(length: number, key: string): number {
  const index = indexOrNone(length, key);
  if (index === undefined) throw new JsonPatchError(`${JSON.stringify(key)} is no index of a list of ${length}`);
  return index;
}

/** Negative indexes count from the end. */
function indexOrNone(length: number, key: string): number | undefined {
  if (!/^[-+]?[0-9]{1,9}$/.test(key)) return undefined;
  const index = Number(key) < 0 ? Number(key) + length : Number(key);
  return index >= 0 && index < length ? index : undefined;
}

/** A copy that may be changed. JSON knows no spellings. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy);
  if (!isMapping(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) if (value[key] !== undefined) put(copy, key, plainCopy(value[key]));
  return copy;
}
