import { FluxBuild } from '../../src/effective/flux-build';
import { buildFolder, type Files, filesFrom } from '../../src/kustomize';
import type { OracleCase, Outcome } from './case';

/** What we make of a case. `unsupported` where we say that we do not know. */
export type OurOutcome = Outcome | { readonly unsupported: string };

export function ours({ files, path, spec }: OracleCase): OurOutcome {
  return built(filesFrom(new Map(Object.entries(files))), path, spec);
}

export function built(files: Files, path: string, spec: Readonly<Record<string, unknown>>): OurOutcome {
  const { objects, failure } = new FluxBuild(files, buildFolder).of(path, spec, 'the Flux Kustomization');
  if (failure === undefined) return { objects: objects.map(({ object }) => object) };
  return failure.kind === 'fails' ? { error: `${failure.file}: ${failure.what}` } : { unsupported: `${failure.file}: ${failure.what}` };
}
