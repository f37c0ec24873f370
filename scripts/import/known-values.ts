import type { CoreStructs } from './core-types';
import { compare } from './order';
import { isString, listOf, mapOf, named, number, numberOrString, type Struct, string, struct, type Type, union } from './typescript';

/**
 * Keys that mean the same in every chart, because the chart copies what stands under them into a pod or its metadata.
 * The default of such a key is an example, not a list of what is allowed: `nodeSelector: {kubernetes.io/os: linux}` must take
 * other labels, and `resources: {}` must take limits. So these keys get the type that Kubernetes gives them.
 */
const podFields: readonly (readonly [key: RegExp, type: Type])[] = [
  [/^(.*[a-z])?affinity$/, named('Affinity')],
  [/^(.*N|n)odeAffinity$/, named('NodeAffinity')],
  [/^(.*P|p)odAffinity$/, named('PodAffinity')],
  [/^(.*P|p)odAntiAffinity$/, named('PodAntiAffinity')],
  [/^((init|pod|upgradeJob)R|r)esources$/, named('ResourceRequirements')],
  [/^(.*P|p)odSecurityContext$/, named('PodSecurityContext')],
  [/^(.*C|c)ontainerSecurityContext$/, named('SecurityContext')],
  // Some charts mean the pod by it, some the container; a chart's README tells, its values do not.
  [/^(.*S|s)ecurityContext$/, { is: 'intersection', of: [named('PodSecurityContext'), named('SecurityContext')] }],
  [/^(liveness|readiness|startup)Probe$/, named('Probe')],
  [
    /^(deploymentS|podUpdateS|updateS|s)trategy$/,
    union(['DeploymentStrategy', 'DaemonSetUpdateStrategy', 'StatefulSetUpdateStrategy'].map(named)),
  ],
];

const podLists: readonly (readonly [key: RegExp, type: Type])[] = [
  [/^(.*T|t)olerations$/, named('Toleration')],
  [/^(.*T|t)opologySpreadConstraints$/, named('TopologySpreadConstraint')],
  [/^hostAliases$/, named('HostAlias')],
  [/^(.*I|i)magePullSecrets$/, union([string, struct([{ name: 'name', type: string, required: true }])])],
];

/** Labels and annotations: any key, text as value. */
const textMaps = /^(.*[a-z])?(annotations|Annotations|labels|Labels|nodeSelector|NodeSelector|matchLabels)$/;

/** A number of pods or a percentage of them. */
const countsOrPercentages = /^(minAvailable|maxUnavailable|maxSurge)$/;

/** What a default of `null` leaves open, but the name tells. */
const scalars: readonly (readonly [key: RegExp, type: Type])[] = [
  [/^(replicas|replicaCount|minReplicas|maxReplicas|revisionHistoryLimit|nodePort)$/, number],
  [
    /^(tag|digest|registry|repository|pullPolicy|priorityClassName|storageClass|name|nameOverride|fullnameOverride|namespaceOverride)$/,
    string,
  ],
];

/** The type that this key has in every chart, if what the chart itself tells of it does not speak against it. */
export function knownType(key: string, told: Type, structs: CoreStructs): Type | undefined {
  if (told.is === 'union') return besideText(key, told.of, structs);
  if (countsOrPercentages.test(key) && told.is !== 'struct' && told.is !== 'map') return numberOrString;
  if (textMaps.test(key)) return isTextMap(told) ? mapOf(string) : undefined;
  const list = podLists.find(([name]) => name.test(key));
  if (list !== undefined) return told.is === 'list' || isNothing(told) ? listOf(list[1]) : undefined;
  if (isNothing(told)) {
    const scalar = scalars.find(([name]) => name.test(key));
    if (scalar !== undefined) return scalar[1];
  }
  const field = podFields.find(([name]) => name.test(key));
  if (field === undefined) return undefined;
  if (told.is === 'map' || isNothing(told)) return field[1];
  return told.is === 'struct' ? withOwnKeys(field[1], told, structs) : undefined;
}

/** Bitnami takes most things as text too, for its templates to expand. */
function besideText(key: string, told: readonly Type[], structs: CoreStructs): Type | undefined {
  const [only, ...others] = told.filter((type) => !isString(type));
  if (only === undefined || others.length > 0) return undefined;
  const known = knownType(key, only, structs);
  return known === undefined ? undefined : union([known, string]);
}

/** The Kubernetes type, and beside it the keys that only this chart knows: Bitnami's `podSecurityContext.enabled`. */
function withOwnKeys(type: Type, told: Struct, structs: CoreStructs): Type | undefined {
  const known = coreNames(type).flatMap((name) => [...(structs.get(name) ?? [])]);
  const own = told.properties.filter((property) => !known.includes(property.name));
  if (own.length === 0) return type;
  // Nothing in common: another thing under the same name, like Linkerd's `resources: {cpu: {request}}`.
  if (own.length === told.properties.length) return undefined;
  return {
    is: 'intersection',
    of: [...(type.is === 'intersection' ? type.of : [type]), struct([...own].sort((a, b) => compare(a.name, b.name)))],
  };
}

function coreNames(type: Type): readonly string[] {
  if (type.is === 'named') return [type.name];
  return type.is === 'union' || type.is === 'intersection' ? type.of.flatMap(coreNames) : [];
}

function isTextMap(told: Type): boolean {
  if (isNothing(told) || told.is === 'map') return true;
  return told.is === 'struct' && told.properties.every(({ type }) => type.is !== 'struct' && type.is !== 'map' && type.is !== 'list');
}

/** Where neither schema nor default says anything. */
function isNothing(told: Type): boolean {
  return told.is === 'named' && told.name === 'unknown';
}
