import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../flux';
import { type Build, BuildError, type BuiltObject } from '../kustomize';

/** Stands in until src/kustomize builds: lists `resources`, and nothing else. */
export const plainBuild: Build = (files, folder) => {
  const reached = new Set<string>();
  const objects: BuiltObject[] = [];
  const file = (path: string): readonly unknown[] => {
    reached.add(path);
    const known = files.objects?.(path);
    if (known) return known;
    const text = files.read(path);
    if (text === undefined) throw new BuildError('fails', path, 'there is no such file or folder');
    return parseAllDocuments(text).map((document): unknown => document.toJS());
  };
  const visit = (path: string): void => {
    if (files.list(path) === undefined) {
      const found = file(path).filter(isObject);
      objects.push(...found.map((object, index) => ({ object, origin: { path, index } })));
      return;
    }
    const [content] = file(`${path}/kustomization.yaml`);
    const resources = typeof content === 'object' && content !== null && 'resources' in content ? content.resources : [];
    for (const resource of Array.isArray(resources) ? resources : []) visit(joined(path, String(resource)));
  };
  visit(folder);
  return { objects, patches: [], reached };
};

function isObject(value: unknown): value is KubernetesObject {
  return typeof value === 'object' && value !== null && 'kind' in value && 'apiVersion' in value;
}

function joined(folder: string, path: string): string {
  const steps: string[] = [];
  for (const step of `${folder}/${path}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
