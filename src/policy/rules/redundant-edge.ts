import { type FluxKustomization, type Repository, waitsFor } from '../../effective';
import { textOf } from '../kustomization-files';
import { needsOf } from '../needs';
import { defineRule, leaves, textAt } from '../rule';

/** Source: an edge that says nothing can be dropped; one that documents something is kept. */
export const redundantEdge = defineRule({
  name: 'redundant-edge',
  ids: ['F07'],
  claim: 'an edge that others imply carries a reason of its own',
  because: 'nobody can tell whether it may go, so it stays, and the order gets harder to read and to change',
  evidence: 'Flux, dependsOn: what a dependency waits for is waited for too',
  severity: 'info',
  fix: 'remove the edge, or write its reason beside it as a comment',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const on of cluster.kustomizations) {
        const dependencies = on.dependsOn.flatMap(({ found, readyExpr }) => (found && readyExpr === undefined ? [found] : []));
        if (dependencies.length < 2) continue;
        let needed: ReadonlySet<FluxKustomization> | undefined;
        let words: ReadonlySet<string> | undefined;
        for (const [index, { found, readyExpr }] of on.dependsOn.entries()) {
          if (!found || readyExpr !== undefined || waitsFor(found).has(found)) continue;
          const over = dependencies.find((one) => one !== found && waitsFor(one).has(found));
          if (!over) continue;
          if (hasComment(repository, on, found.name)) continue;
          needed ??= new Set(needsOf(cluster, on).flatMap(({ from }) => from));
          if (needed.has(found)) continue;
          words ??= wordsOf(on);
          if (names(found, words)) continue;
          yield {
            on,
            at: `spec.dependsOn[${index}]`,
            found: `${over.name} waits for ${found.name} already, and nothing here shows another reason for it`,
            fix: 'remove the entry, or write its reason beside it as a comment',
          };
        }
      }
    }
  },
});

/** Whatever the texts of its objects, and its own, consist of, but for what the objects themselves are called. */
function wordsOf({ objects, spec }: FluxKustomization): ReadonlySet<string> {
  const words = new Set<string>();
  const { dependsOn: _, ...rest } = spec;
  for (const one of [rest, ...objects.map(({ object }) => object)]) {
    for (const [path, value] of leaves(one)) {
      if (typeof value !== 'string' || path === 'metadata.name' || path === 'metadata.namespace') continue;
      for (const word of `${path.slice(path.lastIndexOf('.') + 1)} ${value}`.split(/[^\w-]+/)) words.add(word);
    }
  }
  return words;
}

/** Names that many go by, and that say nothing. */
const COMMON: ReadonlySet<string> = new Set(['', 'default', 'flux-system']);

/** Whether a Flux Kustomization, something that it applies, or a namespace of these goes by one of these words. */
function names({ name, objects }: FluxKustomization, words: ReadonlySet<string>): boolean {
  if (words.has(name)) return true;
  return objects.some(({ object: { metadata } }) =>
    ['name', 'namespace'].map((field) => textAt(metadata, field) ?? '').some((one) => !COMMON.has(one) && words.has(one)),
  );
}

const explained = new WeakMap<Repository, Map<string, readonly ReadonlySet<string>[]>>();

/** Whether the line of the entry, or the one above it, has a comment. */
function hasComment(repository: Repository, { origin }: FluxKustomization, name: string): boolean {
  const files = explained.get(repository) ?? new Map<string, readonly ReadonlySet<string>[]>();
  explained.set(repository, files);
  const documents = files.get(origin.path) ?? explainedIn(textOf(repository.files, origin.path) ?? '');
  files.set(origin.path, documents);
  return documents[origin.index]?.has(name) === true;
}

/** Names of entries with a comment, document by document; those that hold nothing are not counted. */
function explainedIn(text: string): readonly ReadonlySet<string>[] {
  const documents: Set<string>[] = [];
  let names: Set<string> | undefined;
  let above = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('---')) names = undefined;
    else if (!names && !/^\s*(#|$)/.test(line)) {
      names = new Set();
      documents.push(names);
    }
    const name = /\bname: *["']?([^\s"',}#]+)/.exec(line)?.[1];
    if (name !== undefined && (/\s#/.test(line) || /^\s*#/.test(above))) names?.add(name);
    above = line;
  }
  return documents;
}
