import type { KubernetesObject } from '../flux';
import { entriesOf, fieldAt, fieldOf } from './fields';

/** What `spec.commonMetadata` says: laid over every object's labels and annotations after all else. */
export interface CommonMetadata {
  readonly labels: readonly (readonly [string, unknown])[];
  readonly annotations: readonly (readonly [string, unknown])[];
}

export function commonMetadataOf(spec: Readonly<Record<string, unknown>>): CommonMetadata | undefined {
  const labels = entriesOf(fieldAt(spec, 'commonMetadata', 'labels'));
  const annotations = entriesOf(fieldAt(spec, 'commonMetadata', 'annotations'));
  return labels.length + annotations.length === 0 ? undefined : { labels, annotations };
}

export function withMetadata(object: KubernetesObject, common: CommonMetadata | undefined): KubernetesObject {
  if (!common) return object;
  const over = (field: string, entries: readonly (readonly [string, unknown])[]): object =>
    entries.length === 0
      ? {}
      : { [field]: { ...Object.fromEntries(entriesOf(fieldOf(object.metadata, field))), ...Object.fromEntries(entries) } };
  return { ...object, metadata: { ...object.metadata, ...over('labels', common.labels), ...over('annotations', common.annotations) } };
}
