import { mergeTable } from './merge-table';
import { type Mapping, textOf, valueAt } from './value';

/** What names an object. Namespace and scope are what kustomize takes them for, with the kinds that it knows. */
export interface Identity {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  /** `default` where none is stated, `NO_NAMESPACE` for cluster-scoped kinds that kustomize knows. */
  readonly namespace: string;
}

/** A group, version and kind to select by; what is empty or absent selects everything. */
export interface KindSelector {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
}

/** What kustomize takes for the namespace of objects that can have none. */
export const NO_NAMESPACE = '_non_namespaceable_';

let clusterScoped: ReadonlySet<string> | undefined;

/** Whether kustomize knows that objects of a kind have no namespace. It knows none of the kinds of CRDs. */
export function isClusterScoped(apiVersion: string, kind: string): boolean {
  clusterScoped ??= new Set(mergeTable().clusterScoped);
  return clusterScoped.has(`${apiVersion} ${kind}`);
}

export function identityOf(object: Mapping): Identity {
  const apiVersion = textOf(object, 'apiVersion');
  const kind = textOf(object, 'kind');
  const metadata = valueAt(object, 'metadata');
  const stated = metadataText(metadata, 'namespace');
  const namespace = isClusterScoped(apiVersion, kind) ? NO_NAMESPACE : stated || 'default';
  return { ...groupAndVersion(apiVersion), kind, name: metadataText(metadata, 'name'), namespace };
}

/** A field of metadata as text; '' for null, as for what is not there. */
export function metadataText(metadata: unknown, key: string): string {
  return valueAt(metadata, key) === null ? '' : textOf(metadata, key);
}

export function groupAndVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** The same for the same identity, and for no other. */
export function keyOf({ group, version, kind, name, namespace }: Identity): string {
  return [group, version, kind, namespace, name].join('\n');
}

export function isSelected(id: Identity, { group, version, kind }: KindSelector): boolean {
  return (!group || group === id.group) && (!version || version === id.version) && (!kind || kind === id.kind);
}

/** As messages say it: `Deployment web/api`. */
export function say({ kind, name, namespace }: Identity): string {
  return namespace === NO_NAMESPACE ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
