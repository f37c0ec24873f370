import { parse, stringify } from 'yaml';
import { isPlain, listAt, type Plain, textAt } from './plain';

/** What a Flux Kustomization adds to the kustomization.yaml at its path, and nothing else of its spec changes what is built. */
export interface Additions {
  readonly patches: readonly unknown[];
  readonly components: readonly string[];
  readonly images: readonly Plain[];
  readonly targetNamespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

/** The additions in the spec of a Flux Kustomization. (`commonMetadata` comes after the build and is no part of it.) */
export function additionsOf(spec: unknown): Additions {
  return {
    patches: listAt(spec, 'patches'),
    components: listAt(spec, 'components').map(String),
    images: listAt(spec, 'images').filter(isPlain),
    targetNamespace: textAt(spec, 'targetNamespace'),
    namePrefix: textAt(spec, 'namePrefix'),
    nameSuffix: textAt(spec, 'nameSuffix'),
  };
}

/**
 * The kustomization.yaml as kustomize-controller writes it back before it builds: `patches` and `components` after the file's own,
 * `images` by name, the rest overwritten. Keys it doesn't know stay, so that kustomize refuses a misspelt one (the controller drops
 * it without a word). A file to which nothing is added stays as it is.
 */
export function merge(text: string, added: Additions): string {
  const { patches, components, images, targetNamespace, namePrefix, nameSuffix } = added;
  const overwritten = Object.entries({ namespace: targetNamespace, namePrefix, nameSuffix }).filter(([, value]) => value !== undefined);
  if (patches.length + components.length + images.length + overwritten.length === 0) return text;

  const own: unknown = parse(text, { version: '1.1' }) ?? {};
  if (!isPlain(own)) throw new Error('the kustomization.yaml is not an object');
  const merged: Record<string, unknown> = { ...own, ...Object.fromEntries(overwritten) };
  if (patches.length > 0) merged.patches = [...listAt(own, 'patches'), ...patches];
  if (components.length > 0) merged.components = [...listAt(own, 'components'), ...components];
  if (images.length > 0) {
    const names = new Set(images.map(({ name }) => name));
    merged.images = [...listAt(own, 'images').filter((image) => !isPlain(image) || !names.has(image.name)), ...images];
  }
  return stringify(merged, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
