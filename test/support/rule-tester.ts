import { inspect, type Repository } from '../../src/effective';
import { type Finding, say } from '../../src/flux/finding';
import { filesFrom } from '../../src/kustomize';
import { check } from '../../src/policy/check';
import type { Context, Rule } from '../../src/policy/rule';
import { schemaSource } from './schema-source';

/** YAML text in a test, its common indentation taken away. */
export function yaml(parts: TemplateStringsArray): string {
  return dedent(parts.join(''));
}

/**
 * A case: YAML documents, each named by a comment on its first line, `# namespaces/ferry/release.yaml`; several documents may name one file.
 * Two shapes:
 *
 * - documents without names, or below `namespaces/<name>/` only: every folder gets a Flux Kustomization of its name, alone in cluster
 *   `test`, with `wait: true`. A document without a name lies in `namespaces/ferry/`.
 * - as soon as one document lies below `clusters/`, the cluster is as the case writes it: `clusters/test/infrastructure.yaml` holds its
 *   Flux Kustomizations; only flux-system/ and the lists of resources that nobody wrote are filled in.
 */
export interface RuleCases {
  /** What the rule lets pass, by what it is. */
  readonly allowed: Readonly<Record<string, string>>;
  /** What it refuses, with the message an author reads. */
  readonly refused: Readonly<Record<string, readonly [text: string, message: string]>>;
}

/** Holds a rule against manifests it allows and manifests it refuses. */
export function testRule(rule: Rule, { allowed, refused }: RuleCases): void {
  describe(rule.name, () => {
    test.each(Object.entries(allowed))('allowed: %s', (_, text) => {
      expect(messages(rule, text)).toBe('');
    });
    test.each(Object.entries(refused))('refused: %s', (_, [text, message]) => {
      expect(messages(rule, text)).toBe(dedent(message));
    });
  });
}

const context: Context = { schemas: schemaSource };

function messages(rule: Rule, text: string): string {
  return findings(rule, text).map(say).join('\n');
}

/** What a rule finds in a case. */
export function findings(rule: Rule, text: string): readonly Finding[] {
  return check(repositoryOf(text), context, { rules: [rule] }).map(({ finding }) => finding);
}

/** The repository of a case. */
export function repositoryOf(text: string): Repository {
  const files = new Map<string, string>();
  for (const [index, written] of text.split(/^---$/m).entries()) {
    const kind = /^kind: (\w+)/m.exec(written)?.[1] ?? '';
    const part =
      /^\s*(\{ )?apiVersion:/m.test(written) || !API_VERSIONS.has(kind) ? written : `apiVersion: ${API_VERSIONS.get(kind)}\n${written}`;
    const path = /^# (\S+)$/m.exec(part)?.[1] ?? `namespaces/ferry/${index}.yaml`;
    const before = files.get(path);
    files.set(path, before === undefined ? part : `${before}---${part}`);
  }
  completed(files);
  return inspect(filesFrom(files));
}

/** What a case may leave out. */
const API_VERSIONS: ReadonlyMap<string, string> = new Map([
  ['HelmRelease', 'helm.toolkit.fluxcd.io/v2'],
  ['Namespace', 'v1'],
  ['NetworkPolicy', 'networking.k8s.io/v1'],
  ['Secret', 'v1'],
]);

const SYNC = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1m, ref: { branch: main }, url: ssh://git@example.org/infra.git }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 10m, path: ./clusters/test, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;

/** Fills in what every repository has and no case wants to repeat. */
function completed(files: Map<string, string>): void {
  const folders = [...new Set([...files.keys()].flatMap((path) => /^namespaces\/[^/]+(?=\/)/.exec(path)?.[0] ?? []))];
  for (const folder of folders) addList(files, folder);
  if (![...files.keys()].some((path) => path.startsWith('clusters/'))) {
    const one = (folder: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${folder.split('/')[1]}, namespace: flux-system }
spec: { interval: 5m, retryInterval: 1m, timeout: 10m, prune: false, wait: true, path: ./${folder}, sourceRef: { kind: GitRepository, name: flux-system } }
`;
    files.set('clusters/test/infrastructure.yaml', folders.map(one).join('---\n'));
  }
  if (!files.has('clusters/test/flux-system/gotk-sync.yaml')) files.set('clusters/test/flux-system/gotk-sync.yaml', SYNC);
  addList(files, 'clusters/test/flux-system');
  addList(files, 'clusters/test');
}

/** A kustomization.yaml for all the YAML right in a folder, unless the case has one; folders of one step with a list of their own are named. */
function addList(files: Map<string, string>, folder: string): void {
  const path = `${folder}/kustomization.yaml`;
  if (files.has(path)) return;
  const inside = [...files.keys()].filter((one) => one.startsWith(`${folder}/`)).map((one) => one.slice(folder.length + 1));
  const names = inside.flatMap((one) =>
    !one.includes('/') || one.endsWith('/kustomization.yaml') ? [one.replace(/\/kustomization\.yaml$/, '')] : [],
  );
  const resources = names.filter((name) => name.split('/').length === 1 && /^[^.]+$|\.ya?ml$/.test(name)).sort();
  files.set(path, `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: ${JSON.stringify(resources)}\n`);
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd();
}
