import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type AnyComponent, Directory, Documents } from './component';
import { type Facts, factsOf } from './facts';
import { type Finding, Refused } from './finding';
import { header } from './header';
import type { KubernetesObject } from './manifest';
import type { File } from './tree';
import { documents, NotYaml, toYaml } from './yaml';

/** The files of one component, and the objects in them, in the order in which they were made. */
export interface ComponentFiles {
  readonly files: ReadonlyMap<string, File>;
  readonly objects: readonly Emitted[];
  readonly facts: Facts;
}

/** One object and where it ends up. */
export interface Emitted {
  readonly path: string;
  readonly construct: ApiObject;
  readonly object: KubernetesObject;
}

/** A folder being filled: what its kustomization.yaml lists, and what lies in it. */
interface Folder {
  readonly path: string;
  readonly resources: string[];
}

/** The files under a component's directory. Findings: two constructs for one file, a folder without a manifest, a value that is no YAML. */
export function componentFiles(component: AnyComponent): ComponentFiles {
  const texts = new Map<string, { readonly objects: KubernetesObject[] }>();
  const objects: Emitted[] = [];
  const findings: Finding[] = [];
  const folders: Folder[] = [];

  const place = (construct: ApiObject, folder: Folder, file: string, shared: boolean): void => {
    const path = join(folder.path, file);
    const object = construct.toJson() as KubernetesObject;
    objects.push({ path, construct, object });
    if ('items' in object && object.kind.endsWith('List')) findings.push(listOfObjects(component, path, object.kind));
    const known = texts.get(path);
    if (known && !shared) findings.push(twice(component, path));
    if (known) known.objects.push(object);
    else {
      texts.set(path, { objects: [object] });
      folder.resources.push(file);
    }
  };
  const open = (path: string): Folder => {
    const folder = { path, resources: [] };
    if (folders.some((other) => other.path === path)) findings.push(twice(component, join(path, 'kustomization.yaml')));
    folders.push(folder);
    return folder;
  };
  const visit = (parent: IConstruct, folder: Folder, file?: string): void => {
    for (const child of parent.node.children) {
      const name = file ?? `${child.node.id}.yaml`;
      if (ApiObject.isApiObject(child)) place(child, folder, name, file !== undefined);
      else if (child instanceof Directory) {
        folder.resources.push(child.path);
        visit(child, open(join(component.directory, child.path)));
      } else visit(child, folder, child instanceof Documents ? name : file);
    }
  };
  visit(component, open(component.directory));

  const head = header(component.sourceFile);
  const files = new Map<string, File>();
  for (const { path, resources } of folders) {
    if (resources.length === 0 && !component.source && component.ownsFolder) findings.push(empty(component, path));
    const list = kustomizationFile(resources);
    files.set(join(path, 'kustomization.yaml'), { text: `${head}${toYaml(list)}`, objects: [list], source: component.sourceFile });
  }
  for (const [path, { objects: inFile }] of texts) {
    const text = textOf(inFile, (what) => findings.push(notYaml(component, path, what)));
    files.set(path, { text: `${head}${text}`, objects: inFile, source: component.sourceFile });
  }
  const facts = factsOf(objects.map(({ object }) => object));
  for (const object of facts.withNull) {
    for (const field of nulls(object)) findings.push(nullField(component, object, field));
  }
  if (findings.length > 0) throw new Refused(findings);
  return { files, objects, facts };
}

/** kustomize's own file, which lists what belongs to a folder: without it Flux would sweep every YAML below. */
export function kustomizationFile(resources: readonly string[]): KubernetesObject & { readonly resources: readonly string[] } {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources };
}

function textOf(objects: readonly KubernetesObject[], report: (what: string) => void): string {
  try {
    return documents(objects);
  } catch (error) {
    if (!(error instanceof NotYaml)) throw error;
    report(error.message);
    return '';
  }
}

/** Dotted paths of the fields that are null. */
function* nulls(node: unknown, path = ''): Iterable<string> {
  if (node === null) yield path;
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) yield* nulls(value, path === '' ? key : `${path}.${key}`);
}

/** Joins two paths, `..` resolved. */
function join(directory: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${directory}/${name}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function twice(component: AnyComponent, path: string): Finding {
  return {
    rule: 'duplicate-path',
    file: component.sourceFile,
    what: `two constructs emit ${path}`,
    where: component.name,
    why: 'only one of the two would be on disk, and nobody could say which',
    fix: 'give one another id; several objects share a file only within `new Documents(…)`',
  };
}

function empty(component: AnyComponent, path: string): Finding {
  return {
    rule: 'empty-folder',
    file: component.sourceFile,
    what: `${path} has no manifest`,
    where: component.name,
    why: 'Flux would apply nothing, and call it ready',
    fix: 'make a manifest in it, or take the component or the Directory away',
  };
}

function listOfObjects(component: AnyComponent, path: string, kind: string): Finding {
  return {
    rule: 'list-of-objects',
    file: component.sourceFile,
    what: `a ${kind} holds objects of its own`,
    where: path,
    why: 'kustomize takes it apart and applies them, but no rule, edge or patch here would have seen them',
    fix: 'make each object by itself; several share a file within `new Documents(…)`',
  };
}

function notYaml(component: AnyComponent, path: string, what: string): Finding {
  return {
    rule: 'not-yaml',
    file: component.sourceFile,
    what,
    where: path,
    why: 'the file could not be written, or would say something else than the code',
    fix: 'give plain data: text, numbers, booleans, lists and maps',
  };
}

function nullField(component: AnyComponent, object: KubernetesObject, field: string): Finding {
  return {
    rule: 'null-field',
    file: component.sourceFile,
    what: `${field} is null`,
    where: `${object.kind}, ${field}`,
    why: 'kustomize and the API server drop a null on the way: the chart default it was to unset stays',
    fix: 'leave the field out, or unset a chart default through valuesFrom',
  };
}
