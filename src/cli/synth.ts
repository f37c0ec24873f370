import { resolve } from 'node:path';
import { Component, type FluxRepo, layout, Refused, type Tree, texts } from '../flux';
import { type Acceptances, check } from '../policy';
import { type WriteResult, writeTree } from './write-tree';

/** What a run of `synth` did. */
export interface Synthesis extends WriteResult {
  readonly clusters: number;
  readonly components: number;
}

/**
 * Turns the repository into files under `out`. Everything is computed and checked in memory first; findings of any kind mean
 * that nothing is written.
 *
 * @param repository makes the constructs; called once
 * @param out the folder that becomes the root of the GitOps branch
 * @param copy a second folder for the same tree: cdk8s's own command line expects the one it names
 */
export function synth(repository: () => FluxRepo, out: string, copy?: string): Synthesis {
  const { repo, tree } = checkedTree(repository);
  const files = texts(tree);
  const { written, removed, unchanged } = writeTree(resolve(out), files);
  if (copy !== undefined) writeTree(resolve(copy), files);
  const { children: clusters } = repo.clusters.node;
  return { clusters: clusters.length, components: repo.components.node.children.length, written, removed, unchanged };
}

/** The tree of the repository, every rule held against it. Throws `Refused` with all findings. */
export function checkedTree(repository: () => FluxRepo): { readonly repo: FluxRepo; readonly tree: Tree } {
  const repo = repository();
  const tree = layout(repo);
  const findings = check(tree, acceptancesOf(repo));
  if (findings.length > 0) throw new Refused(findings);
  return { repo, tree };
}

function acceptancesOf(repo: FluxRepo): Acceptances {
  const components = repo.components.node.children.filter((child) => child instanceof Component);
  return new Map(components.map((component) => [component.sourceFile, component.accepted]));
}
