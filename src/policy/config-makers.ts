import { type EffectiveCluster, type EffectiveObject, objectsOf, ofKind } from '../effective';
import type { KubernetesObject } from '../flux';
import { isBuiltIn } from '../flux/built-in-groups';
import { groupOf, isMap, listAt, mapAt, textAt } from './rule';

/** Names of the keys of a ConfigMap or Secret, never their values. */
export function keysOf(object: KubernetesObject): readonly string[] {
  return ['data', 'stringData', 'binaryData'].flatMap((field) => Object.keys(mapAt(object, field)));
}

type Names = (object: KubernetesObject, name: string) => readonly (string | undefined)[];

/** Kinds whose controllers make Secrets in the same namespace, and by what names; group and kind. */
const SECRETS: ReadonlyMap<string, Names> = new Map<string, Names>([
  ['bitnami.com SealedSecret', (_, name) => [name]],
  ['cert-manager.io Certificate', (object) => [textAt(object, 'spec', 'secretName')]],
  ['external-secrets.io ExternalSecret', (object, name) => [textAt(object, 'spec', 'target', 'name') ?? name]],
  ['isindir.github.com SopsSecret', (object) => listAt(object, 'spec', 'secretTemplates').map((one) => textAt(one, 'name'))],
  ['mongodbcommunity.mongodb.com MongoDBCommunity', mongodbNames],
  ['onepassword.com OnePasswordItem', (_, name) => [name]],
  ['postgresql.cnpg.io Cluster', (_, name) => ['app', 'superuser', 'ca', 'server', 'replication'].map((role) => `${name}-${role}`)],
  ['rabbitmq.com RabbitmqCluster', (_, name) => [`${name}-default-user`, `${name}-erlang-cookie`]],
  ['rabbitmq.com User', (_, name) => [`${name}-user-credentials`]],
  ['secrets.hashicorp.com VaultDynamicSecret', (object) => [textAt(object, 'spec', 'destination', 'name')]],
  ['secrets.hashicorp.com VaultStaticSecret', (object) => [textAt(object, 'spec', 'destination', 'name')]],
]);

function mongodbNames(object: KubernetesObject, name: string): readonly (string | undefined)[] {
  return listAt(object, 'spec', 'users').map((user) => {
    const own = textAt(user, 'connectionStringSecretName');
    return own ?? `${name}-${textAt(user, 'db') ?? 'admin'}-${textAt(user, 'name')}`;
  });
}

/** Groups whose kinds make no ConfigMap and no Secret. */
const HARMLESS: ReadonlySet<string> = new Set([
  'barmancloud.cnpg.io',
  'cilium.io',
  'gateway.envoyproxy.io',
  'gateway.networking.k8s.io',
  'helm.toolkit.fluxcd.io',
  'longhorn.io',
  'monitoring.coreos.com',
  'policy.linkerd.io',
]);

/** Kinds that make Secrets or ConfigMaps in namespaces other than their own, or of names that no file holds. */
const ANYWHERE: ReadonlySet<string> = new Set([
  'Bundle',
  'ClusterExternalSecret',
  'ClusterGenerator',
  'GeneratingPolicy',
  'ResourceSet',
  'Terraform',
]);

const known = new WeakMap<EffectiveCluster, ReadonlyMap<string, EffectiveObject>>();

/** The custom resource out of which a controller makes a Secret; undefined where no kind that is known does. */
export function makerOf(cluster: EffectiveCluster, kind: string, namespace: string, name: string): EffectiveObject | undefined {
  if (kind !== 'Secret') return undefined;
  const index = known.get(cluster) ?? makersIn(cluster);
  known.set(cluster, index);
  return index.get(`${namespace}/${name}`);
}

function makersIn(cluster: EffectiveCluster): ReadonlyMap<string, EffectiveObject> {
  const found = new Map<string, EffectiveObject>();
  for (const one of objectsOf(cluster)) {
    const names = SECRETS.get(`${groupOf(one.object)} ${one.object.kind}`);
    const { namespace, name } = mapAt(one.object, 'metadata');
    if (!names || typeof name !== 'string') continue;
    for (const made of names(one.object, name)) if (made !== undefined) found.set(`${namespace}/${made}`, one);
  }
  return found;
}

/**
 * Whether something may make ConfigMaps or Secrets in a namespace that no file names: another release's chart, a policy that generates, an
 * operator that is not known.
 */
export function makesUnseen(cluster: EffectiveCluster, namespace: string, but?: EffectiveObject): boolean {
  if (makesAnywhere(cluster)) return true;
  return inNamespace(cluster, namespace).some((one) => {
    const group = groupOf(one.object);
    if (one.object.kind === 'HelmRelease') return one.object !== but?.object;
    return !isBuiltIn(group) && !HARMLESS.has(group) && !SECRETS.has(`${group} ${one.object.kind}`);
  });
}

const anywhere = new WeakMap<EffectiveCluster, boolean>();

function makesAnywhere(cluster: EffectiveCluster): boolean {
  const before = anywhere.get(cluster);
  if (before !== undefined) return before;
  const policies = ['ClusterPolicy', 'Policy'].flatMap((kind) => ofKind(cluster, kind, 'kyverno.io'));
  const found =
    [...ANYWHERE].some((kind) => ofKind(cluster, kind).length > 0) ||
    policies.some(({ object }) => listAt(object, 'spec', 'rules').some((rule) => isMap(rule) && rule['generate'] !== undefined));
  anywhere.set(cluster, found);
  return found;
}

const namespaces = new WeakMap<EffectiveCluster, ReadonlyMap<string, readonly EffectiveObject[]>>();

function inNamespace(cluster: EffectiveCluster, namespace: string): readonly EffectiveObject[] {
  const index = namespaces.get(cluster) ?? byNamespace(cluster);
  namespaces.set(cluster, index);
  return index.get(namespace) ?? [];
}

/** Of a release the namespace that it installs into counts too. */
function byNamespace(cluster: EffectiveCluster): ReadonlyMap<string, readonly EffectiveObject[]> {
  const index = new Map<string, EffectiveObject[]>();
  for (const one of objectsOf(cluster)) {
    const own = textAt(one.object, 'metadata', 'namespace');
    const target = one.object.kind === 'HelmRelease' ? textAt(one.object, 'spec', 'targetNamespace') : undefined;
    for (const name of new Set([own, target])) {
      if (name === undefined) continue;
      const before = index.get(name);
      if (before) before.push(one);
      else index.set(name, [one]);
    }
  }
  return index;
}
