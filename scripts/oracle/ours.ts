import { FluxBuild } from '../../src/effective/flux-build';
import { badNames, substituted } from '../../src/effective/substitution';
import { isLeftAlone } from '../../src/effective/templates';
import { variablesFor } from '../../src/effective/variables';
import type { KubernetesObject } from '../../src/flux';
import { buildFolder, type Files, filesFrom } from '../../src/kustomize';
import type { OracleCase, Outcome } from './case';

/** What we make of a case. `unsupported` where we say that we do not know. */
export type OurOutcome = Outcome | { readonly unsupported: string };

export function ours({ files, path, spec, sources = {} }: OracleCase): OurOutcome {
  return built(filesFrom(new Map(Object.entries(files))), path, spec, sources);
}

export function built(
  files: Files,
  path: string,
  spec: Readonly<Record<string, unknown>>,
  sources: NonNullable<OracleCase['sources']> = {},
): OurOutcome {
  const { objects, failure } = new FluxBuild(files, buildFolder).of(path, spec, 'the Flux Kustomization');
  if (failure === undefined)
    return applied(
      objects.map(({ object }) => object),
      spec,
      sources,
    );
  return failure.kind === 'fails' ? { error: `${failure.file}: ${failure.what}` } : { unsupported: `${failure.file}: ${failure.what}` };
}

/** After substitution; what is not in the case is not in the cluster. */
function applied(
  objects: readonly KubernetesObject[],
  spec: Readonly<Record<string, unknown>>,
  sources: NonNullable<OracleCase['sources']>,
): OurOutcome {
  if (!('postBuild' in spec) || objects.every(isLeftAlone)) return { objects };
  const found = variablesFor(spec, ({ kind, name }) => {
    const data = sources[`${kind}/${name}`];
    return data && { apiVersion: 'v1', kind, metadata: { name }, [kind === 'Secret' ? 'stringData' : 'data']: data };
  });
  const [wrong] = [...found.missing, ...badNames(found)];
  if (wrong !== undefined && found.active) return { error: wrong };
  const made = objects.map((object) => substituted(object, { ...found, open: false }));
  const [problem] = made.flatMap(({ problems }) => problems);
  return problem ? { error: problem.what } : { objects: made.map(({ object }) => object) };
}
