import type { FieldSpec } from './field-path';
import type { GeneratorEntry, GeneratorOptions, SecretEntry } from './generators';
import type { ImageEntry } from './images';
import {
  anything,
  fields,
  flag,
  KustomizationError,
  listOf,
  type Manner,
  optional,
  type Read,
  text,
  texts,
  whole,
} from './kustomization-reader';
import type { LabelEntry } from './labels';
import type { FieldOptions, Replacement, ReplacementSource, ReplacementTarget } from './replacements';
import type { ReplicaEntry } from './replicas';
import type { Selector } from './selector';
import { isList, isMapping } from './value';

/** An entry of `patches` or `patchesJson6902`. */
export interface PatchEntry {
  readonly path: string;
  readonly patch: string;
  readonly target: Selector | undefined;
  readonly options: { readonly allowNameChange: boolean; readonly allowKindChange: boolean } | undefined;
}

/** An entry of `replacements`: itself, or the file that it stands in. */
export interface ReplacementEntry extends Replacement {
  readonly path: string;
}

/** A kustomization file. What is absent is empty. */
export interface Kustomization {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: unknown;
  readonly resources: readonly string[];
  readonly bases: readonly string[];
  readonly components: readonly string[];
  readonly namespace: string;
  readonly namePrefix: string;
  readonly nameSuffix: string;
  readonly commonLabels: Readonly<Record<string, string>>;
  readonly commonAnnotations: Readonly<Record<string, string>>;
  readonly labels: readonly LabelEntry[];
  readonly images: readonly ImageEntry[];
  readonly imageTags: readonly ImageEntry[];
  readonly replicas: readonly ReplicaEntry[];
  readonly patches: readonly PatchEntry[];
  readonly patchesJson6902: readonly PatchEntry[];
  readonly patchesStrategicMerge: readonly string[];
  readonly replacements: readonly ReplacementEntry[];
  readonly configMapGenerator: readonly GeneratorEntry[];
  readonly secretGenerator: readonly SecretEntry[];
  readonly generatorOptions: GeneratorOptions | undefined;
  readonly buildMetadata: readonly string[];
  readonly sortOptions: SortOptions | undefined;
  readonly vars: readonly unknown[];
  readonly crds: readonly string[];
  readonly configurations: readonly string[];
  readonly generators: readonly string[];
  readonly transformers: readonly string[];
  readonly validators: readonly string[];
  readonly openapi: Readonly<Record<string, string>>;
  readonly helmGlobals: unknown;
  readonly helmCharts: readonly unknown[];
  readonly helmChartInflationGenerator: readonly unknown[];
}

export interface SortOptions {
  readonly order: string;
  readonly legacySortOptions: { readonly orderFirst: readonly string[]; readonly orderLast: readonly string[] } | undefined;
}

const selector: Read<Selector> = fields<Selector>({
  group: text,
  version: text,
  kind: text,
  name: text,
  namespace: text,
  labelSelector: text,
  annotationSelector: text,
});

const options: Read<GeneratorOptions> = fields<GeneratorOptions>({
  labels: texts,
  annotations: texts,
  disableNameSuffixHash: flag,
  immutable: flag,
});

const generator = {
  name: text,
  namespace: text,
  behavior: text,
  literals: listOf(text),
  files: listOf(text),
  envs: listOf(text),
  env: text,
  options: optional(options),
};

const patch: Read<PatchEntry> = fields<PatchEntry>({
  path: text,
  patch: text,
  target: optional(selector),
  options: optional(fields<{ allowNameChange: boolean; allowKindChange: boolean }>({ allowNameChange: flag, allowKindChange: flag })),
});

const image: Read<ImageEntry> = fields<ImageEntry>({ name: text, newName: text, newTag: text, tagSuffix: text, digest: text });

const fieldSpec: Read<FieldSpec> = fields<FieldSpec>({ group: text, version: text, kind: text, path: text, create: flag });

const fieldOptions = fields<FieldOptions>({ delimiter: text, index: whole, encoding: text, create: flag });

const replacement: Read<ReplacementEntry> = fields<ReplacementEntry>({
  path: text,
  sourceValue: optional(text),
  source: optional(
    fields<ReplacementSource>({
      group: text,
      version: text,
      kind: text,
      name: text,
      namespace: text,
      fieldPath: text,
      options: optional(fieldOptions),
    }),
  ),
  targets: optional(
    listOf(
      fields<ReplacementTarget>({
        select: optional(selector),
        reject: listOf(selector),
        fieldPaths: listOf(text),
        options: optional(fieldOptions),
      }),
    ),
  ),
});

