import type { ConstraintTemplate as ConstraintTemplateObject } from '../../imports/templates.gatekeeper.sh';
import { type AnyComponent, type Change, type KubernetesObject, kind, Manifest, type Metadata, type Patch } from '../flux';

/** The part of OpenAPI that parameters are written in: every level states its type, as a structural schema must. */
export type Schema = TextSchema | ListSchema | MapSchema;

interface TextSchema {
  readonly type: 'string';
  readonly description?: string;
  /** The words it may be. @default any text */
  readonly enum?: readonly string[];
}

interface ListSchema {
  readonly type: 'array';
  readonly description?: string;
  readonly items: Schema;
}

interface MapSchema {
  readonly type: 'object';
  readonly description?: string;
  readonly properties: { readonly [name: string]: Schema };
  /** Properties that must be given. @default none */
  readonly required?: readonly string[];
}

/** What a constraint of a template may say: the TypeScript of the template's own schema, so the two cannot differ. */
export type Parameters<S> = S extends { readonly type: 'object'; readonly properties: infer Properties }
  ? { readonly [Name in keyof Properties & RequiredBy<S>]: Parameters<Properties[Name]> } & {
      readonly [Name in Exclude<keyof Properties, RequiredBy<S>>]?: Parameters<Properties[Name]>;
    }
  : S extends { readonly type: 'array'; readonly items: infer Item }
    ? readonly Parameters<Item>[]
    : S extends { readonly enum: readonly (infer Word)[] }
      ? Word
      : S extends { readonly type: 'string' }
        ? string
        : never;

type RequiredBy<S> = S extends { readonly required: readonly (infer Name)[] } ? Name : never;

/** templates.gatekeeper.sh/v1 ConstraintTemplate: brings the kind of its constraints once Gatekeeper has compiled it. */
class TemplateManifest extends kind<ConstraintTemplateObject>('templates.gatekeeper.sh/v1', 'ConstraintTemplate', {
  scope: 'Cluster',
  health: {
    current: 'has(status.created) && status.created',
    failed: 'has(status.byPod) && status.byPod.exists(p, has(p.errors) && size(p.errors) > 0)',
  },
}) {}

export interface ConstraintTemplateProps<Kind extends string, S extends MapSchema | undefined> {
  /** Kind of its constraints, CamelCase. */
  readonly kind: Kind;
  /** Schema of a constraint's `spec.parameters`. @default its constraints take none */
  readonly parameters?: S;
  /** A package with a `violation` rule that gives `msg`, Rego v1. Every pod of Gatekeeper compiles it. */
  readonly rego: string;
  /** Packages below `lib` that `rego` imports, one text each. @default none */
  readonly libs?: readonly string[];
}

/**
 * templates.gatekeeper.sh/v1 ConstraintTemplate: a rule, and the kind of the constraints that apply it. Gatekeeper makes
 * that kind in the cluster, so it lives in a component of its own, before the constraints.
 *
 * @typeParam Kind the constraints' kind
 * @typeParam S the schema of their parameters, as written
 */
export class ConstraintTemplate<const Kind extends string, const S extends MapSchema | undefined = undefined> extends TemplateManifest {
  /** Lets `Constraint` read `S`; it has no value. */
  declare readonly _parameters: S;
  readonly constraintKind: Kind;

  /** @param id also the template's name, which Gatekeeper wants to be the kind in lower case */
  constructor(scope: AnyComponent, id: Lowercase<Kind>, props: ConstraintTemplateProps<Kind, S>) {
    super(scope, id, {
      spec: {
        crd: {
          spec: {
            names: { kind: props.kind },
            ...(props.parameters && { validation: { openAPIV3Schema: { ...props.parameters } } }),
          },
        },
        targets: [
          {
            target: 'admission.k8s.gatekeeper.sh',
            code: [{ engine: 'Rego', source: { version: 'v1', rego: props.rego, ...(props.libs && { libs: props.libs }) } }],
          },
        ],
      },
    });
    this.constraintKind = props.kind;
  }
}

/** Which objects a constraint is about; everything stated must hold. Gatekeeper evaluates it, not the API server. */
export interface ConstraintMatch {
  /** Required: without it every object of the cluster is meant. `''` is the core group. */
  readonly kinds: readonly { readonly apiGroups: readonly string[]; readonly kinds: readonly string[] }[];
  /** @default '*' */
  readonly scope?: 'Cluster' | 'Namespaced' | '*';
  /** A `*` at either end matches any text. @default all */
  readonly namespaces?: readonly string[];
  /** As `namespaces`; of Namespace objects their own name counts. @default none */
  readonly excludedNamespaces?: readonly string[];
  readonly labelSelector?: LabelSelector;
  /** Tests the labels of the object's namespace. */
  readonly namespaceSelector?: LabelSelector;
  readonly name?: string;
  /** Whether objects that ExpansionTemplates derive count. @default 'All' */
  readonly source?: 'Original' | 'Generated' | 'All';
}

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

export interface ConstraintSpec {
  /** What follows a violation. Required, as Gatekeeper's default is `deny`. */
  readonly enforcementAction: 'deny' | 'warn' | 'dryrun';
  readonly match: ConstraintMatch;
}

/** Parameters exactly where the template has a schema for them. */
type WithParameters<S> = S extends MapSchema ? { readonly parameters: Parameters<S> } : { readonly parameters?: never };

export interface ConstraintObject<S> extends KubernetesObject {
  readonly spec: ConstraintSpec & WithParameters<S>;
}

/** The template that a constraint applies; its kind and the schema of its parameters. */
type TemplateOf<S extends MapSchema | undefined> = Pick<ConstraintTemplate<string, S>, 'constraintKind' | '_parameters'>;

export interface ConstraintProps<S extends MapSchema | undefined> {
  readonly template: TemplateOf<S>;
  readonly metadata?: Metadata;
  readonly spec: ConstraintObject<S>['spec'];
}

/**
 * constraints.gatekeeper.sh/v1beta1, a rule applied to objects. It has no Ready condition: Flux calls it ready when it is
 * stored, and where its template is not compiled yet the apply is refused and tried again.
 *
 * @typeParam S the schema of the parameters, inferred from the template: a misspelt parameter does not compile
 */
export class Constraint<S extends MapSchema | undefined> extends Manifest<ConstraintObject<S>> {
  constructor(scope: AnyComponent, id: string, { template, metadata = {}, spec }: ConstraintProps<S>) {
    super(
      scope,
      id,
      { apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind: template.constraintKind, scope: 'Cluster' },
      { metadata, spec },
    );
  }

  /** Merges a change into it in one cluster. */
  patch(change: Change<ConstraintObject<S>>): Patch {
    return this.merge(change);
  }
}
