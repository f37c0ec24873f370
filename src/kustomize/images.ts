import { FieldError, type FieldSpec, setFields, withField } from './field-path';
import { compilePattern, type Pattern } from './pattern';
import { fieldOf, isList, isMapping, type Mapping, scalarText, textOf } from './value';

/** An entry of `images`. */
export interface ImageEntry {
  /** A regular expression, though nobody would think so. */
  readonly name: string;
  readonly newName: string;
  readonly newTag: string;
  readonly tagSuffix: string;
  readonly digest: string;
}

/** Where images are looked for in every kind, after the fields of the name `containers` and `initContainers` at any depth. */
const FIELDS: readonly FieldSpec[] = [
  'spec/containers[]/image',
  'spec/initContainers[]/image',
  'spec/volumes[]/image/reference',
  'spec/template/spec/containers[]/image',
  'spec/template/spec/initContainers[]/image',
  'spec/template/spec/volumes[]/image/reference',
].map((path) => ({ path, create: true }));

const CONTAINER_LISTS = new Set(['containers', 'initContainers']);

/** How an entry of `images` changes an object. */
export type ImageChange = (object: Mapping) => Mapping;

/**
 * @throws PatternError where the name of the image is no regular expression
 */
export function imageChange(entry: ImageEntry): ImageChange {
  const pattern = compilePattern(`^${entry.name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  const set = (value: unknown): unknown => changedImage(value, entry, pattern);
  return (object) => {
    if (textOf(object, 'kind') === 'CustomResourceDefinition') return object;
    const walked = withContainers(object, set);
    return FIELDS.reduce((changed, spec) => setFields(changed, spec, { set }), isMapping(walked) ? walked : object);
  };
}

function withContainers(node: unknown, set: (value: unknown) => unknown): unknown {
  if (isList(node)) {
    const items = node.map((item) => withContainers(item, set));
    return items.some((item, index) => item !== node[index]) ? items : node;
  }
  if (!isMapping(node)) return node;
  let result = node;
  for (const key of Object.keys(node)) {
    const below = withContainers(node[key], set);
    const value = CONTAINER_LISTS.has(key) && isList(below) ? containers(below, set) : below;
    if (value !== node[key]) result = withField(result, key, value);
  }
  return result;
}

function containers(list: readonly unknown[], set: (value: unknown) => unknown): readonly unknown[] {
  const items = list.map((item) => {
    if (item !== null && !isMapping(item)) throw new FieldError('an item of containers is no mapping');
    const image = fieldOf(item, 'image');
    if (!isMapping(item) || image === undefined) return item;
    const changed = set(image);
    return changed === image ? item : withField(item, 'image', changed);
  });
  return items.some((item, index) => item !== list[index]) ? items : list;
}

function changedImage(value: unknown, entry: ImageEntry, pattern: Pattern): unknown {
  if (typeof value === 'object' && value !== null) throw new FieldError('an image is no text');
  const image = scalarText(value);
  if (!pattern.matches(image)) return value;
  const parts = partsOf(image);
  const name = entry.newName || parts.name;
  let { tag, digest } = parts;
  if (entry.newTag || entry.digest) [tag, digest] = [entry.newTag, entry.digest];
  else if (entry.tagSuffix) [tag, digest] = [tag + entry.tagSuffix, ''];
  return `${name}${tag && `:${tag}`}${digest && `@${digest}`}`;
}

/** `registry:5000/team/app:1.2@sha256:…`: a colon before the first slash belongs to the registry. */
function partsOf(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = image.indexOf('/');
  const from = Math.max(slash, 0);
  const at = image.indexOf('@', from);
  const colon = image.indexOf(':', from);
  if (at >= 0 && (colon < 0 || at < colon)) return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  if (colon < 0) return { name: image, tag: '', digest: '' };
  const end = at < 0 ? image.length : at;
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, end), digest: at < 0 ? '' : image.slice(at + 1) };
}
