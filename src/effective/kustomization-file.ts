import { BuildError, type Files, type KustomizationFile, Unreadable } from '../kustomize';
import { fieldOf, isMap, listOf, textOf } from './fields';
import { readYaml } from './go-yaml-read';
import { YamlError } from './go-yaml-source';
import { isYaml, joined } from './repository-path';

/** In the order in which kustomize looks for them. */
const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** What Flux hands to kustomize for a folder, and where it got it. */
export interface Prepared {
  readonly kustomization: KustomizationFile;
  /** The folder's own file; where it has none, the one that Flux writes. */
  readonly path: string;
  /** Patches of that file, which stand before those of the Flux Kustomization. */
  readonly ownPatches: number;
  /** Whether there is anything to build: a folder without a manifest is nothing, and no mistake. */
  readonly empty: boolean;
}

/**
 * The folder's kustomization with the fields of a Flux Kustomization merged in, as its controller does it: the file itself is read without
 * looking at keys it does not know, and a folder without one gets a list of all manifests below.
 *
 * @throws BuildError
 */
export function prepare(files: Files, folder: string, spec: Readonly<Record<string, unknown>>): Prepared {
  const name = kustomizationIn(files, folder);
  const path = joined(folder, name ?? NAMES[0]);
  const own = name === undefined ? swept(files, folder) : readLeniently(files, path);
  const ownPatches = listOf(own, 'patches').length;
  const components = componentsOf(files, folder, path, spec);
  const merged: Record<string, unknown> = { ...own };
  for (const [from, to] of SCALARS) {
    const value = fieldOf(spec, from);
    if (typeof value === 'string') merged[to] = value;
  }
  const patches = [...listOf(own, 'patches'), ...listOf(spec, 'patches').map(patchOf)];
  if (patches.length > 0) merged['patches'] = patches;
  if (components.length > 0) merged['components'] = [...listOf(own, 'components'), ...components];
  const images = withImages(listOf(own, 'images'), listOf(spec, 'images'));
  if (images.length > 0) merged['images'] = images;
  const bare = listOf(own, 'resources').length === 0;
  const empty = name === undefined && bare && components.length === 0;
  // What Flux adds so that kustomize does not call the file empty: objects then say where they come from, or land in this namespace.
  if (bare && name !== undefined) merged['buildMetadata'] = ['originAnnotations'];
  if (bare && name === undefined) merged['namespace'] ??= '_placeholder';
  return { kustomization: merged, path, ownPatches, empty };
}

/** The name of a folder's kustomization file. */
export function kustomizationIn(files: Files, folder: string): string | undefined {
  const entries = files.list(folder) ?? [];
  return NAMES.find((name) => entries.some((entry) => entry.kind === 'file' && entry.name === name));
}

const SCALARS: readonly (readonly [field: string, key: string])[] = [
  ['targetNamespace', 'namespace'],
  ['namePrefix', 'namePrefix'],
  ['nameSuffix', 'nameSuffix'],
];

const HEAD = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' } as const;

/** All manifests below a folder; a folder with a kustomization file of its own is one resource. */
function swept(files: Files, folder: string): KustomizationFile {
  const resources: string[] = [];
  const visit = (inside: string, path: string): void => {
    for (const { name, kind } of files.list(path) ?? []) {
      const child = `${inside}${name}`;
      if (kind === 'file') {
        if (isYaml(name)) resources.push(child);
      } else if (kustomizationIn(files, joined(path, name)) !== undefined) {
        resources.push(child);
      } else {
        visit(`${child}/`, joined(path, name));
      }
    }
  };
  visit('', folder);
  return { ...HEAD, resources };
}

