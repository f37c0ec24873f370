import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { Cluster, Deployed, declaredSecrets, layout } from '../src/flux';
import { depths } from '../src/graph';
import { platform } from '../src/platform';

/*
 * The specification, held against what comes out: every Flux Kustomization and every edge of the bootstrap graph, and the tables
 * of paths, timeouts, variables and Secrets.
 */

interface GraphEntry {
  readonly name: string;
  readonly layer: number;
  readonly path?: string;
  readonly source?: string;
  readonly decryption?: string;
  readonly clusters?: readonly string[];
  readonly spec: readonly string[];
  readonly added?: Readonly<Record<string, string>>;
  readonly policies?: string;
}

interface Tables {
  readonly kustomizations: Readonly<Record<string, { path: string; timeout: string; wait: boolean; variables: readonly string[] }>>;
  readonly releases: Readonly<Record<string, Release>>;
  readonly secrets: Readonly<
    Record<string, { type: string; labels?: Readonly<Record<string, string>>; keys: readonly string[]; clusters: readonly string[] }>
  >;
}

interface Release {
  readonly chart: string;
  readonly version: string;
  readonly repository: string;
  readonly url: string;
  readonly crds: string;
  readonly failure: string;
}

interface FluxKustomization {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: {
    readonly dependsOn?: readonly { readonly name: string }[];
    readonly interval: string;
    readonly retryInterval: string;
    readonly path: string;
    readonly prune: boolean;
    readonly sourceRef: { readonly kind: string; readonly name: string };
    readonly wait: boolean;
    readonly timeout: string;
    readonly decryption?: { readonly provider: string; readonly secretRef: { readonly name: string } };
    readonly postBuild?: { readonly substituteFrom: readonly { readonly kind: string; readonly name: string }[] };
  };
}

const read = <T>(name: string): T => parse(readFileSync(join(__dirname, 'spec', name), 'utf8'));
const graph = read<{ kustomizations: readonly GraphEntry[] }>('graph.yaml').kustomizations;
const tables = read<Tables>('tables.yaml');

const repo = platform();
const tree = layout(repo);
const clusters = repo.clusters.node.children.filter((child) => child instanceof Cluster);
const here = (cluster: string) => graph.filter((entry) => entry.clusters?.includes(cluster) ?? true);
const emitted = (cluster: string): ReadonlyMap<string, FluxKustomization> => {
  const documents = parseAllDocuments(tree.get(`clusters/${cluster}/infrastructure.yaml`)?.text ?? '').map(
    (document): FluxKustomization => document.toJS(),
  );
  return new Map(documents.filter(({ kind }) => kind === 'Kustomization').map((one) => [one.metadata.name, one]));
};

test('the three clusters are there', () => {
  expect(clusters.map(({ name }) => name)).toEqual(['local-kube', 'staging', 'production']);
});

