import type { FluxKustomization, Repository } from '../effective';
import { baseOf, folderOf, isBelow, isYaml, KUSTOMIZATION_NAMES, kustomizationFile } from './folder';
import { contentOf, documentsOf, textOf } from './kustomization-files';
import { isMap } from './rule';

/** Which rule speaks of a build that fails: the one that knows the cause best. */
export type FailureCause =
  | 'path-exists'
  | 'flux-crd-in-kustomization-yaml'
  | 'sops-yaml-swept'
  | 'non-manifest-yaml'
  /** Rules about variables say it, object by object. */
  | 'substitution'
  | 'build-fails';

/** Files that a source leaves out by itself, as long as nobody gives it rules of his own. Source: fluxcd/pkg, sourceignore. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  '.sops.yaml',
  '.flux.yaml',
  '.goreleaser.yml',
  '.goreleaser.brew.yml',
  '.travis.yml',
  '.gitlab-ci.yml',
  'appveyor.yml',
  '.drone.yml',
  'cloudbuild.yaml',
  'codeship-services.yml',
  'codeship-steps.yml',
]);

/** Why a build fails; undefined where it does not, or where nothing is known of it. */
export function failureCause({ files }: Repository, { path, failure, substitution }: FluxKustomization): FailureCause | undefined {
  if (failure?.kind !== 'fails') return undefined;
  if (path.includes('${')) return 'substitution';
  if (files.list(path) === undefined || failure.file === path) return 'path-exists';
  const { file } = failure;
  const isList = KUSTOMIZATION_NAMES.some((name) => name === baseOf(file));
  if (isList && isFluxKind(contentOf(files, file))) return 'flux-crd-in-kustomization-yaml';
  if (isYaml(file) && !isList && isSwept(file, path)) {
    if (LEFT_OUT.has(baseOf(file))) return 'sops-yaml-swept';
    if (!isManifest(textOf(files, file))) return 'non-manifest-yaml';
  }
  return substitution.errors.length > 0 ? 'substitution' : 'build-fails';

  function isSwept(one: string, root: string): boolean {
    if (!isBelow(one, root)) return false;
    for (let folder = folderOf(one); ; folder = folderOf(folder)) {
      if (kustomizationFile(files, folder) !== undefined) return false;
      if (folder === root || folder === '') return folder === root;
    }
  }
}

/** Whether a map is one of Flux's own objects. */
export function isFluxKind(content: Readonly<Record<string, unknown>>): boolean {
  return typeof content['apiVersion'] === 'string' && content['apiVersion'].startsWith('kustomize.toolkit.fluxcd.io/');
}

/** Whether every document of a text is a Kubernetes object, as far as a build asks. */
function isManifest(text: string | undefined): boolean {
  const documents = text === undefined ? undefined : documentsOf(text);
  if (documents === undefined) return false;
  return documents.every((one) => isMap(one) && typeof one['apiVersion'] === 'string' && typeof one['kind'] === 'string');
}
