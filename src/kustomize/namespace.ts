import { BuildError } from './build';
import { FieldError, type FieldSpec, setFields, withField, withValue } from './field-path';
import { isClusterScoped, say } from './identity';
import type { Resources } from './resources';
import { fieldOf, isList, isMapping, type Mapping, textOf, valueAt } from './value';

/** Fields that hold a namespace, besides metadata.namespace. */
const FIELDS: readonly FieldSpec[] = [
  { path: 'spec/service/namespace', group: 'apiregistration.k8s.io', kind: 'APIService', create: true },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
];

/**
 * Moves all objects into a namespace.
 *
 * @throws BuildError where two of them come to be the same
 */
export function setNamespace(resources: Resources, namespace: string, file: string): void {
  const counts = new Map<string, number>();
  const count = (key: string, by: number): number => {
    const now = (counts.get(key) ?? 0) + by;
    counts.set(key, now);
    return now;
  };
  for (const { key } of resources.all) count(key, 1);
  for (const resource of resources.all) {
    const before = resource.key;
    resource.remember();
    resource.object = moved(resource.object, namespace);
    count(before, -1);
    if (count(resource.key, 1) > 1)
      throw new BuildError('fails', file, `namespace ${namespace} makes two objects of one name: ${say(resource.id)}`);
  }
  resources.renamed();
}

function moved(object: Mapping, namespace: string): Mapping {
  const [apiVersion, kind] = [textOf(object, 'apiVersion'), textOf(object, 'kind')];
  let result = object;
  const stated = valueAt(object, 'metadata', 'namespace');
  if (typeof stated === 'object' && stated !== null) throw new FieldError('metadata.namespace is no text');
  if (!isClusterScoped(apiVersion, kind) && stated !== namespace) {
    result = withValue(result, ['metadata', 'namespace'], namespace);
  }
  if (kind === 'Namespace' && apiVersion === 'v1') result = withValue(result, ['metadata', 'name'], namespace);
  if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') result = withSubjects(result, namespace);
  const set = (value: unknown): unknown => (typeof value === 'object' && value !== null ? value : namespace);
  return FIELDS.reduce((changed, spec) => setFields(changed, spec, { set, made: 'scalar' }), result);
}

/** The default service account moves along; others only if they are in the same build, as references do. */
function withSubjects(object: Mapping, namespace: string): Mapping {
  const subjects = fieldOf(object, 'subjects');
  if (!isList(subjects)) return object;
  const changed = subjects.map((subject) =>
    isMapping(subject) && textOf(subject, 'name') === 'default' ? withField(subject, 'namespace', namespace) : subject,
  );
  return withField(object, 'subjects', changed);
}
