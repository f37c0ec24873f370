import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { filesFrom } from '../../src/kustomize';
import type { Outcome } from './case';
import type { Oracle } from './oracle';
import { built, type OurOutcome } from './ours';

/** One Flux Kustomization, built by both. */
export interface Compared {
  readonly name: string;
  readonly flux: Outcome;
  readonly own: OurOutcome;
}

/** Every Flux Kustomization of a generated tree, and the folder of each cluster. */
export async function compareTree(dir: string, oracle: Oracle): Promise<readonly Compared[]> {
  const texts = new Map<string, string>();
  const read = (folder: string): void => {
    for (const name of readdirSync(join(dir, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (statSync(join(dir, path)).isDirectory()) read(path);
      else texts.set(path, readFileSync(join(dir, path), 'utf8'));
    }
  };
  read('');
  const files = filesFrom(texts);
  const asked: { readonly name: string; readonly path: string; readonly spec: Readonly<Record<string, unknown>> }[] = [];
  for (const { name: cluster } of files.list('clusters') ?? []) {
    asked.push({ name: cluster, path: `clusters/${cluster}`, spec: {} });
    for (const document of parseAllDocuments(texts.get(`clusters/${cluster}/infrastructure.yaml`) ?? '')) {
      const { metadata, spec } = document.toJS() ?? {};
      if (typeof spec?.path !== 'string') continue;
      const { postBuild, ...rest } = spec;
      void postBuild; // variables are the business of the substitution cases
      asked.push({ name: `${cluster} ${metadata?.name}`, path: spec.path.replace(/^[.]\//, ''), spec: rest });
    }
  }
  const compared: Compared[] = [];
  for (const { name, path, spec } of asked)
    compared.push({ name, flux: await oracle.ask({ dir, path, spec }), own: built(files, path, spec) });
  return compared;
}
