/** Fields of `spec` that a case changes; undefined takes one away. */
export type SpecChanges = Readonly<Record<string, unknown>>;

const SPEC = {
  interval: '5m',
  retryInterval: '1m',
  timeout: '10m',
  prune: false,
  wait: true,
  sourceRef: { kind: 'GitRepository', name: 'flux-system' },
};

/**
 * A case for the rule tester: one cluster with these Flux Kustomizations, by name, in clusters/test/infrastructure.yaml. Each builds
 * namespaces/<name>, which holds a ConfigMap where no document lies in it.
 *
 * @param documents more of them, each with its comment `# namespaces/ferry/release.yaml` first
 */
export function clusterCase(kustomizations: Readonly<Record<string, SpecChanges>>, ...documents: readonly string[]): string {
  const all = Object.entries(kustomizations).flatMap(([name, changes]) => {
    const spec = { ...SPEC, path: `./namespaces/${name}`, ...changes };
    const own = documents.some((text) => text.includes(`# namespaces/${name}/`)) || changes['path'] !== undefined;
    return [fluxKustomization(name, spec), ...(own ? [] : [configMap(name)])];
  });
  return [...all, ...documents.map((text) => text.trim())].join('\n---\n');
}

function fluxKustomization(name: string, spec: SpecChanges): string {
  return [
    '# clusters/test/infrastructure.yaml',
    'apiVersion: kustomize.toolkit.fluxcd.io/v1',
    'kind: Kustomization',
    `metadata: { name: ${name}, namespace: flux-system }`,
    `spec: ${JSON.stringify(spec)}`,
  ].join('\n');
}

/** A ConfigMap of that name in namespace default, as the only manifest of namespaces/<name>. */
export function configMap(name: string): string {
  return [
    `# namespaces/${name}/config-map.yaml`,
    'apiVersion: v1',
    'kind: ConfigMap',
    `metadata: { name: ${name}, namespace: default }`,
    'data: { key: value }',
  ].join('\n');
}

/** A HelmRelease of chart <name> from its own HelmRepository in namespaces/<folder>. */
export function helmRelease(folder: string, name: string, spec: SpecChanges = {}): string {
  const whole = {
    interval: '30m',
    chart: { spec: { chart: name, version: '1.2.x', sourceRef: { kind: 'HelmRepository', name } } },
    ...spec,
  };
  return [
    `# namespaces/${folder}/${name}.yaml`,
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    `metadata: { name: ${name}, namespace: ${folder} }`,
    `spec: ${JSON.stringify(whole)}`,
  ].join('\n');
}
