import type { KubernetesObject } from './manifest';
import { noSubstitutions, readSubstitutions, type Substitutions } from './substitutions';

/** What a component's objects use and own, read from the objects themselves in one walk: the source of every derived reason. */
export interface Facts {
  /** Kinds used, by API group. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
  /** Namespaces that its objects live in. */
  readonly namespaces: ReadonlySet<string>;
  /** What it owns, `Kind name` for cluster-wide names and `Kind namespace/name` besides. */
  readonly owns: ReadonlySet<string>;
  /** What it names of others, in the same form. */
  readonly refersTo: ReadonlySet<string>;
  /** Values of storageClass and storageClassName, variables not yet substituted. */
  readonly storageClasses: ReadonlySet<string>;
  /** Namespaces that its pods connect to, with ports, as its Cilium policies allow them. */
  readonly peers: ReadonlyMap<string, ReadonlySet<string>>;
  /** What Flux would find to substitute in its text. */
  readonly substitutions: Substitutions;
  /** Objects with a field that is null. */
  readonly withNull: ReadonlySet<KubernetesObject>;
}

/** Label by which a Cilium policy names the namespace of a peer. */
const NAMESPACE_LABEL = 'k8s:io.kubernetes.pod.namespace';

/** Label by which policies name the pods of the cluster's DNS. */
const DNS_LABEL = 'k8s:k8s-app';

/** Annotation by which Flux leaves an object's `${…}` alone. */
const SUBSTITUTE = 'kustomize.toolkit.fluxcd.io/substitute';

/** Reads the facts of one component's objects. */
export function factsOf(objects: Iterable<KubernetesObject>): Facts {
  const facts = {
    kinds: new Map<string, Set<string>>(),
    namespaces: new Set<string>(),
    owns: new Set<string>(),
    refersTo: new Set<string>(),
    storageClasses: new Set<string>(),
    peers: new Map<string, Set<string>>(),
    substitutions: noSubstitutions(),
    withNull: new Set<KubernetesObject>(),
  };
  let at: KubernetesObject | undefined;
  let substituted = true;

  const visit = (value: unknown, key: string, namespace: string | undefined): void => {
    if (typeof value === 'string') {
      if (substituted) readSubstitutions(value, facts.substitutions);
      if (key === 'storageClass' || key === 'storageClassName') facts.storageClasses.add(value);
      if (key === 'gatewayClassName') facts.refersTo.add(`GatewayClass ${value}`);
      return;
    }
    if (!isMap(value)) {
      if (Array.isArray(value)) for (const item of value) visit(item, key, namespace);
      else if (value === null && at) facts.withNull.add(at);
      return;
    }
    if (key === 'issuerRef' && value.kind === 'ClusterIssuer') facts.refersTo.add(`ClusterIssuer ${text(value.name)}`);
    if (key === 'parentRefs') facts.refersTo.add(`Gateway ${text(value.namespace ?? namespace)}/${text(value.name)}`);
    if (key === 'sourceRef') facts.refersTo.add(`${text(value.kind)} ${text(value.namespace ?? namespace)}/${text(value.name)}`);
    if (key === 'egress' && Array.isArray(value.toEndpoints)) {
      for (const endpoint of value.toEndpoints) addPeer(facts.peers, endpoint, value.toPorts);
    }
    for (const name of Object.keys(value)) {
      if (substituted && name.includes('${')) visit(name, '', namespace);
      visit(value[name], name, namespace);
    }
  };

  for (const object of objects) {
    const [group] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [''];
    const metadata = isMap(object.metadata) ? object.metadata : {};
    const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : undefined;
    add(facts.kinds, group ?? '', object.kind);
    if (namespace !== undefined) facts.namespaces.add(namespace);
    facts.owns.add(`${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${text(metadata.name)}`);
    at = object;
    substituted = !isMap(metadata.annotations) || metadata.annotations[SUBSTITUTE] !== 'disabled';
    visit(object, '', namespace);
  }
  return facts;
}

function addPeer(peers: Map<string, Set<string>>, endpoint: unknown, toPorts: unknown): void {
  const labels = isMap(endpoint) && isMap(endpoint.matchLabels) ? endpoint.matchLabels : {};
  const namespace = labels[NAMESPACE_LABEL];
  if (typeof namespace !== 'string' || labels[DNS_LABEL] !== undefined) return; // everyone asks the DNS: no edge explains it
  const rules = Array.isArray(toPorts) ? toPorts : [];
  const ports = rules.flatMap((rule: unknown) => (isMap(rule) && Array.isArray(rule.ports) ? rule.ports : []));
  if (ports.length === 0) add(peers, namespace, '');
  for (const port of ports) add(peers, namespace, isMap(port) ? text(port.port) : '');
}

function add(to: Map<string, Set<string>>, key: string, value: string): void {
  const known = to.get(key);
  if (known) known.add(value);
  else to.set(key, new Set([value]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
