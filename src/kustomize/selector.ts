import type { Identity } from './identity';
import { parseLabelSelector } from './label-selector';
import { wholePattern } from './pattern';
import type { Resource } from './resource';

/** The target of a patch. Group to namespace are regular expressions that have to match all; what is empty selects everything. */
export interface Selector {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labelSelector: string;
  readonly annotationSelector: string;
}

/**
 * Whether a patch meets an object. An object's name and namespace count as they are and as they were first.
 *
 * @throws PatternError | SelectorError already when it is made; kustomize too looks at labels only of objects that fit otherwise, so a
 * selector that is none goes unnoticed where nothing else fits
 */
export function selectorOf(selector: Selector): (resource: Resource) => boolean {
  const kindFits = kindSelectorOf(selector);
  const [name, namespace] = [wholePattern(selector.name), wholePattern(selector.namespace)];
  let labels: ReturnType<typeof parseLabelSelector> | undefined;
  let annotations: ReturnType<typeof parseLabelSelector> | undefined;
  return (resource) => {
    const { id, originalId } = resource;
    if (!namespace.matches(originalId.namespace) && !namespace.matches(id.namespace)) return false;
    if (!name.matches(originalId.name) && !name.matches(id.name)) return false;
    if (!kindFits(id)) return false;
    labels ??= parseLabelSelector(selector.labelSelector);
    if (!labels.matches(resource.labels)) return false;
    annotations ??= parseLabelSelector(selector.annotationSelector);
    return annotations.matches(resource.annotations);
  };
}

/** The part about group, version and kind. Throws `PatternError`. */
export function kindSelectorOf(selector: Pick<Selector, 'group' | 'version' | 'kind'>): (id: Identity) => boolean {
  const [group, version, kind] = [wholePattern(selector.group), wholePattern(selector.version), wholePattern(selector.kind)];
  return (id) => group.matches(id.group) && version.matches(id.version) && kind.matches(id.kind);
}
