import type { GitRepositorySpec } from '../../imports/source.toolkit.fluxcd.io';
import type { KustomizationSpec } from '../../imports/kustomize.toolkit.fluxcd.io';
import type { Cluster } from './cluster';
import { isClusterSecrets } from './cluster-secrets';
import type { ForeignSource } from './component';
import type { Emitted } from './component-files';
import type { Deployed } from './deployed';
import type { Facts } from './facts';
import { type Finding, Refused } from './finding';
import { header } from './header';
import { Manifest } from './manifest';
import type { Plain } from './plain';
import { reasonsFor } from './reasons';
import type { File } from './tree';
import { documents, toYaml } from './yaml';

/** What layout knows of a deployed component. */
export interface Content {
  readonly objects: readonly Emitted[];
  readonly facts: Facts;
}

/** The spec of a Flux Kustomization, as generated from its CRD. */
type FluxKustomizationSpec = Plain<KustomizationSpec>;

/**
 * `clusters/<cluster>/infrastructure.yaml`: every Flux Kustomization of the cluster in the order of its bootstrap, each edge
 * with its reason. Findings: an edge without a reason, an undefined variable.
 */
export function infrastructureFile(cluster: Cluster, contentOf: (deployed: Deployed) => Content): File {
  const factsOf = (deployed: Deployed): Facts => contentOf(deployed).facts;
  const notes = new Map<object, string>();
  const findings: Finding[] = [];
  const sources = new Set<string>();
  const objects = cluster.deployed.flatMap((deployed) => {
    const dependsOn = deployed.dependsOn.map((other) => {
      const entry = { name: other.name };
      const reasons = reasonsFor(deployed, other, factsOf);
      if (reasons.length === 0) findings.push(noReason(deployed, other));
      notes.set(entry, reasons.map((reason) => reason.text).join(', '));
      return entry;
    });
    findings.push(...undefinedVariables(deployed, factsOf(deployed).variables));
    const kustomization = fluxKustomization(deployed, dependsOn, contentOf(deployed));
    const { source } = deployed.component;
    if (!source || sources.has(source.name)) return [kustomization];
    sources.add(source.name);
    return [gitRepository(source), kustomization];
  });
  if (findings.length > 0) throw new Refused(findings);
  return { text: `${header(cluster.sourceFile)}${documents(objects, notes)}`, objects, source: cluster.sourceFile };
}

/** Path of a deployed component, relative to the root of its source. */
export function pathOf(deployed: Deployed): string {
  const { component, cluster } = deployed;
  if (component.source) return component.source.path;
  return `./${isClusterSecrets(component) ? `${cluster.directory}/secrets` : component.directory}`;
}

function fluxKustomization(deployed: Deployed, dependsOn: readonly { readonly name: string }[], content: Content) {
  const { component } = deployed;
  const health = healthChecks(content.objects);
  const patches = deployed.patches.map((patch) => patch.toJson(toYaml));
  const spec: FluxKustomizationSpec = {
    ...(dependsOn.length > 0 && { dependsOn }),
    interval: '5m',
    retryInterval: '1m', // Flux's default is the interval: a failed attempt would cost five minutes
    path: pathOf(deployed),
    prune: false, // a folder that goes missing must not take a database with it
    sourceRef: { kind: 'GitRepository', name: component.source?.name ?? 'flux-system' },
    wait: component.wait,
    timeout: component.timeout,
    ...(isClusterSecrets(component) && { decryption: { provider: 'sops', secretRef: { name: 'sops-age' } } }),
    ...(component.wait && health.length > 0 && { healthCheckExprs: health }),
    ...(content.facts.variables.size > 0 && { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-config' }] } }),
    ...(patches.length > 0 && { patches }),
  };
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: deployed.name, namespace: 'flux-system' },
    spec,
  };
}

function healthChecks(objects: readonly Emitted[]): NonNullable<FluxKustomizationSpec['healthCheckExprs']> {
  const byKind = new Map<string, NonNullable<FluxKustomizationSpec['healthCheckExprs']>[number]>();
  for (const { construct } of objects) {
    if (!(construct instanceof Manifest) || !construct.health) continue;
    const { apiVersion, kind, health } = construct;
    byKind.set(`${apiVersion} ${kind}`, { apiVersion, kind, current: health.current, ...(health.failed !== undefined && { failed: health.failed }) });
  }
  return [...byKind.values()];
}

function gitRepository(source: ForeignSource) {
  const spec: Plain<GitRepositorySpec> = { interval: '24h', url: source.url, ref: { tag: source.tag }, ignore: source.ignore };
  return { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata: { name: source.name, namespace: 'flux-system' }, spec };
}

function undefinedVariables(deployed: Deployed, used: ReadonlySet<string>): readonly Finding[] {
  const { cluster, component } = deployed;
  return [...used].filter((name) => !Object.hasOwn(cluster.variables, name)).map((name) => ({
    rule: 'undefined-variable',
    file: component.sourceFile,
    what: `\${${name}} has no value in ${cluster.name}`,
    where: `${deployed.name} in ${cluster.name}`,
    why: 'Flux refuses to apply a Flux Kustomization that uses an undefined variable, and everything after it waits',
    fix: `add ${name} to the variables in ${cluster.sourceFile}; if it is not meant for Flux, write $\${${name}}`,
  }));
}

function noReason(deployed: Deployed, other: Deployed): Finding {
  return {
    rule: 'edge-without-reason',
    file: deployed.component.sourceFile,
    what: `nothing in ${deployed.name} shows why it waits for ${other.name}`,
    where: `${deployed.name} in ${deployed.cluster.name}, dependsOn ${other.name}`,
    why: 'an edge that nobody can explain is never removed, and each one makes the bootstrap slower',
    fix: `remove it, or say why in the component: because: { '${other.name}': '…' }`,
  };
}
