import type { KubernetesObject } from '../flux';
import { type Files, type Origin, Unreadable } from '../kustomize';
import { isMap, textOf } from './fields';
import { isFluxInstance, isFluxKustomization, isSource } from './flux-objects';
import { readYaml } from './go-yaml-read';
import { YamlError } from './go-yaml-source';
import type { Problem } from './model';
import { isYaml, joined } from './repository-path';

/** An object as it stands in its file, whoever applies it. */
export interface RawObject {
  readonly object: KubernetesObject;
  readonly origin: Origin;
}

/** Values of the chart flux-instance: they make a FluxInstance, wherever they stand. */
export interface InstanceValues {
  readonly values: unknown;
  readonly origin: Origin;
}

/** What says how Flux reads the repository. */
export interface Scan {
  /** Every YAML file, sorted by path. */
  readonly files: readonly string[];
  readonly kustomizations: readonly RawObject[];
  readonly instances: readonly RawObject[];
  readonly instanceValues: readonly InstanceValues[];
  readonly sources: readonly RawObject[];
  /** Files that could not be read although they have something to say. */
  readonly problems: readonly Problem[];
}

/** A file that has none of these words cannot hold an object we look for, and need not be parsed. */
const MARKS = ['kustomize.toolkit.fluxcd.io/', 'source.toolkit.fluxcd.io/', 'fluxcd.controlplane.io/'];

/** Looks through all YAML files of a repository for Flux's own objects. */
export function scan(files: Files): Scan {
  const paths = yamlIn(files, '');
  const result: Mutable<Scan> = { files: [...paths], kustomizations: [], instances: [], instanceValues: [], sources: [], problems: [] };
  for (const path of paths) {
    for (const [index, value] of contentOf(files, path, result.problems).entries()) sort(result, value, { path, index });
  }
  return result;
}

type Mutable<T> = { readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };

function sort(result: Mutable<Scan>, value: unknown, origin: Origin): void {
  if (!isMap(value)) return;
  const { spec } = value;
  if (textOf(value, 'instance', 'sync', 'path') !== undefined) result.instanceValues.push({ values: value, origin });
  if (textOf(spec, 'values', 'instance', 'sync', 'path') !== undefined && isMap(spec)) {
    result.instanceValues.push({ values: spec['values'], origin });
  }
  if (!isObject(value)) return;
  if (isFluxKustomization(value)) result.kustomizations.push({ object: value, origin });
  else if (isFluxInstance(value)) result.instances.push({ object: value, origin });
  else if (isSource(value)) result.sources.push({ object: value, origin });
}

function isObject(value: object): value is KubernetesObject {
  return 'apiVersion' in value && typeof value.apiVersion === 'string' && 'kind' in value && typeof value.kind === 'string';
}

/** All YAML files of a folder, git's own left out, sorted by path. */
export function yamlIn(files: Files, folder: string): readonly string[] {
  const found: string[] = [];
  const visit = (inside: string): void => {
    for (const { name, kind } of files.list(inside) ?? []) {
      if (kind === 'folder' && name !== '.git') visit(joined(inside, name));
      else if (kind === 'file' && isYaml(name)) found.push(joined(inside, name));
    }
  };
  visit(folder);
  return found.sort();
}

function contentOf(files: Files, path: string, problems: Problem[]): readonly unknown[] {
  const objects = files.objects?.(path);
  if (objects) return objects;
  try {
    const text = files.read(path) ?? '';
    const values = text.includes('instance:') && text.includes('sync:');
    return values || MARKS.some((mark) => text.includes(mark)) ? documentsOf(text) : [];
  } catch (error) {
    if (error instanceof Unreadable) problems.push({ file: path, what: `it ${error.reason}` });
    else if (error instanceof YamlError) problems.push({ file: path, what: `it is no YAML: ${error.message}` });
    else throw error;
    return [];
  }
}

function documentsOf(text: string): readonly unknown[] {
  const documents = text.split(/^---(?=\s|$)/m).map((document) => readYaml(document));
  return documents.filter((document) => document !== null);
}