describe.each(['local-kube', 'staging', 'production'])('%s', (cluster) => {
  const kustomizations = emitted(cluster);

  test('has exactly the Flux Kustomizations of the graph', () => {
    expect([...kustomizations.keys()].sort()).toEqual(
      here(cluster)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test.each(here(cluster))('$name has the fields of the specification', (entry) => {
    const { path, timeout, wait, variables } = tables.kustomizations[entry.name] ?? fail(entry.name);
    const { metadata, spec } = kustomizations.get(entry.name) ?? fail(entry.name);
    expect(metadata.namespace).toBe('flux-system');
    expect(spec).toMatchObject({
      interval: '5m',
      retryInterval: '1m',
      path: (entry.path ?? path).replace('<c>', cluster),
      prune: false,
      sourceRef: { kind: 'GitRepository', name: entry.source ?? 'flux-system' },
      wait,
      timeout,
    });
    expect(path.replace('<c>', cluster)).toBe(spec.path);
    expect(spec.decryption).toEqual(entry.decryption && { provider: 'sops', secretRef: { name: entry.decryption } });
    expect(spec.postBuild).toEqual(variables.length > 0 ? { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-config' }] } : undefined);
  });

  test.each(here(cluster))('$name has the edges of the graph, and no others', (entry) => {
    const edges = kustomizations.get(entry.name)?.spec.dependsOn?.map(({ name }) => name) ?? [];
    expect([...edges].sort()).toEqual([...entry.spec, ...Object.keys(entry.added ?? {})].sort());
  });

  test('no edge leads to the same or a later layer, but for the one of the specification', () => {
    const layer = new Map(graph.map((entry) => [entry.name, entry.layer]));
    const wrong = [...kustomizations].flatMap(([name, { spec }]) =>
      (spec.dependsOn ?? []).filter((to) => (layer.get(to.name) ?? 9) >= (layer.get(name) ?? 0)).map((to) => `${name} -> ${to.name}`),
    );
    expect(wrong).toEqual(['gatekeeper-constraint-templates -> gatekeeper-system']);
  });

  test('the computed depths agree with the layers: whoever is deeper never stands in an earlier layer than what it waits for', () => {
    const edges = new Map([...kustomizations].map(([name, { spec }]) => [name, (spec.dependsOn ?? []).map((to) => to.name)]));
    const depth = depths(edges);
    const roots = [...depth]
      .filter(([, at]) => at === 0)
      .map(([name]) => name)
      .sort();
    expect(roots).toEqual(
      here(cluster)
        .filter(({ layer }) => layer <= 1)
        .map(({ name }) => name)
        .sort(),
    );
    for (const [name, to] of edges) for (const other of to) expect(depth.get(other)).toBeLessThan(depth.get(name) ?? 0);
  });

  test('stands in bootstrap order: the layers of the file never go down', () => {
    const layer = new Map(graph.map((entry) => [entry.name, entry.layer]));
    const order = [...kustomizations.keys()].map((name) => layer.get(name) ?? 9);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  test('every edge carries its reason', () => {
    const text = tree.get(`clusters/${cluster}/infrastructure.yaml`)?.text ?? '';
    const blocks = [...text.matchAll(/^ {2}dependsOn:\n((?: {4}- .*\n)+)/gm)].flatMap(([, lines = '']) => lines.trimEnd().split('\n'));
    expect(blocks.length).toBe([...kustomizations.values()].reduce((sum, { spec }) => sum + (spec.dependsOn?.length ?? 0), 0));
    expect(blocks.filter((line) => !/^ {4}- name: [a-z0-9-]+ {2}# \S/.test(line))).toEqual([]);
  });

  test('declares exactly the Secrets of the table, with their types, labels and keys', () => {
    const expected = Object.entries(tables.secrets).filter(([, secret]) => secret.clusters.includes(cluster));
    const declared = declaredSecrets(clusters.find(({ name }) => name === cluster) ?? fail(cluster));
    const described = declared.map(({ namespace, name, type, labels, keys }) => [
      `${namespace}/${name}`,
      { type, labels, keys: [...keys] },
    ]);
    expect(Object.fromEntries(described)).toEqual(
      Object.fromEntries(expected.map(([name, { type, labels = {}, keys }]) => [name, { type, labels, keys }])),
    );
  });

  test('uses exactly the variables of the table', () => {
    for (const [name, { variables }] of Object.entries(tables.kustomizations)) {
      const deployed = clusters.flatMap((one) => (one.name === cluster ? one.deployed : [])).find((one) => one.name === name);
      if (!(deployed instanceof Deployed) || deployed.component.source) continue;
      const folder = `${deployed.component.directory}/`;
      const nested = clusters
        .flatMap((one) => one.deployed.map(({ component }) => `${component.directory}/`))
        .filter((other) => other !== folder);
      const own = [...tree].filter(
        ([path]) => path.startsWith(folder) && !nested.some((other) => other.length > folder.length && path.startsWith(other)),
      );
      const used = new Set(own.flatMap(([, { text }]) => [...text.matchAll(/(?<!\$)\$\{([A-Z0-9_]+)\}/g)].map(([, variable]) => variable)));
      expect({ name, used: [...used].sort() }).toEqual({ name, used: [...variables].sort() });
    }
  });
});

test('each component that the graph gives policies has the folder, and its list says who applies it', () => {
  for (const { name, policies } of graph) {
    const directory = clusters[0]?.deployed.find((one) => one.name === name)?.component.directory ?? `namespaces/${name}`;
    const folder = [...tree.keys()].filter((path) => path.startsWith(`${directory}/cilium-network-policies/`));
    if (name === 'linkerd') {
      expect(tree.has('namespaces/linkerd/network-policy-allow-control-plane.yaml')).toBe(true); // where the specification has it
      continue;
    }
    expect({ name, folder: folder.length > 0 }).toEqual({ name, folder: policies !== undefined });
    const list = parse(tree.get(`${directory}/kustomization.yaml`)?.text ?? 'resources: []');
    expect({ name, listed: list.resources.includes('cilium-network-policies') }).toEqual({ name, listed: policies === 'own' });
  }
});

test('has exactly the releases of the table, from their repositories, with their versions, CRDs and remediation', () => {
  const objects = [...tree].flatMap(([path, { text }]) =>
    path.startsWith('namespaces/') ? [parse(text.replaceAll(/^---$[\s\S]*/gm, ''))] : [],
  );
  const repositories = new Map(objects.filter(({ kind }) => kind === 'HelmRepository').map(({ metadata, spec }) => [metadata.name, spec]));
  const releases = objects
    .filter(({ kind }) => kind === 'HelmRelease')
    .map(({ metadata, spec }): readonly [string, Release] => {
      const { chart, version, sourceRef } = spec.chart.spec;
      const { url, type } = repositories.get(sourceRef.name);
      expect({ url, oci: type === 'oci' }).toEqual({ url, oci: url.startsWith('oci://') });
      expect({ ...spec.install, crds: undefined }).toEqual({ ...spec.upgrade, crds: undefined });
      const failure = spec.install.strategy ? 'retry' : 'default';
      expect(spec.install).toMatchObject(
        failure === 'retry' ? { strategy: { name: 'RetryOnFailure', retryInterval: '2m' } } : { remediation: { retries: 3 } },
      );
      expect(spec.upgrade.crds).toBe(spec.install.crds);
      return [
        `${metadata.namespace}/${metadata.name}`,
        { chart, version, repository: sourceRef.name, url, crds: spec.install.crds, failure },
      ];
    });
  expect(Object.fromEntries(releases)).toEqual(tables.releases);
});

function fail(what: string): never {
  throw new Error(`no ${what}`);
}
