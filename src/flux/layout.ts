import { Cluster } from './cluster';
import { clusterFiles } from './cluster-files';
import { isClusterSecrets, secretFiles, sopsConfig } from './cluster-secrets';
import { type AnyComponent, Component } from './component';
import { type ComponentFiles, componentFiles } from './component-files';
import type { Deployed } from './deployed';
import { factsOf } from './facts';
import { type Finding, Refused } from './finding';
import { header } from './header';
import { type Content, infrastructureFile } from './infrastructure';
import type { KubernetesObject } from './manifest';
import type { FluxRepo } from './repo';
import type { File, Tree } from './tree';
import { variableFindings } from './variable-use';

/** What comes out, and all that is wrong with it. */
export interface Draft {
  /** Every file of the repository, sorted by path. */
  readonly tree: Tree;
  readonly findings: readonly Finding[];
  /** Whether every component came out: otherwise what the others need of it is missing for no fault of theirs. */
  readonly complete: boolean;
  /** What the patches of all clusters say, by their text without space around it. */
  readonly patchBodies: ReadonlyMap<string, object>;
}

/** Every file of the repository, sorted by path. Pure: nothing is written here. Throws all findings at once. */
export function layout(repo: FluxRepo): Tree {
  const { tree, findings } = draft(repo);
  if (findings.length > 0) throw new Refused(findings);
  return tree;
}

/** The same, findings and all. What cannot be told because of a finding is left out: who misses what, if a component did not come out. */
export function draft(repo: FluxRepo): Draft {
  const components = repo.components.node.children.filter((child): child is AnyComponent => child instanceof Component);
  const clusters = repo.clusters.node.children.filter((child) => child instanceof Cluster);
  const built = new Map<AnyComponent, ComponentFiles>();
  const files = new Map<string, File>();
  const findings: Finding[] = [];
  const patchBodies = new Map<string, object>();
  const attempt = (make: () => void): void => {
    try {
      make();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      findings.push(...error.findings);
    }
  };
  const add = (path: string, file: File): void => {
    const other = files.get(path);
    if (other) findings.push(duplicatePath(path, file, other));
    else files.set(path, file);
  };

  for (const component of components) {
    attempt(() => {
      const made = componentFiles(component);
      built.set(component, made);
      if (!component.source && component.ownsFolder) for (const [path, file] of made.files) add(path, file);
    });
  }
  const contentOf = (deployed: Deployed): Content => built.get(deployed.component) ?? NOTHING;
  for (const cluster of clusters) {
    for (const [path, file] of clusterFiles(cluster)) add(path, file);
    const infrastructure = infrastructureFile(cluster, contentOf);
    add(`${cluster.directory}/infrastructure.yaml`, infrastructure.file);
    for (const [text, body] of infrastructure.patchBodies) patchBodies.set(text, JSON.parse(JSON.stringify(body))); // as the text has it
    if (cluster.deployed.some(({ component }) => !built.has(component))) continue;
    findings.push(...infrastructure.findings);
    if (!cluster.deployed.some(({ component }) => isClusterSecrets(component))) continue;
    attempt(() => {
      for (const [path, file] of secretFiles(cluster, namespacesOf(cluster, contentOf))) add(path, file);
    });
  }
  const facts = [...built.values()].map((made) => made.facts);
  findings.push(...variableFindings(clusters, facts, built.size === components.length));
  add('.sops.yaml', { text: `${header('src/clusters')}${sopsConfig(clusters)}`, objects: [], source: 'src/clusters' });
  return {
    tree: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    findings,
    complete: built.size === components.length,
    patchBodies,
  };
}

const NOTHING: Content = { objects: [], facts: factsOf([]) };

function namespacesOf(cluster: Cluster, contentOf: (deployed: Deployed) => Content): ReadonlyMap<string, KubernetesObject> {
  return new Map(
    cluster.deployed
      .flatMap((deployed) => contentOf(deployed).objects)
      .filter(({ object }) => object.kind === 'Namespace')
      .map(({ construct, object }) => [construct.name, object]),
  );
}

function duplicatePath(path: string, file: File, other: File): Finding {
  return {
    rule: 'duplicate-path',
    file: path,
    what: `two sources emit ${path}`,
    where: `${other.source} and ${file.source}`,
    why: 'only one of the two would be on disk, and nobody could say which',
    fix: 'give one of the two constructs another id, or one of the components another directory',
  };
}
