import { charts } from '../../src/charts';

/* Documents of a case for the rule tester, each a line: for rules that look at releases, policies and several Flux Kustomizations at once. */

/** A case of these documents; those of one file belong together. */
export function cluster(...documents: readonly string[]): string {
  return documents.join('\n---\n');
}

/** A Flux Kustomization of `namespaces/<name>` that waits. `dependsOn` is a list of names; other fields are those of its spec. */
export function flux(
  name: string,
  { dependsOn = [], ...spec }: { readonly dependsOn?: readonly string[]; readonly [field: string]: unknown } = {},
): string {
  return document('clusters/test/infrastructure.yaml', {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: {
      interval: '5m',
      path: `./namespaces/${name}`,
      prune: false,
      wait: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
      ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((one) => ({ name: one })) }),
      ...spec,
    },
  });
}

/**
 * An object in `namespaces/<folder>/`.
 *
 * @param name `ferry/redis`, or `redis` for what lives in no namespace
 * @param fields its spec and whatever else it has; metadata is added to
 */
export function object(
  folder: string,
  apiVersion: string,
  kind: string,
  name: string,
  fields: { readonly metadata?: object; readonly [field: string]: unknown } = {},
): string {
  const [first = '', second] = name.split('/');
  const { metadata, ...rest } = fields;
  const named = second === undefined ? { name: first } : { name: second, namespace: first };
  return document(`namespaces/${folder}/${kind.toLowerCase()}-${second ?? first}.yaml`, {
    apiVersion,
    kind,
    metadata: { ...named, ...metadata },
    ...rest,
  });
}

/** A HelmRelease of the chart of that name, in the version whose facts are known, in the namespace of its folder's name. */
export function release(folder: string, chart: string, values: object = {}, spec: object = {}): string {
  const version = charts.find((facts) => facts.chart === chart)?.version;
  return object(folder, 'helm.toolkit.fluxcd.io/v2', 'HelmRelease', `${folder}/${chart}`, {
    spec: {
      interval: '1h',
      chart: { spec: { chart, ...(version !== undefined && { version }), sourceRef: { kind: 'HelmRepository', name: chart } } },
      ...spec,
      values,
    },
  });
}

/** A Namespace in `namespaces/<folder>/`. */
export function namespace(folder: string, name = folder, metadata: object = {}): string {
  return object(folder, 'v1', 'Namespace', name, { metadata });
}

/** A CiliumNetworkPolicy in `namespaces/<folder>/`, in the namespace of that name. */
export function policy(folder: string, name: string, spec: object): string {
  return object(folder, 'cilium.io/v2', 'CiliumNetworkPolicy', `${folder}/${name}`, { spec });
}

/** A CiliumClusterwideNetworkPolicy in `namespaces/<folder>/`. */
export function clusterwide(folder: string, name: string, spec: object): string {
  return object(folder, 'cilium.io/v2', 'CiliumClusterwideNetworkPolicy', name, { spec });
}

function document(path: string, content: object): string {
  return `# ${path}\n${JSON.stringify(content)}`;
}
