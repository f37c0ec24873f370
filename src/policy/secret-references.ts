import type { EffectiveObject } from '../effective';
import { oncePerObject } from './once';
import { containersOf, podSpecOf } from './pod-spec';
import { listAt, textAt, at as valueAt } from './rule';

/** A field that names a Secret of its object's own namespace. */
export interface SecretReference {
  readonly on: EffectiveObject;
  /** `spec.template.spec.containers[0].envFrom[0].secretRef`. */
  readonly at: string;
  readonly namespace: string;
  readonly name: string;
  /** Undefined where all of it is taken. */
  readonly key: string | undefined;
}

/** Secrets without which the pods of a built-in workload do not start. */
export function* secretsOfPods(on: EffectiveObject): Generator<SecretReference> {
  const pod = podSpecOf(on.object);
  if (!pod) return;
  const { at, spec } = pod;
  for (const [index, entry] of listAt(spec, 'imagePullSecrets').entries())
    yield* referenceTo(on, entry, `${at}.imagePullSecrets[${index}]`, 'name');
  for (const [index, volume] of listAt(spec, 'volumes').entries()) {
    const place = `${at}.volumes[${index}]`;
    const secret = valueAt(volume, 'secret');
    for (const key of ['', ...keysOfItems(secret)]) yield* referenceTo(on, secret, `${place}.secret`, 'secretName', key || undefined);
    for (const [part, source] of listAt(volume, 'projected', 'sources').entries()) {
      const projected = valueAt(source, 'secret');
      for (const key of ['', ...keysOfItems(projected)])
        yield* referenceTo(on, projected, `${place}.projected.sources[${part}].secret`, 'name', key || undefined);
    }
  }
  for (const { at: place, container } of containersOf(pod)) {
    for (const [index, from] of listAt(container, 'envFrom').entries())
      yield* referenceTo(on, valueAt(from, 'secretRef'), `${place}.envFrom[${index}].secretRef`, 'name');
    for (const [index, variable] of listAt(container, 'env').entries()) {
      const reference = valueAt(variable, 'valueFrom', 'secretKeyRef');
      yield* referenceTo(on, reference, `${place}.env[${index}].valueFrom.secretKeyRef`, 'name', textAt(reference, 'key'));
    }
  }
}

function keysOfItems(secret: unknown): readonly string[] {
  return listAt(secret, 'items').flatMap((item) => textAt(item, 'key') ?? []);
}

function* referenceTo(on: EffectiveObject, node: unknown, at: string, field: string, key?: string): Generator<SecretReference> {
  const name = textAt(node, field);
  const namespace = textAt(on.object, 'metadata', 'namespace');
  if (name === undefined || namespace === undefined || valueAt(node, 'optional') === true) return;
  yield { on, at, namespace, name, key };
}

/** `{name, key}` wherever it stands below a field that speaks of a Secret or of credentials, as custom resources and charts have it. */
export function* keysNamed(on: EffectiveObject): Generator<SecretReference> {
  const namespace = textAt(on.object, 'metadata', 'namespace');
  if (namespace !== undefined) for (const one of pairsIn(on.object)) yield { on, namespace, ...one };
}

const pairsIn = oncePerObject((object) => {
  const found: Pick<Required<SecretReference>, 'at' | 'name' | 'key'>[] = [];
  const visit = (node: object, at: string, inSecret: boolean): void => {
    if (Array.isArray(node)) {
      for (const [index, item] of node.entries()) if (isNode(item)) visit(item, `${at}[${index}]`, inSecret);
      return;
    }
    const [name, key] = inSecret ? [textAt(node, 'name'), textAt(node, 'key')] : [];
    if (name !== undefined && key !== undefined && !('namespace' in node) && valueAt(node, 'optional') !== true)
      found.push({ at, name, key });
    for (const field of Object.keys(node)) {
      const value: unknown = Reflect.get(node, field);
      if (isNode(value)) visit(value, at === '' ? field : `${at}.${field}`, !OF_CONFIG.test(field) && (inSecret || OF_SECRET.test(field)));
    }
  };
  if (!podSpecOf(object)) visit(object, '', false);
  return found;
});

const OF_CONFIG = /configmap/i;
const OF_SECRET = /secret|credential/i;

function isNode(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
