import type { ConfigMap } from '../../imports/k8s';
import type { KustomizationSpec } from '../../imports/kustomize.toolkit.fluxcd.io';
import type { GitRepositorySpec } from '../../imports/source.toolkit.fluxcd.io';
import type { Cluster } from './cluster';
import { kustomizationFile } from './component-files';
import { header } from './header';
import type { KubernetesObject } from './manifest';
import type { Plain } from './plain';
import type { File } from './tree';
import { documents } from './yaml';

/** Flux's own files of a cluster: what the root Kustomization owns, its variables, and how Flux reads the repository. */
export function clusterFiles(cluster: Cluster): ReadonlyMap<string, File> {
  const { directory, sourceFile } = cluster;
  return new Map([
    // Without this list Flux would sweep every YAML below: ciphertext as Secrets, a ClusterIssuer before its CRD.
    file(sourceFile, `${directory}/kustomization.yaml`, kustomizationFile(['flux-system', 'cluster-config.yaml', 'infrastructure.yaml'])),
    file(sourceFile, `${directory}/cluster-config.yaml`, clusterConfig(cluster)),
    file(PLATFORM, `${directory}/flux-system/kustomization.yaml`, kustomizationFile(['gotk-sync.yaml'])),
    file(PLATFORM, `${directory}/flux-system/gotk-sync.yaml`, ...sync(cluster)),
  ]);
}

/** Where the repository's address and branch stand. */
const PLATFORM = 'src/platform.ts';

function file(source: string, path: string, ...objects: readonly KubernetesObject[]): readonly [string, File] {
  return [path, { text: `${header(source)}${documents(objects)}`, objects, source }];
}

function clusterConfig(cluster: Cluster): KubernetesObject {
  const metadata = {
    name: 'cluster-config',
    namespace: 'flux-system',
    labels: { 'reconcile.fluxcd.io/watch': 'Enabled' }, // without it a changed value reaches its users an interval late
  };
  const configMap: ConfigMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { ...cluster.variables } };
  return configMap;
}

function sync(cluster: Cluster): readonly KubernetesObject[] {
  const { repo, directory } = cluster;
  const metadata = { name: 'flux-system', namespace: 'flux-system' };
  const repository: Plain<GitRepositorySpec> = {
    interval: '1m',
    ref: { branch: repo.branch },
    secretRef: { name: 'flux-system' },
    url: repo.url,
  };
  const root: Plain<KustomizationSpec> = {
    interval: '5m',
    retryInterval: '1m',
    path: `./${directory}`,
    prune: false,
    sourceRef: { kind: 'GitRepository', name: 'flux-system' },
  };
  const sourceObject = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', metadata, spec: repository };
  const rootObject = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec: root };
  return [sourceObject, rootObject];
}
