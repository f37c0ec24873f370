import { NAMESPACE_NAME, scalarText, selectorFrom, selects } from '../charts';
import { type EffectiveCluster, type EffectiveObject, ofKind } from '../effective';
import { at, isMap, listAt, mapAt, textAt } from './rule';

/** One rule set of a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy: `spec`, or an entry of `specs`. */
export interface CiliumPolicy {
  readonly on: EffectiveObject;
  /** Where it stands: `spec`, `specs[0]`. */
  readonly at: string;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly clusterwide: boolean;
  /** Undefined for cluster-wide policies. */
  readonly namespace: string | undefined;
}

const known = new WeakMap<EffectiveCluster, readonly CiliumPolicy[]>();

/** Every Cilium policy of a cluster, in order; worked out once. */
export function ciliumPolicies(cluster: EffectiveCluster): readonly CiliumPolicy[] {
  const made = known.get(cluster) ?? [
    ...ofKind(cluster, 'CiliumNetworkPolicy', 'cilium.io').flatMap((on) => policiesIn(on, false)),
    ...ofKind(cluster, 'CiliumClusterwideNetworkPolicy', 'cilium.io').flatMap((on) => policiesIn(on, true)),
  ];
  known.set(cluster, made);
  return made;
}

function policiesIn(on: EffectiveObject, clusterwide: boolean): readonly CiliumPolicy[] {
  const namespace = clusterwide ? undefined : textAt(on.object, 'metadata', 'namespace');
  const one = (place: string, spec: unknown) => (isMap(spec) ? [{ on, at: place, spec, clusterwide, namespace }] : []);
  return [...one('spec', at(on.object, 'spec')), ...listAt(on.object, 'specs').flatMap((spec, index) => one(`specs[${index}]`, spec))];
}

/** Whether it holds for every pod of its namespace, or of the cluster. */
export function selectsAll({ spec, clusterwide }: CiliumPolicy): boolean {
  const selector = at(spec, 'endpointSelector');
  if (!isMap(selector)) return false;
  return isEmptySelector(selector) || (clusterwide && isAnyPod(selector));
}

/** Whether it asks for nothing but a namespace, which every pod has. */
function isAnyPod(selector: Readonly<Record<string, unknown>>): boolean {
  const { matchLabels, matchExpressions } = withPlainKeys(selector);
  const [only, ...more] = matchExpressions;
  return Object.keys(matchLabels).length === 0 && more.length === 0 && only?.key === NAMESPACE_LABEL && only.operator === 'Exists';
}

/** Whether it holds for every pod of one namespace, as far as can be told: cluster-wide ones often choose by labels of the namespace. */
export function selectsNamespace(policy: CiliumPolicy, namespace: string): boolean {
  if (!policy.clusterwide) return policy.namespace === namespace && selectsAll(policy);
  if (selectsAll(policy)) return true;
  const { matchLabels, matchExpressions } = withPlainKeys(at(policy.spec, 'endpointSelector'));
  const keys = [...Object.keys(matchLabels), ...matchExpressions.map(({ key }) => key)];
  const isAboutNamespaces = keys.every((key) => key === NAMESPACE_LABEL || key.startsWith('io.cilium.k8s.namespace.labels.'));
  return keys.length > 0 && isAboutNamespaces && selectsPods(policy, { [NAMESPACE_NAME]: namespace }) !== 'no';
}

const NAMESPACE_LABEL = 'io.kubernetes.pod.namespace';

