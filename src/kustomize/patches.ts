import { BuildError, type BuiltObject, type PatchReport } from './build';
import { built } from './built-object';
import { documents } from './documents';
import { FieldError, withField, withoutField, withValue } from './field-path';
import { identityOf, keyOf, metadataText, say } from './identity';
import { applyJsonPatch, type JsonOperation, JsonPatchError } from './json-patch';
import type { PatchEntry } from './kustomization';
import { SelectorError } from './label-selector';
import { mergePatch } from './merge';
import { MergeError } from './merge-error';
import { PatternError } from './pattern-error';
import { type Resource, textsOf } from './resource';
import type { Resources } from './resources';
import { type Selector, selectorOf } from './selector';
import { fieldOf, isList, isMapping, isSame, type Mapping, textOf, valueAt } from './value';
import { readYaml } from './yaml-reader';

/** A patch, read, and not yet applied. */
export interface ReadPatch {
  readonly form: 'merge' | 'json6902';
  readonly text: string;
  /** Of a merge: one object for each document. */
  readonly merges: readonly Mapping[];
  readonly operations: readonly JsonOperation[];
  readonly target: Selector | undefined;
  /** The target as it was written. */
  readonly writtenTarget: Readonly<Record<string, unknown>> | undefined;
  readonly keepsName: boolean;
  readonly keepsKind: boolean;
  /** Place in its list. */
  readonly index: number;
}

/** What kustomize keeps in the annotations of an object while it builds. A JSON patch meets them there. */
const NOTES = 'internal.config.kubernetes.io';

/**
 * Reads the text of a patch, which says by its form what it is.
 *
 * @param file where the text is
 * @param made what a text says that was made in memory, so that it need not be parsed
 * @throws BuildError where it is neither form, or both
 */
export function readPatch(
  text: string,
  entry: PatchEntry,
  index: number,
  writtenTarget: unknown,
  file: string,
  made?: (text: string) => unknown,
): ReadPatch {
  const { target, options } = entry;
  const common = {
    text,
    target,
    writtenTarget: isMapping(writtenTarget) ? writtenTarget : undefined,
    keepsName: options?.allowNameChange !== true,
    keepsKind: options?.allowKindChange !== true,
    index,
  };
  const asMerge = (): ReadPatch => ({
    ...common,
    form: 'merge',
    merges: documents(text, file).map(({ object }) => object),
    operations: [],
  });
  const asOperations = (): ReadPatch => {
    const operations = readOperations(text, file);
    return operations.length === 0 ? asMerge() : { ...common, form: 'json6902', merges: [], operations };
  };
  const known = made?.(text);
  if (isMapping(known)) return { ...common, form: 'merge', merges: [known], operations: [] };
  if (isList(known) && known.every(isMapping)) return { ...common, form: 'json6902', merges: [], operations: known };
  // No text is both. What looks like one is read as that, and told what is wrong with it as such.
  const [likely, other] = /^\s*(?:#[^\n]*\n\s*)*[[-](?!--)/.test(text) ? [asOperations, asMerge] : [asMerge, asOperations];
  const first = attempt(likely);
  if ('value' in first) return first.value;
  const second = attempt(other);
  if ('value' in second) return second.value;
  throw first.error;
}

type Attempt<T> = { readonly value: T } | { readonly error: BuildError };

function attempt<T>(read: () => T): Attempt<T> {
  try {
    return { value: read() };
  } catch (error) {
    if (error instanceof BuildError) return { error };
    throw error;
  }
}

/**
 * Reads a list of operations: JSON where it begins with `[`, else YAML.
 *
 * @throws BuildError
 */
export function readOperations(text: string, file: string): readonly JsonOperation[] {
  if (text === '') throw new BuildError('fails', file, 'the patch is empty');
  const read = text.startsWith('[') ? readJson(text, file) : readYaml(text, file);
  const operations = read === null ? [] : read;
  if (isList(operations) && operations.every(isMapping)) return operations;
  throw new BuildError('fails', file, 'the patch is neither an object nor a list of operations');
}

function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BuildError('fails', file, 'a patch that begins with [ has to be JSON: write YAML lists with a dash for each item');
  }
}

/**
 * Applies a patch to what it selects.
 *
 * @param file whose list it is in
 * @throws BuildError
 */
export function applyPatch(resources: Resources, patch: ReadPatch, file: string, remembers = true): PatchReport {
  const matched: BuiltObject[] = [];
  const replacedLists: string[] = [];
  const addedByReplace: string[] = [];
  let changed = false;
  const note = (resource: Resource, after: Mapping | undefined): void => {
    matched.push(built(resource));
    changed ||= after === undefined || !isSame(resource.object, after);
  };
  const where = `patch ${patch.index}`;
  try {
    if (patch.form === 'json6902') {
      if (patch.target === undefined) throw new BuildError('fails', file, `${where}: a list of operations needs a target`);
      for (const resource of select(resources, patch.target)) {
        if (remembers) resource.remember();
        const { object, addedByReplace: added } = applyJsonPatch(withNotes(resource), patch.operations);
        const after = withoutNotes(object);
        note(resource, after);
        addedByReplace.push(...added);
        resource.object = after;
      }
      resources.renamed();
    } else {
      const deleted = new Set<Resource>();
      for (const [merge, resource] of merges(resources, patch, file, deleted)) {
        const { object, replacedLists: lists } = mergePatch(resource.object, merge);
        const after = object && restored(resource, object, patch);
        note(resource, after);
        replacedLists.push(...lists.map((path) => `${say(resource.id)} ${path}`));
        if (after) resource.object = after;
        else deleted.add(resource);
      }
      if (deleted.size > 0) resources.keep((resource) => !deleted.has(resource));
      if (!patch.keepsName || !patch.keepsKind) resources.check(file);
    }
  } catch (error) {
    if (error instanceof PatternError || error instanceof MergeError) throw new BuildError(error.kind, file, `${where}: ${error.message}`);
    if (error instanceof SelectorError || error instanceof JsonPatchError || error instanceof FieldError)
      throw new BuildError('fails', file, `${where}: ${error.message}`);
    throw error;
  }
  const { form, text, operations, writtenTarget, index } = patch;
  return { file, index, form, target: writtenTarget, patch: text, operations, matched, changed, replacedLists, addedByReplace };
}

