import { type Acceptance, Component, draft, type FluxRepo, Refused, texts } from '../flux';
import { type Acceptances, check } from '../policy';
import type { Made } from './perform';

/** The files of the repository, every rule held against them. Throws `Refused` with all findings. */
export function synthesize(repository: () => FluxRepo): Made {
  const repo = repository();
  const made = draft(repo);
  const findings = [...made.findings, ...check(made, acceptancesOf(repo))];
  if (findings.length > 0) throw new Refused(findings);
  const { children: clusters } = repo.clusters.node;
  const { children: components } = repo.components.node;
  return { clusters: clusters.length, components: components.length, files: texts(made.tree) };
}

function acceptancesOf(repo: FluxRepo): Acceptances {
  const components = repo.components.node.children.filter((child) => child instanceof Component);
  const accepted = new Map<string, readonly Acceptance[]>();
  for (const component of components) {
    const { sourceFile } = component; // two components may share one
    accepted.set(sourceFile, [...(accepted.get(sourceFile) ?? []), ...component.accepted]);
  }
  return accepted;
}
