import type { Origin } from './build';
import { FieldError } from './field-path';
import { type Identity, identityOf, keyOf } from './identity';
import { isList, isMapping, itemText, type Mapping, textOf, valueAt } from './value';

/** What a generator does where its object is there already. */
export type Behavior = 'create' | 'merge' | 'replace';

/** What an object was called before: kustomize finds it by each of its names. */
interface FormerName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** One object on its way through a build. */
export class Resource {
  /** Names it had, the oldest first. */
  former: readonly FormerName[] = [];
  prefixes: readonly string[] = [];
  suffixes: readonly string[] = [];
  /** Whether its name gets a hash of its content. */
  hashed = false;
  behavior: Behavior = 'create';
  private current: { readonly object: Mapping; readonly id: Identity; readonly key: string } | undefined;

  constructor(
    /** Never changed in place. */
    public object: Mapping,
    public origin: Origin,
  ) {}

  get id(): Identity {
    return this.now.id;
  }

  /** The same for the same identity. */
  get key(): string {
    return this.now.key;
  }

  private get now(): { readonly id: Identity; readonly key: string } {
    if (this.current?.object !== this.object) {
      const id = identityOf(this.object);
      this.current = { object: this.object, id, key: keyOf(id) };
    }
    return this.current;
  }

  /** Its identities before, the oldest first. Group and version are those of now. */
  get formerIds(): readonly Identity[] {
    const { group, version } = this.id;
    return this.former.map(({ kind, namespace, name }) => ({ group, version, kind, namespace, name }));
  }

  get originalId(): Identity {
    return this.formerIds[0] ?? this.id;
  }

  /** Notes what it is called now, before that changes. */
  remember(): void {
    const { kind, namespace, name } = this.id;
    this.former = [...this.former, { kind, namespace, name }];
  }

  get labels(): ReadonlyMap<string, string> {
    return textsOf(valueAt(this.object, 'metadata', 'labels'));
  }

  get annotations(): ReadonlyMap<string, string> {
    return textsOf(valueAt(this.object, 'metadata', 'annotations'));
  }
}

/**
 * The fields of a mapping as text. Of a list, kustomize takes every other item for the key of the next.
 *
 * @throws FieldError where that does not come out even: kustomize panics
 */
export function textsOf(node: unknown): ReadonlyMap<string, string> {
  if (isList(node) && node.length % 2 === 1) throw new FieldError('labels or annotations are a list');
  if (isList(node)) return new Map(node.flatMap((_, at) => (at % 2 === 0 ? [[itemText(node, at), itemText(node, at + 1)] as const] : [])));
  return new Map(isMapping(node) ? Object.keys(node).map((key) => [key, textOf(node, key)]) : []);
}
