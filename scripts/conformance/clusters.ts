import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { refuse } from '../../src/flux/finding';
import { isPlain, type Plain, readObjects, textAt } from './plain';

/** A Flux Kustomization, with the file it stands in. */
export interface FluxKustomization {
  readonly name: string;
  readonly namespace: string;
  readonly file: string;
  /** Relative to the root of the tree: `namespaces/ferry`. */
  readonly path: string;
  readonly spec: Plain;
}

/** One cluster of the tree: what Flux would build for it, the root first. */
export interface ClusterTree {
  readonly name: string;
  readonly kustomizations: readonly FluxKustomization[];
  /** Names of those whose files lie in another repository: they cannot be built here. */
  readonly foreign: readonly string[];
}

const FLUX_NAMESPACE = 'flux-system';

/** The clusters of a tree on disk. @throws Refused where there is none, or one has no infrastructure.yaml. */
export function clustersOf(tree: string): readonly ClusterTree[] {
  const folder = join(tree, 'clusters');
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : [];
  if (names.length === 0) {
    return refuse({
      rule: 'no-cluster',
      file: 'clusters/',
      what: existsSync(folder) ? 'the folder is empty' : 'there is no such folder',
      where: 'the root of the tree',
      why: 'with nothing to build, a check that passes says nothing',
      fix: 'give the folder that synth writes: --tree dist',
    });
  }
  return names.sort().map((name) => clusterOf(tree, name));
}

function clusterOf(tree: string, name: string): ClusterTree {
  const infrastructure = `clusters/${name}/infrastructure.yaml`;
  if (!existsSync(join(tree, infrastructure))) {
    return refuse({
      rule: 'no-infrastructure',
      file: infrastructure,
      what: 'there is no such file',
      where: `cluster ${name}`,
      why: 'it holds every Flux Kustomization of the cluster: without it nothing is installed',
      fix: `write the cluster with synth, or remove clusters/${name}`,
    });
  }
  const path = `clusters/${name}`;
  const bootstrap = fluxFiles(tree, name).flatMap((file) => kustomizationsIn(tree, file));
  const root = bootstrap.find((kustomization) => kustomization.path === path) ?? rootByDefault(path);
  const listed = kustomizationsIn(tree, infrastructure);
  const isOwn = (kustomization: FluxKustomization): boolean => sourceOf(kustomization) === sourceOf(root);
  return {
    name,
    kustomizations: [root, ...listed.filter(isOwn)],
    foreign: listed.filter((kustomization) => !isOwn(kustomization)).map((kustomization) => kustomization.name),
  };
}

/** What `flux bootstrap` leaves in a cluster's folder. */
function fluxFiles(tree: string, cluster: string): readonly string[] {
  const folder = `clusters/${cluster}/flux-system`;
  if (!existsSync(join(tree, folder))) return [];
  const files = readdirSync(join(tree, folder)).filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml');
  return files.sort().map((file) => `${folder}/${file}`);
}

function rootByDefault(path: string): FluxKustomization {
  const spec = { sourceRef: { kind: 'GitRepository', name: FLUX_NAMESPACE } };
  return { name: FLUX_NAMESPACE, namespace: FLUX_NAMESPACE, file: `${path}/`, path, spec };
}

function kustomizationsIn(tree: string, file: string): readonly FluxKustomization[] {
  return readObjects(readFileSync(join(tree, file), 'utf8')).flatMap((object) => {
    const isOne = object.kind === 'Kustomization' && textAt(object, 'apiVersion')?.startsWith('kustomize.toolkit.fluxcd.io/');
    if (!isOne || !isPlain(object.spec)) return [];
    const { spec } = object;
    const name = textAt(object, 'metadata', 'name') ?? 'without a name';
    const namespace = textAt(object, 'metadata', 'namespace') ?? FLUX_NAMESPACE;
    return [{ name, namespace, file, path: posix.join('.', textAt(spec, 'path') ?? '.').replace(/\/$/, ''), spec }];
  });
}

function sourceOf({ spec, namespace }: FluxKustomization): string {
  const part = (key: string): string | undefined => textAt(spec, 'sourceRef', key);
  return [part('kind'), part('namespace') ?? namespace, part('name')].join(' ');
}
