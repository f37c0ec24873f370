import { isBuiltIn } from './built-in-groups';
import type { Deployed } from './deployed';
import type { Facts } from './facts';

/** Why a Flux Kustomization waits for another. */
export interface Reason {
  /**
   * `needs`: only an edge helps, since the apply fails, or a pod never starts, until the other is Ready. `names`: a controller
   * follows the name, and waits for it by itself. `connects`: its pods talk to the other's, and come up without an answer.
   */
  readonly how: 'needs' | 'names' | 'connects';
  /** `CiliumNetworkPolicy`, `namespace kube-system`, `Secret grafana-admin`. */
  readonly text: string;
}

/** The comment beside an edge: what was worked out and, where that explains no wait, what the component states. */
export function edgeComment(reasons: readonly Reason[], stated: string | undefined): string | undefined {
  const texts = reasons.map(({ text }) => text);
  const silent = reasons.every(({ how }) => how !== 'needs');
  return [...texts, ...(silent && stated !== undefined ? [stated] : [])].join(', ') || undefined;
}

/** What one Flux Kustomization needs of the others in its cluster, worked out from the manifests. */
export interface Needs {
  readonly of: ReadonlyMap<Deployed, readonly Reason[]>;
  /** API groups and namespaces that its objects need and nothing in the cluster brings. */
  readonly unprovided: readonly string[];
}

/** Who brings what in one cluster; made once, so that all needs of a cluster cost one look-up each. */
export class Providers {
  private readonly byThing = new Map<string, Deployed>();
  private readonly secrets: Deployed | undefined;

  constructor(
    deployed: readonly Deployed[],
    private readonly factsOf: (of: Deployed) => Facts,
  ) {
    for (const provider of deployed) {
      const { groups = [], storageClasses = [] } = provider.component.provides;
      for (const group of groups) this.byThing.set(`group ${group}`, provider);
      for (const name of storageClasses) this.byThing.set(`StorageClass ${name}`, provider);
      for (const owned of factsOf(provider).owns) this.byThing.set(owned, provider);
    }
    this.secrets = deployed.find(({ name }) => name === 'cluster-secrets');
  }

  /** Everything that `consumer` needs of others, in a fixed order. */
  neededBy(consumer: Deployed): Needs {
    const facts = this.factsOf(consumer);
    const of = new Map<Deployed, Reason[]>();
    const unprovided: string[] = [];
    const note = (provider: Deployed | undefined, reason: Reason): void => {
      if (!provider || provider === consumer) return;
      const known = of.get(provider);
      if (known) known.push(reason);
      else of.set(provider, [reason]);
    };
    const needs = (provider: Deployed | undefined, text: string): void => note(provider, { how: 'needs', text });

    for (const [group, kinds] of facts.kinds) {
      if (isBuiltIn(group)) continue;
      const provider = this.byThing.get(`group ${group}`);
      if (!provider) unprovided.push(`the CRDs of ${group}`);
      for (const kind of kinds) needs(provider, kind);
    }
    for (const name of facts.namespaces) {
      const provider = this.byThing.get(`Namespace ${name}`);
      if (!provider && !MADE_BY_KUBERNETES.has(name)) unprovided.push(`namespace ${name}`);
      if (!facts.owns.has(`Namespace ${name}`)) needs(provider, `namespace ${name}`);
    }
    const secrets = consumer.secrets.filter(({ optional }) => optional === undefined).map(({ name }) => name);
    if (secrets.length > 0 && !this.secrets) unprovided.push(`its Secret${secrets.length > 1 ? 's' : ''} ${secrets.join(', ')}`);
    if (secrets.length > 0) needs(this.secrets, `Secret${secrets.length > 1 ? 's' : ''} ${secrets.join(' ')}`);
    for (const name of substituted(consumer, facts.storageClasses)) needs(this.byThing.get(`StorageClass ${name}`), `StorageClass ${name}`);
    for (const name of substituted(consumer, facts.refersTo)) {
      if (!facts.owns.has(name)) note(this.byThing.get(name), { how: 'names', text: name.replace(/ .*\//, ' ') });
    }
    for (const [namespace, ports] of facts.peers) {
      const named = [...ports].filter((port) => port !== '');
      const text = named.length === 0 ? `pods of ${namespace}` : `${namespace}:${named.join('/')}`;
      note(this.byThing.get(`Namespace ${namespace}`), { how: 'connects', text });
    }
    return { of, unprovided };
  }
}

/** There from the start; `flux-system` is made by the bootstrap, kube-system is labelled but not made by a component. */
const MADE_BY_KUBERNETES: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

function substituted(consumer: Deployed, names: ReadonlySet<string>): ReadonlySet<string> {
  const variables: Readonly<Record<string, string | undefined>> = { ...consumer.cluster.variables };
  const value = (name: string) => name.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, key) => variables[key] ?? whole);
  return new Set([...names].map((name) => (name.includes('${') ? value(name) : name)));
}