function isEmptySelector(selector: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(mapAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0;
}

/**
 * Whether a policy selects pods of which some labels are known. `perhaps`: it asks for a label that nobody here knows of.
 *
 * @param labels the pods', and `kubernetes.io/metadata.name` for their namespace
 */
export function selectsPods(
  { spec, clusterwide, namespace }: CiliumPolicy,
  labels: Readonly<Record<string, string>>,
): 'yes' | 'no' | 'perhaps' {
  if (!clusterwide && namespace !== labels[NAMESPACE_NAME]) return 'no';
  const selector = at(spec, 'endpointSelector');
  if (!isMap(selector)) return 'no';
  const plain = withPlainKeys(selector);
  const keys = [...Object.keys(plain.matchLabels ?? {}), ...(plain.matchExpressions ?? []).map(({ key }) => key)];
  const asked = { ...labels, [NAMESPACE_LABEL]: labels[NAMESPACE_NAME] ?? '' };
  if (keys.every((key) => Object.hasOwn(asked, key))) return selects(plain, asked) ? 'yes' : 'no';
  const contradicts = Object.entries(plain.matchLabels ?? {}).some(
    ([key, value]) => Object.hasOwn(asked, key) && Reflect.get(asked, key) !== value,
  );
  return contradicts ? 'no' : 'perhaps';
}

/** Cilium puts the source of a label before its key, `k8s:app`; `any:` and none mean the same for pods. */
function withPlainKeys(selector: unknown) {
  const { matchLabels = {}, matchExpressions = [] } = selectorFrom(selector) ?? {};
  const plain = (key: string) => key.replace(/^(k8s|any):/, '');
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).map(([key, value]) => [plain(key), value])),
    matchExpressions: matchExpressions.map((one) => ({ ...one, key: plain(one.key) })),
  };
}

/** Whether it takes pods into default deny in one direction: it has a rule, and does not say that it only adds. */
export function denies({ spec }: CiliumPolicy, direction: 'ingress' | 'egress'): boolean {
  if (at(spec, 'enableDefaultDeny', direction) === false) return false;
  return listAt(spec, direction).length > 0 || listAt(spec, `${direction}Deny`).length > 0;
}

/** The rules of one direction that are maps. */
export function rulesOf({ spec }: CiliumPolicy, direction: 'ingress' | 'egress'): readonly Readonly<Record<string, unknown>>[] {
  return listAt(spec, direction).filter(isMap);
}

/** Whether a rule lets a port through: no port stated means all of them. */
export function opensPort(rule: Readonly<Record<string, unknown>>, port: number, protocol: 'TCP' | 'UDP'): boolean {
  const toPorts = listAt(rule, 'toPorts');
  if (at(rule, 'toPorts') === undefined || toPorts.length === 0) return at(rule, 'icmps') === undefined;
  return toPorts.some((entry) => {
    const ports = listAt(entry, 'ports');
    return ports.length === 0 || ports.some((one) => isPort(one, port) && ['ANY', protocol].includes(protocolOf(one)));
  });
}

function isPort(one: unknown, port: number): boolean {
  const stated = Number(scalarText(at(one, 'port')) || '0');
  const end = Number(scalarText(at(one, 'endPort')) || stated);
  return stated === 0 || (stated <= port && port <= end);
}

function protocolOf(one: unknown): string {
  return (textAt(one, 'protocol') ?? 'ANY').toUpperCase();
}

/** The entities that a rule names, `all` and `cluster` taken for what they hold. */
export function entitiesOf(rule: Readonly<Record<string, unknown>>, key: 'fromEntities' | 'toEntities'): ReadonlySet<string> {
  const named = listAt(rule, key).filter((one) => typeof one === 'string');
  const wide = named.includes('all') ? [...IN_CLUSTER, 'world', 'cluster'] : named.includes('cluster') ? IN_CLUSTER : [];
  return new Set([...named, ...wide]);
}

const IN_CLUSTER = ['kube-apiserver', 'host', 'remote-node', 'health', 'init', 'unmanaged'] as const;

/** Whether a rule names no peer at all: it then holds for everybody, the world included. */
export function namesNoPeer(rule: Readonly<Record<string, unknown>>, direction: 'ingress' | 'egress'): boolean {
  const prefix = direction === 'ingress' ? 'from' : 'to';
  return !Object.keys(rule).some((key) => key.startsWith(prefix) && key !== 'toPorts');
}

/** Labels of the pods that a peer of a rule means, keys without `k8s:`; undefined where the peer is no selector. */
export function peersOf(
  rule: Readonly<Record<string, unknown>>,
  key: 'fromEndpoints' | 'toEndpoints',
): readonly ReturnType<typeof withPlainKeys>[] {
  return listAt(rule, key).filter(isMap).map(withPlainKeys);
}