/** What kustomize's own file may hold, and whether it must be a list. */
const FIELDS: ReadonlyMap<string, readonly [key: string, form: 'text' | 'list' | 'map']> = new Map(
  [
    ...['apiVersion', 'kind', 'namePrefix', 'nameSuffix', 'namespace'].map((key) => [key, 'text'] as const),
    ...['metadata', 'openapi', 'commonLabels', 'commonAnnotations', 'sortOptions', 'generatorOptions', 'helmGlobals'].map(
      (key) => [key, 'map'] as const,
    ),
    ...['labels', 'patchesStrategicMerge', 'patchesJson6902', 'patches', 'images', 'imageTags', 'replacements', 'replicas', 'vars'].map(
      (key) => [key, 'list'] as const,
    ),
    ...['resources', 'components', 'crds', 'bases', 'configMapGenerator', 'secretGenerator', 'helmCharts', 'configurations'].map(
      (key) => [key, 'list'] as const,
    ),
    ...['helmChartInflationGenerator', 'generators', 'transformers', 'validators', 'buildMetadata'].map((key) => [key, 'list'] as const),
  ].map(([key, form]) => [key.toLowerCase(), [key, form]]),
);

/** The file as Go reads JSON into a struct: unknown keys are dropped, upper and lower case do not matter, a wrong form is an error. */
export function readLeniently(files: Files, path: string): KustomizationFile {
  let content: unknown;
  try {
    content = files.objects?.(path)?.[0] ?? readYaml(files.read(path) ?? '');
  } catch (error) {
    if (error instanceof YamlError) throw new BuildError('fails', path, `it is no YAML: ${error.message}`);
    if (error instanceof Unreadable) throw new BuildError('fails', path, `it ${error.reason}`);
    throw error;
  }
  if (content !== null && !isMap(content)) throw new BuildError('fails', path, 'it is no map of fields');
  const found: Record<string, unknown> = { ...HEAD };
  for (const [written, value] of Object.entries(content ?? {})) {
    const [key, form] = FIELDS.get(written.toLowerCase()) ?? [];
    if (key === undefined || value === null) continue;
    const formed = form === 'list' ? Array.isArray(value) : form === 'map' ? isMap(value) : typeof value === 'string';
    if (!formed) throw new BuildError('fails', path, `${written} must be a ${form}`);
    found[key] = value;
  }
  return found;
}

/** Patch and target, and of the target what Flux hands on. */
function patchOf(entry: unknown): unknown {
  const target = fieldOf(entry, 'target');
  return { patch: textOf(entry, 'patch') ?? '', ...(isMap(target) && { target }) };
}

/** Source: fluxcd/pkg/kustomize, IsLocalRelativePath. */
const REMOTE = /^(git::|gh:|ssh:\/\/|https?:\/\/|git@|github\.com[:/])./i;

function componentsOf(files: Files, folder: string, path: string, spec: Readonly<Record<string, unknown>>): readonly string[] {
  const listed = listOf(spec, 'components').filter((one): one is string => typeof one === 'string');
  for (const one of listed) {
    const local = !REMOTE.test(one) && !one.replace(/^file:\/\//i, '').startsWith('/');
    if (!local) throw new BuildError('fails', path, `component path ${one} must be local and relative`);
  }
  if (fieldOf(spec, 'ignoreMissingComponents') !== true) return listed;
  return listed.filter((one) => files.list(joined(folder, one)) !== undefined);
}

/** By name: what the Flux Kustomization says of an image goes over what the file says; tag and digest count as one. */
function withImages(own: readonly unknown[], added: readonly unknown[]): readonly unknown[] {
  const images = [...own];
  for (const image of added) {
    const place = images.findIndex((known) => textOf(known, 'name') === textOf(image, 'name'));
    const known = images[place];
    if (!isMap(known)) {
      images.push(image);
      continue;
    }
    const { newTag, digest, ...rest } = known;
    const newName = textOf(image, 'newName') ?? '';
    const tag = textOf(image, 'newTag') ?? '';
    const sum = textOf(image, 'digest') ?? '';
    const version = tag !== '' || sum !== '' ? { ...(tag !== '' && { newTag: tag }), ...(sum !== '' && { digest: sum }) } : undefined;
    const kept = { ...(newTag !== undefined && { newTag }), ...(digest !== undefined && { digest }) };
    images[place] = { ...rest, ...(newName !== '' && { newName }), ...(version ?? kept) };
  }
  return images;
}
