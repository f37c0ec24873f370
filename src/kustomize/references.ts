import { FieldError, setFields, withField } from './field-path';
import { type Identity, isSelected, NO_NAMESPACE } from './identity';
import { nameOf } from './names';
import { REFERENCE_FIELDS, type ReferenceField } from './reference-fields';
import type { Resource } from './resource';
import { fieldOf, isList, isMapping, type Mapping, scalarText, textOf, valueAt } from './value';

/** Why a reference cannot be followed. */
export class BrokenReference extends Error {
  override readonly name = 'BrokenReference';

  constructor(
    readonly referrer: Resource,
    message: string,
  ) {
    super(message);
  }
}

let byKind: ReadonlyMap<string, readonly ReferenceField[]> | undefined;

function fieldsOf(id: Identity): readonly ReferenceField[] {
  if (!byKind) {
    const sorted = new Map<string, ReferenceField[]>();
    for (const field of REFERENCE_FIELDS) {
      const { kind = '' } = field.referrer;
      sorted.set(kind, [...(sorted.get(kind) ?? []), field]);
    }
    byKind = sorted;
  }
  return (byKind.get(id.kind) ?? []).filter(({ referrer }) => isSelected(id, referrer));
}

/**
 * Lets references follow objects that got another name or namespace.
 *
 * @throws BrokenReference where kustomize could not choose, or a field has another shape
 */
export function followReferences(resources: readonly Resource[]): void {
  const index = new Renamed(resources);
  for (const referrer of resources) {
    const fields = fieldsOf(referrer.originalId);
    if (fields.length === 0) continue;
    const reader = new Referrer(referrer, index);
    try {
      for (const field of fields) {
        referrer.object = setFields(referrer.object, { path: field.path }, { set: (value) => reader.value(value, field) });
      }
    } catch (error) {
      if (error instanceof FieldError) throw new BrokenReference(referrer, error.message);
      throw error;
    }
  }
}

/** The objects that were called something else, by what they were called. */
class Renamed {
  private readonly byName = new Map<string, Resource[]>();
  private readonly byOriginalNamespace = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[]) {
    for (const resource of resources) {
      for (const name of new Set(resource.former.map((former) => former.name))) {
        this.byName.set(name, [...(this.byName.get(name) ?? []), resource]);
      }
      const { namespace } = resource.originalId;
      const inside = this.byOriginalNamespace.get(namespace);
      if (inside) inside.push(resource);
      else this.byOriginalNamespace.set(namespace, [resource]);
    }
  }

  once(name: string): readonly Resource[] {
    return this.byName.get(name) ?? [];
  }

  /** Whether something that passes began in a namespace. */
  began(namespace: string, passes: (resource: Resource) => boolean): boolean {
    return this.byOriginalNamespace.get(namespace)?.some(passes) ?? false;
  }
}

/** One object whose references are followed. */
class Referrer {
  private readonly isClusterScoped: boolean;
  /** Namespaces of the service accounts that a RoleBinding names. */
  private readonly subjectNamespaces: ReadonlySet<string>;

  constructor(
    private readonly resource: Resource,
    private readonly renamed: Renamed,
  ) {
    this.isClusterScoped = resource.id.namespace === NO_NAMESPACE;
    this.subjectNamespaces = this.isClusterScoped ? new Set() : this.namespacesOfSubjects();
  }

  value(value: unknown, field: ReferenceField): unknown {
    if (value === null || value === undefined) return value;
    if (isMapping(value)) return this.mapping(value, field);
    if (!isList(value)) return this.scalar(value, field);
    const items = value.map((item) => {
      if (item === null) return item;
      if (isList(item)) throw this.error(`${field.path} holds a list within a list`);
      return isMapping(item) ? this.mapping(item, field) : this.scalar(item, field);
    });
    return items.some((item, at) => item !== value[at]) ? items : value;
  }

  private scalar(value: unknown, field: ReferenceField): unknown {
    const name = scalarText(value);
    const found = this.choose(name, field, () => true, false);
    return found === undefined || nameOf(found) === name ? value : nameOf(found);
  }

  private mapping(node: Mapping, field: ReferenceField): Mapping {
    if (fieldOf(node, 'name') === undefined) throw this.error(`${field.path} names nothing: name is missing`);
    const name = textOf(node, 'name');
    const stated = fieldOf(node, 'namespace') === undefined ? undefined : textOf(node, 'namespace');
    const found = this.choose(name, field, this.inNamespace(stated), true);
    if (found === undefined) return node;
    const namespace = rawNamespace(found);
    if (nameOf(found) === name && namespace === '') return node;
    const named = withField(node, 'name', nameOf(found));
    return namespace === '' ? named : withField(named, 'namespace', namespace);
  }

