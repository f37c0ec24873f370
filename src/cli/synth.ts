import { inspect, type Repository } from '../effective';
import { type Acceptance, Cluster, Component, draft, type Finding, type FluxRepo, Refused, type Tree, texts } from '../flux';
import { type Files, filesFrom } from '../kustomize';
import { audit, type CheckOptions, rules, type SchemaSource } from '../policy';
import type { Made } from './perform';

export interface SynthesisContext {
  readonly schemas: SchemaSource;
  /** `2027-01-31`: whether an acceptance has expired. */
  readonly today: string;
}

/** The files of the repository, every rule held against what its clusters make of them. Throws `Refused` with all findings. */
export function synthesize(repository: () => FluxRepo, context: SynthesisContext): Made {
  const repo = repository();
  const { tree, findings } = judged(repo, context);
  const spoken = findings.filter(({ severity }) => severity !== 'info'); // infos are for `check --info`
  if (spoken.some(({ severity = 'error' }) => severity === 'error')) throw new Refused(spoken);
  const accepted = [...acceptancesOf(repo).values()].flat();
  const { children: clusters } = repo.clusters.node;
  const { children: components } = repo.components.node;
  return {
    clusters: clusters.length,
    components: components.length,
    files: texts(tree),
    remarks: findings.filter(({ severity }) => severity !== 'info'), // strata check --info shows those
    lasting: !accepted.some(({ until }) => until !== undefined),
  };
}

/** What comes out, and all that is wrong with it. */
export interface Judged {
  readonly tree: Tree;
  readonly repository: Repository;
  readonly findings: readonly Finding[];
}

/**
 * A program's tree, held against every rule. What its constructs already say of a missing edge, say, a rule would say again of
 * the manifest: such a finding is left out.
 *
 * @param linesOf finds lines in the files of the tree; without it no finding has one: `synth` speaks of sources
 */
export function judged(
  repo: FluxRepo,
  { schemas, today }: SynthesisContext,
  linesOf?: (files: Files) => NonNullable<CheckOptions['lineOf']>,
): Judged {
  const made = draft(repo);
  const files = filesFrom(texts(made.tree), {
    objects: (path) => made.tree.get(path)?.objects,
    patches: (text) => made.patchBodies.get(text),
  });
  const repository = inspect(files);
  const audited = audit(
    repository,
    { schemas, pinned: true },
    {
      today,
      ...(!made.complete && { rules: rules.filter(({ local }) => local) }),
      accepted: acceptancesOf(repo),
      everywhere: repo.sourceFile,
      sourceOf: (path) => made.tree.get(path)?.source,
      ...(linesOf && { lineOf: linesOf(files) }),
    },
  );
  const said = new Set(made.findings.flatMap(({ rule }) => SAYS_TOO[rule] ?? []));
  return { tree: made.tree, repository, findings: [...made.findings, ...audited.filter(({ rule }) => !said.has(rule)).map(asContract)] };
}

/** The specification's rules: what works by luck elsewhere is a breach of the contract here. */
const CONTRACT: ReadonlySet<string> = new Set(rules.filter(({ ids }) => ids.some((id) => id.startsWith('S'))).map(({ name }) => name));

function asContract(finding: Finding): Finding {
  return finding.severity === 'warning' && CONTRACT.has(finding.rule) ? { ...finding, severity: 'error' } : finding;
}

/** Rules that would say of the manifests what a finding already says of the code that made them. */
const SAYS_TOO: Readonly<Record<string, readonly string[]>> = {
  'duplicate-path': ['one-owner', 'path-once'],
  'missing-edge': ['crd-from-ancestor', 'namespace-from-ancestor', 'linkerd-after-cilium'],
  'nothing-provides': ['crd-from-ancestor', 'namespace-from-ancestor'],
  'missing-variable': ['undefined-variable', 'variables-agree'],
  'undefined-variable': ['undefined-variable', 'variables-agree'],
  'unreadable-variable': ['foreign-dollar-brace', 'undefined-variable'],
  'unused-variable': ['variables-agree'],
  'patch-without-effect': ['patch-hits', 'build-fails'],
};

/** What authors accept, by source file. */
export function acceptancesOf(repo: FluxRepo): ReadonlyMap<string, readonly Acceptance[]> {
  const accepted = new Map<string, readonly Acceptance[]>();
  const children = [...repo.components.node.children, ...repo.clusters.node.children];
  for (const one of [repo, ...children.filter((child) => child instanceof Component || child instanceof Cluster)]) {
    const { sourceFile } = one; // two components may share one
    accepted.set(sourceFile, [...(accepted.get(sourceFile) ?? []), ...one.accepted]);
  }
  return accepted;
}
