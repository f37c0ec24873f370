import type { Cluster } from './cluster';
import { Cluster as ClusterConstruct } from './cluster';
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

/** Every file of the repository, sorted by path. Pure: nothing is written here. Findings come all at once. */
export function layout(repo: FluxRepo): Tree {
  const components = repo.components.node.children.filter((child): child is AnyComponent => child instanceof Component);
  const clusters = repo.clusters.node.children.filter((child): child is Cluster => child instanceof ClusterConstruct);
  const built = new Map<AnyComponent, ComponentFiles>();
  const files = new Map<string, File>();
  const findings: Finding[] = [];
  const attempt = (make: () => void): void => {
    try {
      make();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      findings.push(...error.findings);
    }
  };
  const add = (more: ReadonlyMap<string, File>): void => {
    for (const [path, file] of more) {
      const other = files.get(path);
      if (other) findings.push(duplicatePath(path, file, other));
      else files.set(path, file);
    }
  };

  for (const component of components) {
    attempt(() => {
      const made = componentFiles(component);
      built.set(component, made);
      if (!component.source && !isClusterSecrets(component)) add(made.files);
    });
  }
  if (findings.length > 0) throw new Refused(findings);

  const contentOf = (deployed: Deployed): Content => built.get(deployed.component) ?? NOTHING;
  for (const cluster of clusters) {
    attempt(() => add(clusterFiles(cluster)));
    attempt(() => add(new Map([[`${cluster.directory}/infrastructure.yaml`, infrastructureFile(cluster, contentOf)]])));
    if (cluster.deployed.some(({ component }) => isClusterSecrets(component))) {
      attempt(() => add(secretFiles(cluster, namespacesOf(cluster, contentOf))));
    }
  }
  findings.push(
    ...variableFindings(
      clusters,
      [...built.values()].map(({ facts }) => facts),
    ),
  );
  const source = clusters[0]?.sourceFile ?? 'src/clusters';
  add(new Map([['.sops.yaml', { text: `${header('src/clusters')}${sopsConfig(clusters)}`, objects: [], source }]]));
  if (findings.length > 0) throw new Refused(findings);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
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
