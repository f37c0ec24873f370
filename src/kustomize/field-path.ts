import { groupAndVersion, type Identity, isSelected, type KindSelector } from './identity';
import { copyOf, isList, isMapping, type Mapping, put, textOf } from './value';

/** Fields of some kinds that a transformer sets. Data of kustomize's own defaults, or of `labels[].fields`. */
export interface FieldSpec extends KindSelector {
  /** `spec/template/metadata/labels`; lists on the way are gone through item by item, `[]` says that there has to be one. */
  readonly path: string;
  /** Whether what is missing on the way is made. */
  readonly create?: boolean;
}

/** Why a field cannot be set. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
}

/** What a transformer does with a field that was found. */
export interface Setting {
  readonly set: (value: unknown) => unknown;
  /** What is made where the last field of the path is missing; never made where this is absent. */
  readonly made?: 'map' | 'scalar';
}

/**
 * Sets the fields of an object that a path leads to. The object is not changed.
 *
 * @returns the same object where nothing came out different
 * @throws FieldError where a scalar is in the way
 */
export function setFields(object: Mapping, spec: FieldSpec, setting: Setting): Mapping {
  if (!isSelected(kindOf(object), spec)) return object;
  const changed = step(object, pathOf(spec.path), spec.create === true, setting);
  return isMapping(changed) ? changed : object;
}

function step(node: unknown, path: readonly string[], create: boolean, setting: Setting): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return setting.set(node);
  if (node === null || node === undefined) return node;
  if (isList(node)) {
    const items = node.map((item) => step(item, path, create, setting));
    return items.some((item, index) => item !== node[index]) ? items : node;
  }
  if (!isMapping(node)) throw new FieldError(`a scalar stands where ${head} is looked for`);
  const key = head.endsWith('[]') ? head.slice(0, -2) : head;
  const there = Object.hasOwn(node, key);
  const makes = create && setting.made !== undefined && key === head;
  if (!there && !makes) return node;
  let value = there ? node[key] : null;
  if (value === null) {
    if (key !== head) value = [];
    else if (makes) value = rest.length > 0 || setting.made === 'map' ? {} : '';
  }
  const changed = step(value, rest, create, setting);
  return changed === node[key] && there ? node : withField(node, key, changed);
}

/** A copy with another value for a field. */
export function withField(node: Mapping, key: string, value: unknown): Mapping {
  const copy = copyOf(node);
  put(copy, key, value);
  return copy;
}

/** A copy with another value at a path of keys; maps on the way are made. */
export function withValue(node: Mapping, path: readonly string[], value: unknown): Mapping {
  const [head, ...rest] = path;
  if (head === undefined) return node;
  const below = Object.hasOwn(node, head) ? node[head] : undefined;
  return withField(node, head, rest.length === 0 ? value : withValue(isMapping(below) ? below : {}, rest, value));
}

/** A copy without a field. */
export function withoutField(node: Mapping, key: string): Mapping {
  if (!Object.hasOwn(node, key)) return node;
  const copy = copyOf(node);
  delete copy[key];
  return copy;
}

/** Splits at slashes; `\/` is a slash within a key. */
function pathOf(path: string): readonly string[] {
  const parts = path.replace(/^\//, '').split('/');
  const keys: string[] = [];
  for (const part of parts) {
    const last = keys.at(-1);
    if (last?.endsWith('\\')) keys[keys.length - 1] = `${last.slice(0, -1)}/${part}`;
    else keys.push(part);
  }
  return keys;
}

function kindOf(object: Mapping): Identity {
  return { ...groupAndVersion(textOf(object, 'apiVersion')), kind: textOf(object, 'kind'), name: '', namespace: '' };
}
