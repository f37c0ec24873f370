import type { EffectiveObject } from '../../effective';
import { objectsOf } from '../../effective';
import { containersOf, podSpecOf } from '../pod-spec';
import { defineRule, isMap, listAt, type Violation } from '../rule';

/** A list whose items server-side apply tells apart by some of their fields, and what stands for a field that is absent. */
interface KeyedList {
  readonly list: string;
  readonly keys: readonly string[];
  readonly defaults?: Readonly<Record<string, string>>;
}

/** Source: Kubernetes' OpenAPI, x-kubernetes-list-map-keys. */
const OF_CONTAINERS: readonly KeyedList[] = [
  { list: 'env', keys: ['name'] },
  { list: 'ports', keys: ['containerPort', 'protocol'], defaults: { protocol: 'TCP' } },
  { list: 'volumeMounts', keys: ['mountPath'] },
  { list: 'volumeDevices', keys: ['devicePath'] },
];

const OF_PODS: readonly KeyedList[] = [
  { list: 'containers', keys: ['name'] },
  { list: 'initContainers', keys: ['name'] },
  { list: 'volumes', keys: ['name'] },
  { list: 'imagePullSecrets', keys: ['name'] },
  { list: 'hostAliases', keys: ['ip'] },
  { list: 'topologySpreadConstraints', keys: ['topologyKey', 'whenUnsatisfiable'] },
];

const OF_SERVICES: readonly KeyedList[] = [{ list: 'ports', keys: ['port', 'protocol'], defaults: { protocol: 'TCP' } }];

/** Source: fluxcd/pkg applies server-side, and the API server refuses two items of one key. */
export const ssaDuplicateKeys = defineRule({
  name: 'ssa-duplicate-keys',
  ids: ['F92'],
  claim: 'no list of a workload has two items of one key',
  because: 'server-side apply refuses the object, and Flux applies nothing of that stage',
  evidence: 'fluxcd/kustomize-controller#923, kubernetes/kubernetes#113482',
  severity: 'error',
  fix: 'keep one of the two',
  local: true,

  *check(repository) {
    for (const on of objectsOf(repository)) {
      if (on.object.apiVersion === 'v1' && on.object.kind === 'Service')
        yield* repeated(on, 'spec', Reflect.get(on.object, 'spec'), OF_SERVICES);
      const pod = podSpecOf(on.object);
      if (!pod) continue;
      yield* repeated(on, pod.at, pod.spec, OF_PODS);
      for (const { at, container } of containersOf(pod)) yield* repeated(on, at, container, OF_CONTAINERS);
    }
  },
});

function* repeated(on: EffectiveObject, at: string, node: unknown, lists: readonly KeyedList[]): Iterable<Violation> {
  for (const { list, keys, defaults = {} } of lists) {
    const seen = new Map<string, number>();
    for (const [index, item] of listAt(node, list).entries()) {
      if (!isMap(item)) continue;
      const values = keys.map((key) => item[key] ?? defaults[key]);
      // Another rule speaks of an item without its key.
      if (values.some((value) => typeof value !== 'string' && typeof value !== 'number')) continue;
      const key = JSON.stringify(values.map(String));
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, index);
        continue;
      }
      const shown = keys.map((name, place) => `${name} ${values[place]}`).join(' and ');
      yield { on, at: `${at}.${list}[${index}]`, found: `${shown} again, after ${list}[${first}]`, fix: 'keep one of the two' };
    }
  }
}
