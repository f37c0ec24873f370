import { metadataText } from './identity';
import type { SortOptions } from './kustomization';
import type { Resource } from './resource';
import { valueAt } from './value';

/** kustomize's order of kinds where `sortOptions.order` is legacy and says nothing else. */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** The order that a kustomization file asks for; undefined where objects stay as they came. */
export function orderOf(options: SortOptions | undefined): ((one: Resource, other: Resource) => number) | undefined {
  if (options?.order !== 'legacy') return undefined;
  const { orderFirst = FIRST, orderLast = LAST } = options.legacySortOptions ?? {};
  const places = new Map([
    ...orderFirst.map((kind, at) => [kind, at - orderFirst.length] as const),
    ...orderLast.map((kind, at) => [kind, at + 1] as const),
  ]);
  const placeOf = ({ id }: Resource): number => places.get(id.kind) ?? 0;
  const kindText = ({ id: { group, version, kind } }: Resource): string => `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
  const nameText = ({ id, object }: Resource): string => {
    const metadata = valueAt(object, 'metadata');
    return `${metadataText(metadata, 'namespace') || '~X'}|${id.name || '~N'}`;
  };
  return (one, other) =>
    placeOf(one) - placeOf(other) || compare(kindText(one), kindText(other)) || compare(nameText(one), nameText(other));
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
