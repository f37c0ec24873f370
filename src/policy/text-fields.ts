import type { KubernetesObject } from '../flux';
import { containersOf, podSpecOf } from './pod-spec';
import { mapAt } from './rule';

/** Dotted paths of the maps whose values the API server takes as text only, whatever the kind. */
function textMaps({ apiVersion, kind }: KubernetesObject): readonly string[] {
  const maps = ['metadata.labels', 'metadata.annotations'];
  if (apiVersion === 'v1' && kind === 'ConfigMap') maps.push('data', 'binaryData');
  if (apiVersion === 'v1' && kind === 'Secret') maps.push('data', 'stringData');
  if (apiVersion === 'storage.k8s.io/v1' && kind === 'StorageClass') maps.push('parameters');
  return maps;
}

/** Fields of any object whose values are text: in a ConfigMap `data.PORT`, in a container `env[0].value`. */
export function isTextField(object: KubernetesObject, at: string): boolean {
  if (textMaps(object).some((map) => at.startsWith(`${map}.`))) return true;
  const pod = podSpecOf(object);
  if (!pod || !at.startsWith(pod.at.replace(/\.spec$/, ''))) return false;
  if (at.startsWith(`${pod.at.replace(/\.?spec$/, '')}.metadata.labels.`)) return true;
  if (at.startsWith(`${pod.at.replace(/\.?spec$/, '')}.metadata.annotations.`)) return true;
  if (at.startsWith(`${pod.at}.nodeSelector.`)) return true;
  return containersOf(pod).some((container) => at.startsWith(`${container.at}.`) && CONTAINER_TEXT.test(at.slice(container.at.length + 1)));
}

const CONTAINER_TEXT = /^(env\[\d+\]\.(name|value)|args\[\d+\]|command\[\d+\]|image|name|workingDir)$/;

/** Names of objects are text too: `metadata.name: ${PORT}`. */
export function isName(object: KubernetesObject, at: string): boolean {
  return /^metadata\.(name|namespace)$/.test(at) && Object.hasOwn(mapAt(object, 'metadata'), at.slice('metadata.'.length));
}