  /** What began in the namespace that is named; where nothing did, what is there now. */
  private inNamespace(stated: string | undefined): (candidate: Resource) => boolean {
    if (stated === undefined) return () => true;
    if (stated === NO_NAMESPACE) return () => false;
    const began = this.renamed.began(stated, (candidate) => this.mayRefer(candidate));
    return (candidate) => (began ? candidate.originalId : candidate.id).namespace === stated;
  }

  private choose(
    name: string,
    field: ReferenceField,
    passes: (candidate: Resource) => boolean,
    withNamespace: boolean,
  ): Resource | undefined {
    const role = field.path.endsWith('roleRef/name') ? this.roleKind() : undefined;
    let candidates = this.renamed.once(name).filter((candidate) => {
      if (!this.mayRefer(candidate) || !passes(candidate) || !this.shares(candidate)) return false;
      const was = candidate.formerIds;
      return was.some((id) => isSelected(id, field.target)) && (role === undefined || was.some((id) => isSelected(id, role)));
    });
    if (candidates.length > 1) candidates = candidates.filter((candidate) => this.wentTogether(candidate, true));
    else if (candidates.length === 1) return candidates[0];
    if (candidates.length > 1) candidates = candidates.filter((candidate) => this.wentTogether(candidate, false));
    const [first, ...others] = candidates;
    if (first === undefined) return undefined;
    const same = (other: Resource): boolean =>
      nameOf(other) === nameOf(first) && (!withNamespace || rawNamespace(other) === rawNamespace(first));
    if (!others.every(same)) throw this.error(`${field.path} could mean several objects that were called ${name}`);
    return first;
  }

  private mayRefer(candidate: Resource): boolean {
    if (this.isClusterScoped || candidate.id.namespace === NO_NAMESPACE) return true;
    return candidate.id.namespace === this.resource.id.namespace || this.subjectNamespaces.has(rawNamespace(candidate));
  }

  private shares(candidate: Resource): boolean {
    if (this.isClusterScoped || candidate.id.namespace === NO_NAMESPACE || candidate.id.kind === 'ServiceAccount') return true;
    return candidate.id.namespace === this.resource.id.namespace;
  }

  /** Whether both got their prefixes and suffixes from the same kustomization files. */
  private wentTogether(candidate: Resource, allowNone: boolean): boolean {
    const agree = (one: readonly string[], other: readonly string[]): boolean =>
      (allowNone && (one.length === 0 || other.length === 0)) || sameEnding(one, other);
    return agree(candidate.prefixes, this.resource.prefixes) && agree(candidate.suffixes, this.resource.suffixes);
  }

  private roleKind(): { readonly group: string; readonly kind: string } | undefined {
    const role = fieldOf(this.resource.object, 'roleRef');
    if (fieldOf(role, 'apiGroup') === undefined || fieldOf(role, 'kind') === undefined) return undefined;
    return { group: textOf(role, 'apiGroup'), kind: textOf(role, 'kind') };
  }

  private namespacesOfSubjects(): ReadonlySet<string> {
    const subjects = fieldOf(this.resource.object, 'subjects');
    const namespaces = new Set<string>();
    if (this.resource.id.kind !== 'RoleBinding' || !isList(subjects)) return namespaces;
    for (const subject of subjects) {
      if (!isMapping(subject)) throw this.error('an item of subjects is no mapping');
      const namespace = fieldOf(subject, 'namespace');
      if (namespace === undefined || fieldOf(subject, 'kind') !== 'ServiceAccount') continue;
      if (typeof namespace !== 'string') throw this.error('the namespace of a subject is no text');
      namespaces.add(namespace);
    }
    return namespaces;
  }

  private error(what: string): BrokenReference {
    return new BrokenReference(this.resource, what);
  }
}

function rawNamespace({ object }: Resource): string {
  const metadata = valueAt(object, 'metadata');
  return fieldOf(metadata, 'namespace') === null ? '' : textOf(metadata, 'namespace');
}

function sameEnding(one: readonly string[], other: readonly string[]): boolean {
  const length = Math.min(one.length, other.length);
  if (length === 0) return one.length === other.length;
  return one.slice(-length).every((each, at) => each === other.slice(-length)[at]);
}
