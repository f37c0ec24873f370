import type { KustomizationSpec } from '../../imports/kustomize.toolkit.fluxcd.io';
import type { GitRepositorySpec } from '../../imports/source.toolkit.fluxcd.io';
import type { Cluster } from './cluster';
import { isClusterSecrets } from './cluster-secrets';
import type { ForeignSource } from './component';
import type { Emitted } from './component-files';
import type { Deployed } from './deployed';
import type { Facts } from './facts';
import type { Finding } from './finding';
import { header } from './header';
import {
  badPatch,
  missingEdge,
  noReason,
  type PatchOutcome,
  patchOutcome,
  undefinedVariables,
  unprovided,
  unreadableVariable,
} from './infrastructure-findings';
import { type KubernetesObject, Manifest } from './manifest';
import type { Patch } from './patch';
import type { Plain } from './plain';
import { edgeComment, Providers } from './reasons';
import { noSubstitutions, readSubstitutions, type Substitutions } from './substitutions';
import type { File } from './tree';
import { documents, NotYaml, toYaml } from './yaml';

/** `infrastructure.yaml` of a cluster, what its patches say, and what is wrong with it. */
export interface Infrastructure extends Pick<PatchOutcome, 'findings'> {
  readonly file: File;
  /** What each patch says, by its text without space around it. */
  readonly patchBodies: ReadonlyMap<string, object>;
}

/** What layout knows of a deployed component. */
export interface Content {
  readonly objects: readonly Emitted[];
  readonly facts: Facts;
}

/** The spec of a Flux Kustomization, as generated from its CRD. */
type FluxKustomizationSpec = Plain<KustomizationSpec>;

/**
 * `clusters/<cluster>/infrastructure.yaml`: every Flux Kustomization of the cluster in the order of its bootstrap, each edge
 * with its reason. Findings: an edge without a reason, a missing edge, something nothing brings, an undefined variable.
 */
export function infrastructureFile(cluster: Cluster, contentOf: (deployed: Deployed) => Content): Infrastructure {
  const factsOf = (deployed: Deployed): Facts => contentOf(deployed).facts;
  const providers = new Providers(cluster.deployed, factsOf);
  const notes = new Map<object, string>();
  const findings: Finding[] = [];
  const sources = new Set<string>();
  const patchBodies = new Map<string, object>();
  const write = (body: object): string => {
    const text = toYaml(body);
    patchBodies.set(text.trim(), body);
    return text;
  };
  const objects = cluster.deployed.flatMap((deployed) => {
    const needs = providers.neededBy(deployed);
    const dependsOn = deployed.dependsOn.map((other) => {
      const entry = { name: other.name };
      const reason = edgeComment(needs.of.get(other) ?? [], deployed.component.because[other.name]);
      if (reason === undefined) findings.push(noReason(deployed, other));
      else notes.set(entry, reason);
      return entry;
    });
    for (const [other, reasons] of needs.of) {
      if (!deployed.dependsOn.includes(other) && reasons.some(({ how }) => how === 'needs'))
        findings.push(missingEdge(deployed, other, reasons));
    }
    findings.push(...needs.unprovided.map((thing) => unprovided(deployed, thing)));
    const outcome = patchOutcome(deployed, contentOf(deployed).objects);
    findings.push(...outcome.findings);
    const patches = deployed.patches.flatMap((patch) =>
      written(patch, outcome.before.get(patch), write, (what) => findings.push(badPatch(deployed, patch, what))),
    );
    const found = substitutionsOf(factsOf(deployed), patches);
    const substituted = found.variables.size > 0 || found.escapes;
    findings.push(...undefinedVariables(deployed, found.variables));
    if (substituted) findings.push(...[...found.unreadable].map((text) => unreadableVariable(deployed, text)));
    const kustomization = fluxKustomization(deployed, dependsOn, healthChecks(contentOf(deployed).objects), substituted, patches);
    const { source, sourceFile } = deployed.component;
    notes.set(kustomization, sourceFile); // half of what stands in it comes from there
    if (!source || sources.has(source.name)) return [kustomization];
    sources.add(source.name);
    const repository = gitRepository(source);
    notes.set(repository, sourceFile);
    return [repository, kustomization];
  });
  const text = `${header(cluster.sourceFile)}${documents(objects, notes)}`;
  return { file: { text, objects, source: cluster.sourceFile }, findings, patchBodies };
}

/** What Flux would find to substitute in the objects and in the patches. */
function substitutionsOf({ substitutions }: Facts, patches: readonly { readonly patch: string }[]): Substitutions {
  const { variables, escapes, unreadable } = substitutions;
  const found = { ...noSubstitutions(), escapes };
  for (const name of variables) found.variables.add(name);
  for (const text of unreadable) found.unreadable.add(text);
  for (const { patch } of patches) readSubstitutions(patch, found);
  return found;
}

/** The entry of `spec.patches`; none, and a report, for a value that YAML cannot hold. */
function written(
  patch: Patch,
  before: KubernetesObject | undefined,
  write: (body: object) => string,
  report: (what: string) => void,
): readonly ReturnType<Patch['toJson']>[] {
  if (!before) return []; // nothing made its object: said already
  try {
    return [patch.toJson(before, write)];
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    report(error.message);
    return [];
  }
}

/** Path of a deployed component, relative to the root of its source. */
function pathOf(deployed: Deployed): string {
  const { component, cluster } = deployed;
  if (component.source) return component.source.path;
  return `./${isClusterSecrets(component) ? `${cluster.directory}/secrets` : component.directory}`;
}

function fluxKustomization(
  deployed: Deployed,
  dependsOn: NonNullable<FluxKustomizationSpec['dependsOn']>,
  health: HealthChecks,
  substituted: boolean,
  patches: NonNullable<FluxKustomizationSpec['patches']>,
) {
  const { component } = deployed;
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
    ...(substituted && { postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-config' }] } }),
    ...(patches.length > 0 && { patches }),
  };
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: deployed.name, namespace: 'flux-system' },
    spec,
  };
}

type HealthChecks = NonNullable<FluxKustomizationSpec['healthCheckExprs']>;

function healthChecks(objects: readonly Emitted[]): HealthChecks {
  const byKind = new Map<string, HealthChecks[number]>();
  for (const { construct } of objects) {
    if (!(construct instanceof Manifest) || !construct.health) continue;
    const { apiVersion, kind, health } = construct;
    byKind.set(`${apiVersion} ${kind}`, {
      apiVersion,
      kind,
      current: health.current,
      ...(health.failed !== undefined && { failed: health.failed }),
    });
  }
  return [...byKind.values()];
}

function gitRepository(source: ForeignSource) {
  const spec: Plain<GitRepositorySpec> = { interval: '24h', url: source.url, ref: { tag: source.tag }, ignore: source.ignore };
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: source.name, namespace: 'flux-system' },
    spec,
  };
}
