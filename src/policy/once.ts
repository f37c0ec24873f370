import type { KubernetesObject } from '../flux';

/**
 * Works something out once for each object: clusters share the objects that nothing changed.
 *
 * @param work must depend on nothing but the object
 */
export function oncePerObject<Result>(work: (object: KubernetesObject) => Result): (object: KubernetesObject) => Result {
  const known = new WeakMap<KubernetesObject, { readonly result: Result }>();
  return (object) => {
    const before = known.get(object);
    if (before) return before.result;
    const result = work(object);
    known.set(object, { result });
    return result;
  };
}
