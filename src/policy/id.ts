import { textAt } from './rule';

/** Namespace and name of an object, as Flux writes them: `ferry/redis`; `/redis` for what has no namespace. */
export function idOf({ metadata }: { readonly metadata?: object }): string {
  return `${textAt(metadata, 'namespace') ?? ''}/${textAt(metadata, 'name') ?? ''}`;
}

/** What an entry of a HelmRelease's `dependsOn` names: the same namespace, unless it says another. */
export function dependencyOf(entry: unknown, { metadata }: { readonly metadata?: object }): string {
  return `${textAt(entry, 'namespace') ?? textAt(metadata, 'namespace') ?? ''}/${textAt(entry, 'name') ?? ''}`;
}
