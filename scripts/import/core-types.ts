import { compare } from './order';
import {
  Declarations,
  generatedBy,
  listOf,
  literal,
  mapOf,
  named,
  number,
  numberOrString,
  string,
  struct,
  type Type,
  union,
  unknown,
} from './typescript';

// cdk8s-plus carries the Kubernetes API of one minor as classes. We take their types and leave the classes: loading them costs every
// start of the program 27 ms, and at run time they drop what they do not know. Pinned as an npm package, the API
// needs no download of its own.

/** The package's L1 module as it lies on disk: declarations, and the code that knows each property's name in JSON. */
export interface CoreModule {
  readonly declarations: string;
  readonly code: string;
}

interface CoreProperty {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

/** The core kinds that the project writes, and with them every struct they are made of. */
export const coreKinds: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['batch/v1', 'CronJob'],
  ['batch/v1', 'Job'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['v1', 'ConfigMap'],
  ['v1', 'LimitRange'],
  ['v1', 'Namespace'],
  ['v1', 'PersistentVolume'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'ResourceQuota'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
];

/** The property names of each struct: with them the values of a chart are recognised as that struct. */
export type CoreStructs = ReadonlyMap<string, ReadonlySet<string>>;

export interface CoreTypes {
  readonly text: string;
  readonly structs: CoreStructs;
}

/** imports/k8s.ts: the kinds, then the structs reachable from them, both in alphabetical order. */
export function coreTypes(module: CoreModule, kinds: typeof coreKinds = coreKinds): CoreTypes {
  const interfaces = interfacesOf(module.declarations);
  const enums = enumsOf(module.declarations);
  const jsonNames = jsonNamesOf(module.code);
  const classes = classesOf(module.code);

  const reached = new Set<string>();
  const typeOf = (text: string): Type => {
    const [element, map] = [text.match(/^(.+)\[\]$/)?.[1], text.match(/^\{ \[key: string\]: (.+); \}$/)?.[1]];
    if (map !== undefined) return mapOf(typeOf(map));
    if (element !== undefined) return listOf(typeOf(element));
    const values = enums.get(text);
    if (values !== undefined) return union(values.map(literal));
    if (interfaces.has(text) && text !== 'ObjectMeta') reached.add(text);
    return knownTypes.get(text) ?? named(text);
  };
  const structOf = (name: string) =>
    (interfaces.get(name) ?? []).map(({ name: property, type, required }) => ({
      name: jsonNames.get(name)?.get(property) ?? property,
      type: typeOf(type),
      required,
    }));

  const declarations = new Declarations();
  for (const [apiVersion, kind] of [...kinds].sort(([, a], [, b]) => compare(a, b))) {
    const properties = structOf(`${classes.get(`${apiVersion} ${kind}`) ?? ''}Props`);
    if (properties.length === 0) throw new Error(`cdk8s-plus has no ${apiVersion} ${kind}`);
    const gvk = [
      { name: 'apiVersion', type: literal(apiVersion), required: true },
      { name: 'kind', type: literal(kind), required: true },
    ];
    declarations.add(kind, struct([...gvk, ...properties]));
  }
  const structs = new Map<string, ReadonlySet<string>>();
  const bodies = new Map<string, ReturnType<typeof structOf>>();
  for (const name of reached) {
    // grows while it is walked: a struct's properties lead to further structs
    const properties = structOf(name);
    bodies.set(name, properties);
    structs.set(name, new Set(properties.map((property) => property.name)));
  }
  for (const [name, properties] of [...bodies].sort(([a], [b]) => compare(a, b))) declarations.add(name, struct(properties));
  return { text: `${generatedBy}\nimport type { ObjectMeta } from './meta';\n\n${declarations}`, structs };
}

/** What the package makes classes of, or leaves open, and what it is in a manifest. */
const knownTypes = new Map<string, Type>([
  ['any', unknown],
  ['Date', string],
  ['IntOrString', numberOrString],
  ['number', number],
  ['Quantity', string],
]);

function interfacesOf(declarations: string): ReadonlyMap<string, readonly CoreProperty[]> {
  const found = declarations.replace(/\/\*\*[\s\S]*?\*\//g, '').matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm);
  return new Map([...found].map(([, name = '', body = '']) => [name, propertiesOf(body)]));
}

function propertiesOf(body: string): readonly CoreProperty[] {
  return [...body.matchAll(/readonly (\w+)(\??): (\{[\s\S]*?\}|[^;]+);/g)].map(([, name = '', optional, type = '']) => ({
    name,
    type: type.replace(/\s+/g, ' '),
    required: optional === '',
  }));
}

function enumsOf(declarations: string): ReadonlyMap<string, readonly string[]> {
  const found = declarations.matchAll(/^export declare enum (\w+) \{\n([\s\S]*?)^\}/gm);
  return new Map([...found].map(([, name = '', body = '']) => [name, [...body.matchAll(/ = "(.*)"/g)].map(([, value = '']) => value)]));
}

/** By struct and by the package's own spelling: `ServiceSpec`, `clusterIp` gives `clusterIP`. */
function jsonNamesOf(code: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = code.matchAll(/^function toJson_(\w+)\(obj\) \{\n[\s\S]*?const result = \{\n([\s\S]*?)^ {4}\};/gm);
  return new Map(
    [...found].map(([, name = '', body = '']) => [
      name,
      new Map([...body.matchAll(/^ {8}'(.+?)': .*?\bobj\.(\w+)/gm)].map(([, json = '', own = '']) => [own, json])),
    ]),
  );
}

/** By apiVersion and kind, the class that stands for it: `autoscaling/v2 HorizontalPodAutoscaler`, `KubeHorizontalPodAutoscalerV2`. */
function classesOf(code: string): ReadonlyMap<string, string> {
  const found = code.matchAll(/^(\w+)\.GVK = \{\n\s+apiVersion: '(.+)',\n\s+kind: '(.+)',/gm);
  return new Map([...found].map(([, name = '', apiVersion, kind]) => [`${apiVersion} ${kind}`, name]));
}
