import { FieldError, type FieldSpec, setFields } from './field-path';
import type { KindSelector } from './identity';
import { fieldOf, isMapping, type Mapping, setShare, shareOf, spellingOf, withPlainText, withShare } from './value';

/** Where the labels of metadata and of pod templates are. */
const METADATA: readonly FieldSpec[] = [
  { path: 'metadata/labels', create: true },
  { path: 'spec/template/metadata/labels', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'Deployment' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/template/metadata/labels', create: true, kind: 'DaemonSet' },
  { path: 'spec/template/metadata/labels', create: true, group: 'apps', kind: 'StatefulSet' },
  { path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true, group: 'apps', kind: 'StatefulSet' },
  { path: 'spec/template/metadata/labels', create: true, group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/metadata/labels', create: true, group: 'batch', kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/labels', create: true, group: 'batch', kind: 'CronJob' },
];

/** Selectors by which pods find pods. */
const POD_SELECTORS = [
  'affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'topologySpreadConstraints/labelSelector/matchLabels',
];

const podSelectors = (of: KindSelector): readonly FieldSpec[] =>
  POD_SELECTORS.map((path) => ({ path: `spec/template/spec/${path}`, ...of }));

/** Where `commonLabels`, and `labels` with `includeSelectors`, write: the defaults of kustomize 5.8. */
const SELECTORS: readonly FieldSpec[] = [
  { path: 'spec/selector', create: true, version: 'v1', kind: 'Service' },
  { path: 'spec/selector', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'Deployment' },
  ...podSelectors({ group: 'apps', kind: 'Deployment' }),
  { path: 'spec/selector/matchLabels', create: true, kind: 'ReplicaSet' },
  { path: 'spec/selector/matchLabels', create: true, kind: 'DaemonSet' },
  { path: 'spec/selector/matchLabels', create: true, group: 'apps', kind: 'StatefulSet' },
  ...podSelectors({ group: 'apps', kind: 'StatefulSet' }),
  { path: 'spec/selector/matchLabels', group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/spec/selector/matchLabels', group: 'batch', kind: 'CronJob' },
  { path: 'spec/selector/matchLabels', group: 'policy', kind: 'PodDisruptionBudget' },
  { path: 'spec/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { path: 'spec/ingress/from/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
  { path: 'spec/egress/to/podSelector/matchLabels', group: 'networking.k8s.io', kind: 'NetworkPolicy' },
];

/** Where `commonAnnotations` writes. */
const ANNOTATIONS: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  { path: 'spec/template/metadata/annotations', create: true, version: 'v1', kind: 'ReplicationController' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'Deployment' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'ReplicaSet' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'DaemonSet' },
  { path: 'spec/template/metadata/annotations', create: true, kind: 'StatefulSet' },
  { path: 'spec/template/metadata/annotations', create: true, group: 'batch', kind: 'Job' },
  { path: 'spec/jobTemplate/metadata/annotations', create: true, group: 'batch', kind: 'CronJob' },
  { path: 'spec/jobTemplate/spec/template/metadata/annotations', create: true, group: 'batch', kind: 'CronJob' },
];

/** An entry of `labels`. */
export interface LabelEntry {
  readonly pairs: Readonly<Record<string, string>>;
  readonly includeSelectors: boolean;
  readonly includeTemplates: boolean;
  readonly fields: readonly FieldSpec[];
}

/** Why the fields of an entry cannot be. */
export class LabelFieldError extends Error {
  override readonly name = 'LabelFieldError';
}

/**
 * The fields that an entry of `labels` writes to.
 *
 * @throws LabelFieldError
 */
export function fieldsOf({ fields, includeSelectors, includeTemplates }: LabelEntry): readonly FieldSpec[] {
  const defaults = includeSelectors ? [...SELECTORS, ...METADATA] : [...(includeTemplates ? METADATA : []), ...METADATA.slice(0, 1)];
  const merged = [...fields];
  for (const spec of defaults) {
    const known = merged.find((each) => each.path === spec.path && covers(spec, each));
    if (!known) merged.push(spec);
    else if ((known.create ?? false) !== (spec.create ?? false)) {
      throw new LabelFieldError(`create of ${spec.path} contradicts kustomize's own: it has to be ${spec.create === true}`);
    }
  }
  return merged;
}

/** Whether what one selects includes the kind that the other names. */
function covers(selector: KindSelector, { group, version, kind }: KindSelector): boolean {
  return (
    (!selector.group || selector.group === group) &&
    (!selector.version || selector.version === version) &&
    (!selector.kind || selector.kind === kind)
  );
}

export function addLabels(object: Mapping, labels: Readonly<Record<string, string>>, fields: readonly FieldSpec[]): Mapping {
  return addTexts(object, labels, fields);
}

export function addCommonLabels(object: Mapping, labels: Readonly<Record<string, string>>): Mapping {
  return addTexts(object, labels, [...SELECTORS, ...METADATA]);
}

export function addAnnotations(object: Mapping, annotations: Readonly<Record<string, string>>): Mapping {
  return addTexts(object, annotations, ANNOTATIONS);
}

function addTexts(object: Mapping, texts: Readonly<Record<string, string>>, fields: readonly FieldSpec[]): Mapping {
  const keys = Object.keys(texts).sort();
  if (keys.length === 0) return object;
  const made = new Map(keys.map((key) => [key, {}]));
  const overwritten = new Map<object, string | undefined>();
  const withText = (map: Mapping, key: string): Mapping => {
    const there = Object.hasOwn(map, key);
    if (there && isText(map, key, texts[key])) return map;
    const share = shareOf(map, key);
    if (there && share) overwritten.set(share, texts[key]);
    const changed = withPlainText(map, key, texts[key]);
    const own = made.get(key);
    if (!there && own) setShare(changed, key, own);
    return changed;
  };
  const set = (value: unknown): unknown => {
    if (value === null) return null;
    if (!isMapping(value)) throw new FieldError('a list or scalar stands where labels or annotations belong');
    return keys.reduce(withText, value);
  };
  const changed = fields.reduce((so, spec) => setFields(so, spec, { set, made: 'map' }), object);
  const all = [...overwritten].reduce((so: unknown, [share, text]) => withShare(so, share, text), changed);
  return isMapping(all) ? all : changed;
}

function isText(map: Mapping, key: string, text: string | undefined): boolean {
  return fieldOf(map, key) === text && spellingOf(map, key) === undefined;
}
