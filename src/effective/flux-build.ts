import { type Build, BuildError, type BuildResult, type BuiltObject, type Files, type PatchReport, Unreadable } from '../kustomize';
import { listOf, textOf } from './fields';
import { prepare } from './kustomization-file';
import type { BuildFailure } from './model';

/** What a folder builds to, before substitution, and why it does not. */
export interface Built {
  readonly objects: readonly BuiltObject[];
  readonly patches: readonly PatchReport[];
  readonly reached: ReadonlySet<string>;
  readonly failure: BuildFailure | undefined;
}

/** Fields of a Flux Kustomization that change what its folder builds to. */
const MERGED = ['targetNamespace', 'namePrefix', 'nameSuffix', 'patches', 'components', 'ignoreMissingComponents', 'images'] as const;

/** Builds folders as kustomize-controller does; the same folder with the same fields is built once, whichever cluster asks. */
export class FluxBuild {
  private readonly done = new Map<string, { readonly built: Built; readonly ownPatches: number }>();

  constructor(
    private readonly files: Files,
    private readonly build: Build,
  ) {}

  /** @param file where the Flux Kustomization stands, so that its patches can be found there */
  of(folder: string, spec: Readonly<Record<string, unknown>>, file: string): Built {
    const fields = MERGED.map((field) => spec[field] ?? null);
    const key = JSON.stringify([folder, ...fields]);
    const known = this.done.get(key) ?? this.make(folder, spec);
    this.done.set(key, known);
    const { built, ownPatches } = known;
    if (listOf(spec, 'patches').length === 0) return built;
    return { ...built, patches: built.patches.map((report) => located(report, folder, ownPatches, file)) };
  }

  private make(folder: string, spec: Readonly<Record<string, unknown>>): { readonly built: Built; readonly ownPatches: number } {
    if (this.files.list(folder) === undefined) {
      return {
        built: failed({ kind: 'fails', file: folder || '.', what: `kustomization path not found: there is no folder ${folder}` }),
        ownPatches: 0,
      };
    }
    try {
      const { kustomization, ownPatches, empty } = prepare(this.files, folder, spec);
      if (empty) return { built: NOTHING, ownPatches };
      const result = this.build(this.files, folder, kustomization);
      return { built: checked(result), ownPatches };
    } catch (error) {
      if (error instanceof Unreadable)
        return { built: failed({ kind: 'fails', file: error.path, what: `it ${error.reason}` }), ownPatches: 0 };
      if (!(error instanceof BuildError)) throw error;
      return { built: failed({ kind: error.kind, file: error.file, what: error.message }), ownPatches: 0 };
    }
  }
}

const NOTHING: Built = { objects: [], patches: [], reached: new Set(), failure: undefined };

export function failed(failure: BuildFailure): Built {
  return { ...NOTHING, failure };
}

/** kustomize's own objects are dropped; everything else must say what it is. */
function checked({ objects, patches, reached }: BuildResult): Built {
  const kept = objects.some(isKustomizes) ? objects.filter((built) => !isKustomizes(built)) : objects;
  const nameless = kept.find(({ object }) => !object.apiVersion || !object.kind || !textOf(object, 'metadata', 'name'));
  const failure: BuildFailure | undefined = nameless && {
    kind: 'fails',
    file: nameless.origin.path,
    what: 'an object in it lacks apiVersion, kind or a name',
  };
  return { objects: failure ? [] : kept, patches, reached, failure };
}

function isKustomizes({ object }: BuiltObject): boolean {
  return object.kind === 'Kustomization' && object.apiVersion.startsWith('kustomize.config.k8s.io/');
}

/** A patch of the Flux Kustomization itself was built as one of the folder's, after that one's own. */
function located(report: PatchReport, folder: string, ownPatches: number, file: string): PatchReport {
  const inFolder = report.file.slice(0, Math.max(report.file.lastIndexOf('/'), 0)) === folder;
  return inFolder && report.index >= ownPatches ? { ...report, file, index: report.index - ownPatches } : report;
}
