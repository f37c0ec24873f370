import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { type Additions, merge } from './merge';

const run = promisify(execFile);

/** kustomize's own order of looking. */
const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** What came of a build: the YAML text, or what kustomize had against it. */
export type Built = { readonly text: string } | { readonly error: string };

/** Builds a folder of the tree, with what a Flux Kustomization adds. */
export type Build = (path: string, added: Additions) => Promise<Built>;

/**
 * The real kustomize, over copies of a tree: as many builds at a time as there are seats, each in a copy of its own. The same
 * folder with the same additions is built once, whichever cluster asks.
 */
export function realKustomize(kubectl: string, tree: string, work: string, seats: number): Build {
  const free = Array.from({ length: seats }, (_, index) => {
    const copy = join(work, `seat-${index}`);
    cpSync(tree, copy, { recursive: true });
    return copy;
  });
  const waiting: ((copy: string) => void)[] = [];
  const take = (): Promise<string> => {
    const copy = free.pop();
    return copy === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(copy);
  };
  const giveBack = (copy: string): void => {
    const next = waiting.shift();
    if (next === undefined) free.push(copy);
    else next(copy);
  };

  const done = new Map<string, Promise<Built>>();
  const once = async (path: string, added: Additions): Promise<Built> => {
    const copy = await take();
    try {
      return await buildIn(kubectl, copy, path, added);
    } finally {
      giveBack(copy);
    }
  };
  return (path, added) => {
    const key = JSON.stringify([path, added]);
    const building = done.get(key) ?? once(path, added);
    done.set(key, building);
    return building;
  };
}

async function buildIn(kubectl: string, copy: string, path: string, added: Additions): Promise<Built> {
  const folder = join(copy, path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return { error: `kustomization path not found: there is no folder ${path}` };
  const found = KUSTOMIZATION_FILES.find((name) => existsSync(join(folder, name)));
  const file = join(folder, found ?? 'kustomization.yaml');
  const before = found === undefined ? undefined : readFileSync(file, 'utf8');
  try {
    const merged = merge(before ?? sweep(folder), added);
    if (merged !== before) writeFileSync(file, merged);
    const { stdout } = await run(kubectl, ['kustomize', folder, '--load-restrictor', 'LoadRestrictionsNone'], {
      maxBuffer: 256 * 1024 * 1024,
      env: { PATH: process.env.PATH, HOME: copy, GOGC: 'off' }, // it lives for a tenth of a second: collecting garbage would be a fifth of that
    });
    return { text: stdout };
  } catch (error) {
    return { error: reason(error).replaceAll(`${copy}/`, '').replaceAll(copy, '.') };
  } finally {
    if (before === undefined) rmSync(file, { force: true });
    else writeFileSync(file, before);
  }
}

/** What kustomize-controller writes where there is no kustomization.yaml: every YAML file below, and folders that have one of their own. */
function sweep(folder: string): string {
  const resources: string[] = [];
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = posix.join(below, entry.name);
      if (entry.isFile() && /[.]ya?ml$/.test(entry.name)) resources.push(path);
      if (!entry.isDirectory()) continue;
      if (KUSTOMIZATION_FILES.some((name) => existsSync(join(folder, path, name)))) resources.push(path);
      else walk(path);
    }
  };
  walk('');
  return stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: resources.sort() });
}

function reason(error: unknown): string {
  if (error instanceof Error && 'stderr' in error && typeof error.stderr === 'string' && error.stderr.trim() !== '') {
    return error.stderr.trim().split('\n').join(' ');
  }
  return error instanceof Error ? error.message : String(error);
}
