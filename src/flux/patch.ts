import type { AnyComponent } from './component';
import type { KubernetesObject } from './manifest';
import { testOf } from './patch-test';

/** Every field optional, at every depth; a list is given whole. */
export type DeepPartial<T> = T extends readonly unknown[] ? T : T extends object ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> } : T;

/** The type found at a path of keys and list positions; `never` where there is no such field. */
export type At<T, Path extends readonly (string | number)[]> = Path extends readonly [
  infer Head,
  ...infer Rest extends readonly (string | number)[],
]
  ? NonNullable<T> extends readonly (infer Item)[]
    ? Head extends number
      ? At<Item, Rest>
      : never
    : Head extends keyof NonNullable<T>
      ? At<NonNullable<T>[Head], Rest>
      : never
  : T;

/** What says which object it is: a patch that changed it would make another object of it. */
type Identity = readonly [] | readonly ['apiVersion' | 'kind' | 'metadata'] | readonly ['metadata', 'name' | 'namespace'];

/** The path as written or, where it leads nowhere, a sentence that no path is assignable to. */
export type Reachable<T, Path extends readonly (string | number)[]> = [At<T, Path>] extends [never]
  ? 'this kind has no such field'
  : Path extends Identity
    ? 'a patch cannot make another object of it'
    : Path;

/** What a patch does to its object. */
export type Operation =
  | { readonly operation: 'merge'; readonly change: object }
  | { readonly operation: 'set'; readonly path: readonly (string | number)[]; readonly value: unknown }
  | { readonly operation: 'append'; readonly path: readonly (string | number)[]; readonly value: unknown }
  | { readonly operation: 'remove'; readonly path: readonly (string | number)[] }
  | { readonly operation: 'omit' };

/** The object that a patch changes. */
export interface PatchTarget {
  readonly component: AnyComponent;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** One cluster's change to one object of a component; made by the object itself, which types it. */
export class Patch {
  constructor(
    readonly target: PatchTarget,
    readonly change: Operation,
  ) {}

  /**
   * The entry of `spec.patches`.
   *
   * @param object what it changes, as it is before: a place in a list is tested first
   * @param write turns an object or a list of operations into text
   */
  toJson(
    object: KubernetesObject,
    write: (body: object) => string,
  ): {
    readonly target: { readonly kind: string; readonly name: string; readonly namespace?: string };
    readonly patch: string;
  } {
    const { kind, name, namespace } = this.target;
    const target = { kind, name: literally(name), ...(namespace !== undefined && { namespace: literally(namespace) }) };
    return { target, patch: write(this.body(object)) };
  }

  private body(object: KubernetesObject): object {
    const { change } = this;
    const tested = (path: readonly (string | number)[]) => testOf(object, path).map((test) => ({ ...test, path: pointer(test.path) }));
    switch (change.operation) {
      case 'merge':
        return { ...this.identity(), ...change.change, metadata: { ...this.identity().metadata, ...metadataOf(change.change) } };
      case 'omit':
        return { $patch: 'delete', ...this.identity() };
      case 'set':
        // `add` replaces a field that is there and makes one that is not; `replace` in a list keeps its length.
        return [
          ...tested(change.path),
          { op: typeof change.path.at(-1) === 'number' ? 'replace' : 'add', path: pointer(change.path), value: change.value },
        ];
      case 'append':
        return [...tested(change.path), { op: 'add', path: pointer([...change.path, '-']), value: change.value }];
      case 'remove':
        return [...tested(change.path), { op: 'remove', path: pointer(change.path) }];
    }
  }

  private identity() {
    const { apiVersion, kind, name, namespace } = this.target;
    return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
  }
}

function metadataOf(change: object): object {
  return 'metadata' in change && typeof change.metadata === 'object' && change.metadata !== null ? change.metadata : {};
}

/** kustomize takes what selects an object for regular expressions, anchored at both ends; names hold no other sign than the dot. */
function literally(name: string): string {
  return name.replaceAll('.', '\\.');
}

/** A JSON pointer, RFC 6901: `/` in a key is written `~1`, `~` is written `~0`. */
function pointer(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