/** Reads a file of replacements: one, or a list of them. Throws `KustomizationError`. */
export function readReplacements(value: unknown): readonly Replacement[] {
  return listOf(replacement)(Array.isArray(value) ? value : [value], 'replacements', 'lenient');
}

const metadata = fields<{ name: string; namespace: string; labels: object; annotations: object }>({
  name: text,
  namespace: text,
  labels: texts,
  annotations: texts,
});

const kustomization: Read<Kustomization> = fields<Kustomization>({
  kind: text,
  apiVersion: text,
  metadata: optional(metadata),
  resources: listOf(text),
  bases: listOf(text),
  components: listOf(text),
  namespace: text,
  namePrefix: text,
  nameSuffix: text,
  commonLabels: texts,
  commonAnnotations: texts,
  labels: listOf(fields<LabelEntry>({ pairs: texts, includeSelectors: flag, includeTemplates: flag, fields: listOf(fieldSpec) })),
  images: listOf(image),
  imageTags: listOf(image),
  replicas: listOf(fields<ReplicaEntry>({ name: text, count: whole })),
  patches: listOf(patch),
  patchesJson6902: listOf(patch),
  patchesStrategicMerge: listOf(text),
  replacements: listOf(replacement),
  configMapGenerator: listOf(fields<GeneratorEntry>(generator)),
  secretGenerator: listOf(fields<SecretEntry>({ ...generator, type: text })),
  generatorOptions: optional(options),
  buildMetadata: listOf(text),
  sortOptions: optional(
    fields<SortOptions>({
      order: text,
      legacySortOptions: optional(
        fields<NonNullable<SortOptions['legacySortOptions']>>({ orderFirst: listOf(text), orderLast: listOf(text) }),
      ),
    }),
  ),
  vars: listOf(anything),
  crds: listOf(text),
  configurations: listOf(text),
  generators: listOf(text),
  transformers: listOf(text),
  validators: listOf(text),
  openapi: texts,
  helmGlobals: anything,
  helmCharts: listOf(anything),
  helmChartInflationGenerator: listOf(anything),
});

/**
 * Reads what a kustomization file holds.
 *
 * @throws KustomizationError
 */
export function readKustomization(value: unknown, manner: Manner): Kustomization {
  const read = kustomization(value, '', manner);
  const kind = read.kind || 'Kustomization';
  if (kind !== 'Kustomization' && kind !== 'Component') throw new KustomizationError(`kind is ${kind}, and not Kustomization or Component`);
  const apiVersion = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (read.apiVersion !== '' && read.apiVersion !== apiVersion)
    throw new KustomizationError(`apiVersion of a ${kind} is ${apiVersion}, and not ${read.apiVersion}`);
  return { ...read, kind, apiVersion };
}

/** Fields that are moved into others when the file is read, and are nothing where they hold nothing. */
const MOVED = new Set(['bases', 'imagetags', 'helmchartinflationgenerator']);

/** Whether a file says nothing but what it is: kustomize refuses that. An empty list is something to it. */
export function saysNothing(written: unknown): boolean {
  if (!isMapping(written)) return true;
  return Object.entries(written).every(([key, value]) => {
    const field = key.toLowerCase();
    if (field === 'kind' || field === 'apiversion' || value === null || value === '') return true;
    return MOVED.has(field) && isList(value) && value.length === 0;
  });
}

/** What a file uses that we do not do; undefined where there is nothing. */
export function unsupportedIn(read: Kustomization): string | undefined {
  const notDone: readonly (readonly [field: string, uses: boolean, why: string])[] = [
    [
      'helmCharts',
      read.helmCharts.length > 0 || read.helmChartInflationGenerator.length > 0,
      'they are charts, which Flux does not inflate either',
    ],
    ['generators', read.generators.length > 0, 'they are plugins'],
    ['transformers', read.transformers.length > 0, 'they are plugins'],
    ['validators', read.validators.length > 0, 'they are plugins'],
    ['vars', read.vars.length > 0, 'kustomize has deprecated them'],
    ['crds', read.crds.length > 0, 'they change what is merged and which references are followed'],
    ['configurations', read.configurations.length > 0, 'they change what every transformer does'],
    ['openapi.path', Object.hasOwn(read.openapi, 'path'), 'it changes what is merged'],
    ['buildMetadata', read.buildMetadata.some((option) => option !== 'originAnnotations'), 'it labels everything'],
  ];
  const used = notDone.find(([, uses]) => uses);
  return used && `${used[0]} is not followed here: ${used[2]}`;
}
