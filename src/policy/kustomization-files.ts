import type { FluxKustomization, Repository } from '../effective';
import { type Files, Unreadable } from '../kustomize';
import { inFolder, kustomizationFile, resolved } from './folder';
import { isMap, listAt } from './rule';

/** A kustomization file that some Flux Kustomization builds from, whether that build succeeds or not. */
export interface KustomizationInUse {
  readonly path: string;
  readonly folder: string;
  /** Its only document; empty where it cannot be read. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Flux Kustomizations whose `spec.path` it stands at: there Flux reads it leniently. Empty for a nested one. */
  readonly entryOf: readonly FluxKustomization[];
}

const known = new WeakMap<Repository, readonly KustomizationInUse[]>();

/** Every kustomization file in use, sorted by path; worked out once for each repository, each folder looked at once. */
export function kustomizationsInUse(repository: Repository): readonly KustomizationInUse[] {
  const before = known.get(repository);
  if (before) return before;
  const { files } = repository;
  const entries = new Map<string, FluxKustomization[]>();
  for (const { kustomizations } of repository.clusters) {
    for (const one of kustomizations) {
      if (one.failure?.kind === 'foreign') continue;
      const others = entries.get(one.path);
      if (others) others.push(one);
      else entries.set(one.path, [one]);
    }
  }
  const found: KustomizationInUse[] = [];
  const seen = new Set<string>();
  const left = [...entries.keys()];
  for (let folder = left.pop(); folder !== undefined; folder = left.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    const path = kustomizationFile(files, folder);
    if (path === undefined) {
      for (const { name, kind } of files.list(folder) ?? []) if (kind === 'folder') left.push(inFolder(folder, name));
      continue;
    }
    const content = contentOf(files, path);
    found.push({ path, folder, content, entryOf: entries.get(folder) ?? [] });
    for (const entry of referencesOf(content)) {
      const target = resolved(folder, entry);
      if (target !== undefined && files.list(target) !== undefined) left.push(target);
    }
  }
  const sorted = found.sort((a, b) => (a.path < b.path ? -1 : 1));
  known.set(repository, sorted);
  return sorted;
}

/** What a kustomization file lists of files, folders and addresses, in the fields that accept them. */
export function referencesOf(content: Readonly<Record<string, unknown>>): readonly string[] {
  return REFERENCES.flatMap((field) => listAt(content, field)).filter((entry) => typeof entry === 'string');
}

export const REFERENCES = ['resources', 'bases', 'components'] as const;

/** The text of a file; undefined where there is none or it cannot be read. */
export function textOf(files: Files, path: string): string | undefined {
  try {
    return files.read(path);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** The map that a file holds, keys as written; empty where it holds anything else. */
export function contentOf(files: Files, path: string): Readonly<Record<string, unknown>> {
  const [made] = files.objects?.(path) ?? [];
  if (made) return Object.fromEntries(Object.entries(made));
  const text = textOf(files, path);
  if (text === undefined) return {};
  const [first] = documentsOf(text) ?? [];
  return isMap(first) ? first : {};
}

/** The documents of a text, empty ones left out; undefined where it is no YAML. */
export function documentsOf(text: string): readonly unknown[] | undefined {
  // Loaded here: a tree made in memory brings its objects along.
  const { parseAllDocuments }: typeof import('yaml') = require('yaml');
  try {
    const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' });
    const list = Array.isArray(documents) ? documents : [];
    if (list.some(({ errors }) => errors.length > 0)) return undefined;
    return list.map((document): unknown => document.toJS({ maxAliasCount: 100 })).filter((one) => one !== null && one !== undefined);
  } catch {
    return undefined; // more aliases than are resolved
  }
}

/**
 * Line of the first key or list entry of a file that reads so, from 1; undefined where it stands nowhere by itself.
 *
 * @param text `resources:` for a key, `- ../base` for an entry
 */
export function lineIn(files: Files, path: string, text: string): number | undefined {
  const lines = textOf(files, path)?.split('\n') ?? [];
  const plain = (line: string) => line.trim().replace(/["']/g, '');
  const index = lines.findIndex((line) => plain(line).startsWith(text));
  return index < 0 ? undefined : index + 1;
}
