import { FieldError, withValue } from './field-path';
import { groupAndVersion, metadataText } from './identity';
import type { Resource } from './resource';
import { textOf, valueAt } from './value';

/** Puts a prefix before the names of objects; those that kustomize does not rename stay. */
export function addPrefix(resource: Resource, prefix: string): void {
  if (!isRenamed(resource)) return;
  resource.prefixes = [...resource.prefixes, prefix];
  rename(resource, prefix + nameOf(resource));
}

export function addSuffix(resource: Resource, suffix: string): void {
  if (!isRenamed(resource)) return;
  resource.suffixes = [...resource.suffixes, suffix];
  rename(resource, nameOf(resource) + suffix);
}

/** Gives an object another name; what it was called is remembered, so that references follow. Throws `FieldError`. */
export function rename(resource: Resource, name: string): void {
  const before = valueAt(resource.object, 'metadata', 'name');
  if (typeof before === 'object' && before !== null) throw new FieldError('metadata.name is no text');
  resource.remember();
  resource.object = withValue(resource.object, ['metadata', 'name'], name);
}

export function nameOf({ object }: Resource): string {
  return metadataText(valueAt(object, 'metadata'), 'name');
}

function isRenamed({ object, originalId }: Resource): boolean {
  if (originalId.kind === 'CustomResourceDefinition' || originalId.kind === 'Namespace') return false;
  return originalId.kind !== 'APIService' || groupAndVersion(textOf(object, 'apiVersion')).group !== 'apiregistration.k8s.io';
}
