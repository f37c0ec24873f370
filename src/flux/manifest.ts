import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type AnyComponent, componentOf } from './component';
import type { Health } from './health';
import { checkId, checkObjectName } from './names';
import { type At, type DeepPartial, Patch, type Reachable } from './patch';

/** The metadata an author may state; the block fills in the rest. */
export interface Metadata {
  /** @default the construct's id */
  readonly name?: string;
  /** @default the component's namespace; none for cluster-scoped kinds */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What every emitted object has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
}

/** An object as its author writes it: without apiVersion and kind, which the block knows, and with the metadata that matters. */
export type Body<T> = Omit<T, 'apiVersion' | 'kind' | 'metadata'> & { readonly metadata?: Metadata };

/** What a block knows of its kind. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** When Flux may call such an object ready. @default when the API server has stored it (kinds Flux knows have rules of their own) */
  readonly health?: Health;
}

/**
 * One object, one file. A cdk8s ApiObject that keeps its fields in the order in which they were written, as a person would
 * write them; cdk8s's own `toJson` sorts them and drops what it does not understand.
 *
 * @typeParam T the whole object, as generated from its CRD
 */
export class Manifest<T extends KubernetesObject = KubernetesObject> extends ApiObject {
  /** ApiObject calls everything an instance that looks like one; a Manifest is one only by class. */
  static override [Symbol.hasInstance](value: unknown): value is Manifest {
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  readonly component: AnyComponent;
  readonly health: Health | undefined;
  readonly namespace: string | undefined;
  private readonly fields: object;

  constructor(scope: Construct, id: string, kind: Kind, body: Body<T>) {
    const component = componentOf(scope);
    const { metadata = {}, ...rest } = body;
    const namespace = kind.scope === 'Namespaced' ? (metadata.namespace ?? component.namespace) : undefined;
    const named = {
      name: metadata.name ?? id,
      ...(namespace !== undefined && { namespace }),
      ...(metadata.labels && { labels: metadata.labels }),
      ...(metadata.annotations && { annotations: metadata.annotations }),
    };
    checkId(scope, id, component.sourceFile);
    checkObjectName(named.name, kind.apiVersion, kind.kind, component.sourceFile);
    super(scope, id, { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name: named.name } });
    this.component = component;
    this.health = kind.health;
    this.namespace = namespace;
    this.fields = { apiVersion: kind.apiVersion, kind: kind.kind, metadata: named, ...rest };
  }

  /** The object, fields in the author's order. */
  override toJson(): object {
    return this.fields;
  }

  /** Sets one field in one cluster. A list is replaced whole; a number in the path is a place in a list. */
  set<const P extends readonly (string | number)[]>(path: P & Reachable<T, P>, value: NonNullable<At<T, P>>): Patch {
    return new Patch(this, { operation: 'set', path, value });
  }

  /** Adds an item to the end of a list in one cluster. */
  append<const P extends readonly (string | number)[]>(path: P & Reachable<T, P>, item: ItemOf<At<T, P>>): Patch {
    return new Patch(this, { operation: 'append', path, value: item });
  }

  /** Removes one field in one cluster. It must be there. */
  remove<const P extends readonly (string | number)[]>(path: P & Reachable<T, P>): Patch {
    return new Patch(this, { operation: 'remove', path });
  }

  /** Leaves the whole object out in one cluster. */
  omit(): Patch {
    return new Patch(this, { operation: 'omit' });
  }

  /** A change merged into the object as kustomize merges: maps key by key, lists of custom resources replaced whole. */
  protected merge(change: object): Patch {
    return new Patch(this, { operation: 'merge', change });
  }
}

type ItemOf<T> = NonNullable<T> extends readonly (infer Item)[] ? Item : never;

/** What may be changed by merge: everything but the object's identity. */
export type Change<T> = DeepPartial<Omit<T, 'apiVersion' | 'kind' | 'metadata'>> & {
  readonly metadata?: Pick<Metadata, 'labels' | 'annotations'>;
};

/** A block for a kind that brings no invariants of ours: typed by its CRD, and nothing more. */
export interface PlainBlock<T extends KubernetesObject> {
  new (scope: Construct, id: string, body: Body<T>): Manifest<T> & { patch(change: Change<T>): Patch };
}

/**
 * Makes the block of one kind: `class Issuer extends kind<CertManagerIssuer>('cert-manager.io/v1', 'Issuer') {}`. The compiler
 * holds the two words against the generated type.
 */
export function kind<T extends KubernetesObject>(
  apiVersion: T['apiVersion'],
  name: T['kind'],
  facts: { readonly scope?: Kind['scope']; readonly health?: Health } = {},
): PlainBlock<T> {
  const known: Kind = { apiVersion, kind: name, scope: facts.scope ?? 'Namespaced', health: facts.health };
  return class extends Manifest<T> {
    constructor(scope: Construct, id: string, body: Body<T>) {
      super(scope, id, known, body);
    }

    /** Merges a change into this object in one cluster. */
    patch(change: Change<T>): Patch {
      return this.merge(change);
    }
  };
}
