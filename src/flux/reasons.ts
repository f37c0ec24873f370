import type { Deployed } from './deployed';
import type { Facts } from './facts';

/** Why a Flux Kustomization waits for another. */
export interface Reason {
  /** Nothing but an edge helps: the apply fails, or a pod never starts, until the other is Ready. */
  readonly hard: boolean;
  /** `CiliumNetworkPolicy`, `namespace kube-system`, `Secret grafana-admin`. */
  readonly text: string;
}

/**
 * What `consumer` needs of `provider` in its cluster, worked out from the manifests of both; empty when they show nothing.
 * The reason a component states with `because` comes last, and only where the manifests are silent.
 */
export function reasonsFor(consumer: Deployed, provider: Deployed, factsOf: (of: Deployed) => Facts): readonly Reason[] {
  const needs = factsOf(consumer);
  const has = factsOf(provider);
  const hard = [
    ...kindsFrom(provider, needs),
    ...namespacesFrom(needs, has).map((name) => `namespace ${name}`),
    ...many('Secret', provider.name === 'cluster-secrets' ? consumer.secrets.map((secret) => secret.name) : []),
    ...storageClassesFrom(consumer, provider, needs).map((name) => `StorageClass ${name}`),
    ...[...needs.refersTo].filter((name) => has.owns.has(name) && !needs.owns.has(name)).map(withoutNamespace),
  ];
  const soft = peersIn(needs, has);
  const stated = consumer.component.because[provider.name];
  return [
    ...hard.map((text) => ({ hard: true, text })),
    ...soft.map((text) => ({ hard: false, text })),
    ...(hard.length + soft.length === 0 && stated !== undefined ? [{ hard: false, text: stated }] : []),
  ];
}

function kindsFrom(provider: Deployed, needs: Facts): readonly string[] {
  const groups = provider.component.provides.groups ?? [];
  return groups.flatMap((group) => [...needs.kinds].filter(([used]) => used === group || (group.startsWith('.') && used.endsWith(group))).flatMap(([, kinds]) => [...kinds]));
}

function namespacesFrom(needs: Facts, has: Facts): readonly string[] {
  return [...needs.namespaces].filter((name) => has.owns.has(`Namespace ${name}`) && !needs.owns.has(`Namespace ${name}`));
}

function storageClassesFrom(consumer: Deployed, provider: Deployed, needs: Facts): readonly string[] {
  const classes = provider.component.provides.storageClasses ?? [];
  const variables: Readonly<Record<string, string>> = { ...consumer.cluster.variables };
  const wanted = new Set([...needs.storageClasses].map((name) => name.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, key) => variables[key] ?? whole)));
  return classes.filter((name) => wanted.has(name));
}

function peersIn(needs: Facts, has: Facts): readonly string[] {
  return [...needs.peers].filter(([namespace]) => has.owns.has(`Namespace ${namespace}`)).map(([namespace, ports]) => {
    const named = [...ports].filter((port) => port !== '');
    return named.length === 0 ? `pods of ${namespace}` : `${namespace}:${named.join('/')}`;
  });
}

function many(kind: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${kind}${names.length > 1 ? 's' : ''} ${names.join(' ')}`];
}

function withoutNamespace(reference: string): string {
  return reference.replace(/ .*\//, ' ');
}
