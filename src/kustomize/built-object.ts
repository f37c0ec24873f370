import type { KubernetesObject } from '../flux';
import type { BuiltObject } from './build';
import type { Resource } from './resource';
import type { Mapping } from './value';

/** What is handed out. An object without an apiVersion is one to kustomize, though to nobody after it. */
export function built({ object, origin }: Resource): BuiltObject {
  return { object: isKubernetesObject(object) ? object : { ...object, apiVersion: '', kind: '' }, origin };
}

export function isKubernetesObject(object: Mapping): object is Mapping & KubernetesObject {
  const { apiVersion, kind, metadata } = object;
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    (metadata === undefined || (typeof metadata === 'object' && metadata !== null))
  );
}
