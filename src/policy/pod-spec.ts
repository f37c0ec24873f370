import type { KubernetesObject } from '../flux';
import { at, isMap, listAt } from './rule';

/** Where kinds that Kubernetes itself serves keep the pod they run. */
const POD_SPEC: ReadonlyMap<string, readonly string[]> = new Map([
  ['Pod', ['spec']],
  ['Deployment', ['spec', 'template', 'spec']],
  ['StatefulSet', ['spec', 'template', 'spec']],
  ['DaemonSet', ['spec', 'template', 'spec']],
  ['ReplicaSet', ['spec', 'template', 'spec']],
  ['Job', ['spec', 'template', 'spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
]);

export const WORKLOADS: readonly string[] = [...POD_SPEC.keys()];

const GROUPS: ReadonlySet<string> = new Set(['v1', 'apps/v1', 'batch/v1']);

export interface PodSpec {
  /** `spec.template.spec`. */
  readonly at: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** The pods that a built-in workload runs; undefined for every other kind. */
export function podSpecOf(object: KubernetesObject): PodSpec | undefined {
  const path = GROUPS.has(object.apiVersion) ? POD_SPEC.get(object.kind) : undefined;
  if (!path) return undefined;
  const spec = at(object, ...path);
  return isMap(spec) ? { at: path.join('.'), spec } : undefined;
}

export interface Container {
  /** `spec.template.spec.containers[0]`. */
  readonly at: string;
  readonly container: Readonly<Record<string, unknown>>;
}

export function containersOf(pod: PodSpec): readonly Container[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    listAt(pod.spec, list).flatMap((container, index) => (isMap(container) ? [{ at: `${pod.at}.${list}[${index}]`, container }] : [])),
  );
}
