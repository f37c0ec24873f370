import { groupAndVersion, isSelected, metadataText } from './identity';
import { parseLabelSelector } from './label-selector';
import { wholePattern } from './pattern';
import { ReplacementError, setAt, splitPath, valueFor, valueIn } from './replacement-path';
import type { Resource } from './resource';
import type { Resources } from './resources';
import type { Selector } from './selector';
import { fieldOf, isMapping, textOf, valueAt } from './value';

export interface FieldOptions {
  readonly delimiter: string;
  readonly index: number;
  readonly encoding: string;
  readonly create: boolean;
}

/** An entry of `replacements`, without the file that it may stand in. */
export interface Replacement {
  readonly source: ReplacementSource | undefined;
  readonly sourceValue: string | undefined;
  readonly targets: readonly ReplacementTarget[] | undefined;
}

export interface ReplacementSource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** @default metadata.name */
  readonly fieldPath: string;
  readonly options: FieldOptions | undefined;
}

export interface ReplacementTarget {
  readonly select: Selector | undefined;
  readonly reject: readonly Selector[];
  /** @default metadata.name */
  readonly fieldPaths: readonly string[];
  readonly options: FieldOptions | undefined;
}

/** What an object is and was called. The namespace is as it was written; kustomize does not look at defaults here. */
interface WrittenId {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

const NAME = 'metadata.name';

/**
 * Copies a field of one object into fields of others.
 *
 * @throws ReplacementError | PatternError | SelectorError
 */
export function replace(resources: Resources, { source, sourceValue, targets }: Replacement): void {
  if ((source === undefined && sourceValue === undefined) || !targets?.length)
    throw new ReplacementError('a replacement has a source and targets');
  if (source !== undefined && sourceValue !== undefined) throw new ReplacementError('a replacement has one of source and sourceValue');
  const from = source === undefined ? { value: sourceValue, text: sourceValue ?? '' } : read(resources.all, source);
  for (const target of targets) {
    const { select } = target;
    if (select === undefined) throw new ReplacementError('a target of a replacement selects nothing');
    const isTarget = targetTest(target, select);
    for (const resource of resources.all) {
      if (!isTarget(resource)) continue;
      for (const path of target.fieldPaths.length > 0 ? target.fieldPaths : [NAME]) {
        const changed = setAt(resource.object, splitPath(path), target.options?.create === true, from, (there) =>
          valueFor(there, from, target.options),
        );
        if (changed === undefined || !isMapping(changed))
          throw new ReplacementError(`there is no ${path} in ${textOf(resource.object, 'kind')} ${resource.id.name}`);
        resource.object = changed;
      }
    }
  }
  resources.renamed();
}

function read(all: readonly Resource[], source: ReplacementSource) {
  const found = all.filter((resource) =>
    idsOf(resource).some(
      (id) =>
        (source.name === '' || source.name === id.name) &&
        (source.namespace === '' || source.namespace === (id.namespace || 'default')) &&
        isSelected(id, source),
    ),
  );
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new ReplacementError(
      `the source of a replacement selects ${found.length > 1 ? 'several objects' : 'nothing'}: ${source.kind} ${source.name}`,
    );
  }
  const path = source.fieldPath || NAME;
  const value = valueIn(resource.object, splitPath(path));
  if (value === undefined) throw new ReplacementError(`the source of a replacement has no ${path}`);
  const { delimiter = '', index = 0 } = source.options ?? {};
  if (delimiter === '') return value;
  if (typeof value.value === 'object') throw new ReplacementError(`${path} is split, but is no text`);
  const part = value.text.split(delimiter)[index];
  if (part === undefined) throw new ReplacementError(`${path} has no part ${index}`);
  return { value: part, text: part };
}

function targetTest({ reject }: ReplacementTarget, select: Selector): (resource: Resource) => boolean {
  const selects = idTest(select);
  const labelled = labelTest(select);
  const rejectsId = reject
    .filter((each) => [each.group, each.version, each.kind, each.name, each.namespace].some((part) => part !== ''))
    .map(idTest);
  const rejectsLabels = reject
    .filter(({ labelSelector, annotationSelector }) => labelSelector !== '' || annotationSelector !== '')
    .map(labelTest);
  return (resource) => {
    if (!labelled(resource) || rejectsLabels.some((rejects) => rejects(resource))) return false;
    const ids = idsOf(resource);
    return !rejectsId.some((rejects) => ids.some(rejects)) && ids.some(selects);
  };
}

function idTest(selector: Selector): (id: WrittenId) => boolean {
  const parts = (['group', 'version', 'kind', 'name', 'namespace'] as const).map((part) => [part, wholePattern(selector[part])] as const);
  return (id) => parts.every(([part, pattern]) => pattern.matches(id[part]));
}

function labelTest({ labelSelector, annotationSelector }: Selector): (resource: Resource) => boolean {
  const [labels, annotations] = [parseLabelSelector(labelSelector), parseLabelSelector(annotationSelector)];
  return (resource) => labels.matches(resource.labels) && annotations.matches(resource.annotations);
}

function idsOf({ object, formerIds }: Resource): readonly WrittenId[] {
  const metadata = valueAt(object, 'metadata');
  const written = {
    ...groupAndVersion(textOf(object, 'apiVersion')),
    kind: textOf(object, 'kind'),
    name: metadataText(metadata, 'name'),
    namespace: fieldOf(metadata, 'namespace') === undefined ? '' : metadataText(metadata, 'namespace'),
  };
  return [written, ...formerIds];
}
