import { nearest } from './nearest';
import { isMap } from './rule';

/** Fields of kustomize.config.k8s.io. Source: sigs.k8s.io/kustomize/api v0.21, types.Kustomization. */
const FIELDS: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'bases',
  'buildMetadata',
  'commonAnnotations',
  'commonLabels',
  'components',
  'configMapGenerator',
  'configurations',
  'crds',
  'generatorOptions',
  'generators',
  'helmChartInflationGenerator',
  'helmCharts',
  'helmGlobals',
  'imageTags',
  'images',
  'labels',
  'namePrefix',
  'nameSuffix',
  'namespace',
  'openapi',
  'patches',
  'patchesJson6902',
  'patchesStrategicMerge',
  'replacements',
  'replicas',
  'resources',
  'secretGenerator',
  'sortOptions',
  'transformers',
  'validators',
  'vars',
]);

const SELECTOR = { group: {}, version: {}, kind: {}, name: {}, namespace: {}, labelSelector: {}, annotationSelector: {} };
const GENERATOR_OPTIONS = { labels: {}, annotations: {}, disableNameSuffixHash: {}, immutable: {} };
const GENERATOR = { namespace: {}, name: {}, behavior: {}, literals: {}, files: {}, envs: {}, env: {}, options: GENERATOR_OPTIONS };

/** Fields whose own fields are known; an empty map: anything. */
interface Shape {
  readonly [field: string]: Shape;
}

/** What the entries of some fields may hold. Source: as above. */
const INSIDE: Readonly<Record<string, Shape>> = {
  patches: { path: {}, patch: {}, target: SELECTOR, options: {} },
  images: { name: {}, newName: {}, tagSuffix: {}, newTag: {}, digest: {} },
  replicas: { name: {}, count: {} },
  labels: { pairs: {}, includeSelectors: {}, includeTemplates: {}, fields: {} },
  configMapGenerator: GENERATOR,
  secretGenerator: { ...GENERATOR, type: {} },
  generatorOptions: GENERATOR_OPTIONS,
  sortOptions: { order: {}, legacySortOptions: {} },
};

export interface UnknownKey {
  /** Dotted path: `resource`, `patches[0].tagret`. */
  readonly at: string;
  readonly key: string;
  /** What was probably meant; undefined where nothing is near. */
  readonly meant: string | undefined;
}

/** Fields of a kustomization file that kustomize does not have, whatever their case, which Flux does not look at. */
export function unknownKeys(content: Readonly<Record<string, unknown>>): readonly UnknownKey[] {
  const found: UnknownKey[] = [];
  const look = (map: Readonly<Record<string, unknown>>, shape: Shape, path: string): void => {
    const names = Object.keys(shape);
    if (names.length === 0) return;
    const folded = new Map(names.map((name) => [name.toLowerCase(), name]));
    for (const [key, value] of Object.entries(map)) {
      const at = path === '' ? key : `${path}.${key}`;
      const name = folded.get(key.toLowerCase());
      if (name === undefined) {
        const absent = names.filter((one) => !Object.hasOwn(map, one));
        found.push({ at, key, meant: nearest(key, absent) });
      } else {
        lookInto(value, shape[name] ?? {}, at);
      }
    }
  };
  const lookInto = (value: unknown, shape: Shape, at: string): void => {
    const items = Array.isArray(value) ? value.map((item: unknown, index) => [item, `${at}[${index}]`] as const) : [[value, at] as const];
    for (const [item, place] of items) if (isMap(item)) look(item, shape, place);
  };
  look(content, Object.fromEntries([...FIELDS].map((field) => [field, INSIDE[field] ?? {}])), '');
  return found;
}
