import { BuildError, type PatchReport } from './build';
import { documents } from './documents';
import { FieldError } from './field-path';
import { imageChange } from './images';
import { type Kustomization, type PatchEntry, type ReplacementEntry, readReplacements } from './kustomization';
import { KustomizationError } from './kustomization-reader';
import { SelectorError } from './label-selector';
import { addAnnotations, addCommonLabels, addLabels, fieldsOf, LabelFieldError } from './labels';
import { addPrefix, addSuffix } from './names';
import { setNamespace } from './namespace';
import { applyPatch, type ReadPatch, readOperations, readPatch } from './patches';
import { PatternError } from './pattern-error';
import { ReplacementError } from './replacement-path';
import { type Replacement, replace } from './replacements';
import { setReplicas } from './replicas';
import type { Resources } from './resources';
import { fieldOf, isList, type Mapping } from './value';
import { readYaml } from './yaml-reader';

/** The patches of a kustomization file, all read before the first is applied, as kustomize does. */
export interface PreparedPatches {
  readonly strategic: readonly ReadPatch[];
  readonly patches: readonly ReadPatch[];
  readonly json: readonly ReadPatch[];
  readonly replacements: readonly Replacement[];
}

const NO_ENTRY: PatchEntry = { path: '', patch: '', target: undefined, options: undefined };

/**
 * Reads the patches of a kustomization file.
 *
 * @param written the file as it is, for reports
 * @param load reads a file by its path as written
 * @param made what a text says that was made in memory
 * @throws BuildError
 */
export function preparedPatches(
  kustomization: Kustomization,
  written: unknown,
  file: string,
  load: (path: string) => string,
  made?: (text: string) => unknown,
): PreparedPatches {
  const target = (list: string, index: number): unknown => {
    const entries = fieldOf(written, list);
    return isList(entries) ? fieldOf(entries[index], 'target') : undefined;
  };
  return {
    strategic: kustomization.patchesStrategicMerge.map((entry, index) => strategic(entry, index, file, load)),
    patches: kustomization.patches.map((entry, index) => {
      const inline = entry.patch.trim();
      if ((inline === '') === (entry.path === '')) throw new BuildError('fails', file, `patch ${index} has to have one of patch and path`);
      return readPatch(inline || load(entry.path), entry, index, target('patches', index), entry.path || file, made);
    }),
    json: kustomization.patchesJson6902.map((entry, index) => json(entry, index, target('patchesJson6902', index), file, load)),
    replacements: kustomization.replacements.flatMap((entry) => replacementsOf(entry, file, load)),
  };
}

function replacementsOf(entry: ReplacementEntry, file: string, load: (path: string) => string): readonly Replacement[] {
  if (entry.path === '') return [entry];
  if (entry.source !== undefined || (entry.targets?.length ?? 0) > 0)
    throw new BuildError('fails', file, 'a replacement stands in a file, or here');
  try {
    return readReplacements(readYaml(load(entry.path), entry.path));
  } catch (error) {
    if (error instanceof KustomizationError) throw new BuildError('fails', entry.path, error.message);
    throw error;
  }
}

/** The text itself or, where it is none, the path of a file. */
function strategic(entry: string, index: number, file: string, load: (path: string) => string): ReadPatch {
  const read = (text: string, from: string): ReadPatch => ({
    form: 'merge',
    text,
    merges: documents(text, from).map(({ object }) => object),
    operations: [],
    target: undefined,
    writtenTarget: undefined,
    keepsName: true,
    keepsKind: true,
    index,
  });
  try {
    return read(entry, file);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return read(load(entry), entry);
  }
}

function json(entry: PatchEntry, index: number, writtenTarget: unknown, file: string, load: (path: string) => string): ReadPatch {
  if (!entry.target?.name) throw new BuildError('fails', file, `patchesJson6902 ${index} has to name its target`);
  if ((entry.patch === '') === (entry.path === ''))
    throw new BuildError('fails', file, `patchesJson6902 ${index} has to have one of patch and path`);
  const text = entry.patch || load(entry.path);
  const operations = readOperations(text, entry.path || file);
  if (operations.length === 0) throw new BuildError('fails', file, `patchesJson6902 ${index} is empty`);
  const { target } = entry;
  const written = typeof writtenTarget === 'object' && writtenTarget !== null ? { ...writtenTarget } : undefined;
  return { ...readPatch(text, { ...NO_ENTRY, target }, index, written, entry.path || file), form: 'json6902', merges: [], operations };
}

/**
 * Runs the transformers of a kustomization file over everything that it has, in kustomize's order.
 *
 * @throws BuildError
 */
export function transform(
  resources: Resources,
  kustomization: Kustomization,
  { strategic: first, patches, json: last, replacements }: PreparedPatches,
  file: string,
  reports: PatchReport[],
): void {
  for (const patch of [...first, ...patches]) reports.push(applyPatch(resources, patch, file));
  const { namespace, namePrefix, nameSuffix, labels, commonLabels, commonAnnotations, replicas, images, imageTags } = kustomization;
  const each = (what: string, change: (object: Mapping) => Mapping): void => {
    for (const resource of resources.all) {
      try {
        resource.object = change(resource.object);
      } catch (error) {
        if (error instanceof FieldError) throw new BuildError('fails', file, `${what} meets ${resource.origin.path}: ${error.message}`);
        throw error;
      }
    }
  };
  try {
    if (namespace !== '') setNamespace(resources, namespace, file);
    if (namePrefix !== '') for (const resource of resources.all) addPrefix(resource, namePrefix);
    if (nameSuffix !== '') for (const resource of resources.all) addSuffix(resource, nameSuffix);
    if (namePrefix !== '' || nameSuffix !== '') resources.renamed();
    for (const entry of labels) {
      const fields = fieldsOf(entry);
      each('labels', (object) => addLabels(object, entry.pairs, fields));
    }
    each('commonLabels', (object) => addCommonLabels(object, commonLabels));
    each('commonAnnotations', (object) => addAnnotations(object, commonAnnotations));
    for (const patch of last) reports.push(applyPatch(resources, patch, file, false));
    for (const entry of replicas) {
      if (!setReplicas(resources, entry))
        throw new BuildError('fails', file, `replicas: nothing of the kinds it knows is called ${entry.name}`);
    }
    for (const entry of [...images, ...imageTags]) each('images', imageChange(entry));
    for (const entry of replacements) replace(resources, entry);
  } catch (error) {
    if (error instanceof ReplacementError) throw new BuildError(error.kind, file, error.message);
    if (error instanceof SelectorError) throw new BuildError('fails', file, error.message);
    if (error instanceof LabelFieldError) throw new BuildError('fails', file, `labels: ${error.message}`);
    if (error instanceof FieldError) throw new BuildError('fails', file, error.message);
    if (error instanceof PatternError) throw new BuildError(error.kind, file, error.message);
    throw error;
  }
}