function select(resources: Resources, target: Selector): readonly Resource[] {
  return resources.all.filter(selectorOf(target));
}

/** What is merged into what, one after the other: without a target, the patch itself names its object. */
function* merges(
  resources: Resources,
  { merges: patches, target, index }: ReadPatch,
  file: string,
  deleted: ReadonlySet<Resource>,
): Generator<readonly [patch: Mapping, resource: Resource]> {
  if (target !== undefined) {
    const [patch, second] = patches;
    if (second) throw new BuildError('fails', file, `patch ${index}: with a target it may hold one object only`);
    if (!patch) return;
    const cleaned = withTexts(patch);
    for (const resource of select(resources, target))
      yield [withField(cleaned, 'apiVersion', textOf(resource.object, 'apiVersion')), resource];
    return;
  }
  for (const patch of patches) {
    const id = identityOf(patch);
    const found = resources.named(keyOf(id)).filter((resource) => !deleted.has(resource));
    const [resource] = found;
    if (resource === undefined || found.length > 1) {
      throw new BuildError('fails', file, `patch ${index}: ${found.length > 1 ? 'several objects are' : 'there is no'} ${say(id)}`);
    }
    yield [patch, resource];
  }
}

/** Labels and annotations of a patch with a target are copied as text first: null becomes `"null"` and deletes nothing. */
function withTexts(patch: Mapping): Mapping {
  return ['labels', 'annotations'].reduce((result, key) => {
    const metadata = fieldOf(result, 'metadata');
    const node = fieldOf(metadata, key);
    if (!isMapping(metadata) || node === undefined) return result;
    const texts = textsOf(node);
    return withField(
      result,
      'metadata',
      texts.size > 0 ? withField(metadata, key, Object.fromEntries(texts)) : withoutField(metadata, key),
    );
  }, patch);
}

/** A merge cannot make another object of it, unless it is allowed to. The namespace stays in any case. */
function restored(resource: Resource, merged: Mapping, { keepsName, keepsKind }: ReadPatch): Mapping {
  if (!keepsName || !keepsKind) resource.remember();
  const { object } = resource;
  let result = merged;
  if (keepsKind) result = withField(result, 'kind', textOf(object, 'kind'));
  const before = fieldOf(object, 'metadata');
  if (keepsName) result = withValue(result, ['metadata', 'name'], metadataText(before, 'name'));
  const namespace = metadataText(before, 'namespace');
  if (namespace !== '') return withValue(result, ['metadata', 'namespace'], namespace);
  const metadata = fieldOf(result, 'metadata');
  return isMapping(metadata) ? withField(result, 'metadata', withoutField(metadata, 'namespace')) : result;
}

/** The object with what kustomize notes among its annotations, so that there are always some. */
function withNotes({ object, former, prefixes, suffixes, hashed }: Resource): Mapping {
  if (former.length === 0 && !hashed) return object;
  const annotations = valueAt(object, 'metadata', 'annotations');
  const joined = (texts: readonly string[]): string => texts.join(',');
  const notes = {
    ...(former.length > 0 && {
      [`${NOTES}/previousKinds`]: joined(former.map(({ kind }) => kind)),
      [`${NOTES}/previousNames`]: joined(former.map(({ name }) => name)),
      [`${NOTES}/previousNamespaces`]: joined(former.map(({ namespace }) => namespace)),
    }),
    ...(prefixes.length > 0 && { [`${NOTES}/prefixes`]: joined(prefixes) }),
    ...(suffixes.length > 0 && { [`${NOTES}/suffixes`]: joined(suffixes) }),
    ...(hashed && { [`${NOTES}/needsHashSuffix`]: 'enabled' }),
  };
  return withValue(object, ['metadata', 'annotations'], { ...(isMapping(annotations) ? annotations : {}), ...notes });
}

/** The annotations that are left, as text; no field where none are. */
function withoutNotes(object: Mapping): Mapping {
  const metadata = fieldOf(object, 'metadata');
  const annotations = fieldOf(metadata, 'annotations');
  if (!isMapping(metadata) || annotations === undefined) return object;
  const texts = [...textsOf(annotations)].filter(([key]) => !key.startsWith(`${NOTES}/`));
  return withField(
    object,
    'metadata',
    texts.length > 0 ? withField(metadata, 'annotations', Object.fromEntries(texts)) : withoutField(metadata, 'annotations'),
  );
}
