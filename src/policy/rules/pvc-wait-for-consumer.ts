import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { comesAfter, ofKind } from '../../effective';
import { defineRule, leaves, textAt } from '../rule';

/** Provisioners that nearly everybody installs by hand, with the classes they make. Source: their published manifests. */
const WELL_KNOWN: ReadonlySet<string> = new Set(['local-path', 'openebs-hostpath']);

/** Source: kstatus calls a claim ready when it is Bound; such a class binds it once a pod mounts it. */
export const pvcWaitForConsumer = defineRule({
  name: 'pvc-wait-for-consumer',
  ids: ['F85'],
  claim: 'no Flux Kustomization waits for a claim that nothing mounts before it is ready',
  because:
    'the claim is bound only when a pod mounts it: the Flux Kustomization waits for the claim, and the pod for the Flux Kustomization',
  evidence: 'fluxcd/cli-utils, kstatus: PersistentVolumeClaim; Kubernetes, volumeBindingMode WaitForFirstConsumer',
  severity: 'error',
  fix: 'put the claim and the workload that mounts it into one Flux Kustomization, or do not wait',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const late = lateClasses(cluster);
      for (const on of ofKind(cluster, 'PersistentVolumeClaim', '')) {
        const storageClass = textAt(on.object, 'spec', 'storageClassName');
        if (on.owner.spec['wait'] !== true || storageClass === undefined || !late.has(storageClass)) continue;
        if (textAt(on.object, 'spec', 'volumeName') !== undefined || isMounted(cluster, on)) continue;
        yield {
          on,
          at: 'spec.storageClassName',
          found: `class ${storageClass} waits for a pod, and no pod that ${on.owner.id} does not hold back mounts the claim`,
          fix: `apply the workload from ${on.owner.id} too, or set wait: false there`,
        };
      }
    }
  },
});

/** Classes that bind a claim when a pod mounts it: as the cluster's own manifests say, else the well-known ones. */
function lateClasses(cluster: EffectiveCluster): ReadonlySet<string> {
  const late = new Set(WELL_KNOWN);
  for (const { object } of ofKind(cluster, 'StorageClass', 'storage.k8s.io')) {
    const name = textAt(object, 'metadata', 'name') ?? '';
    if (textAt(object, 'volumeBindingMode') === 'WaitForFirstConsumer') late.add(name);
    else late.delete(name);
  }
  return late;
}

/** Whether anything names the claim that is applied without waiting for its Flux Kustomization: a workload's volume, a release's value. */
function isMounted(cluster: EffectiveCluster, { object, owner }: EffectiveObject): boolean {
  const name = textAt(object, 'metadata', 'name');
  const namespace = textAt(object, 'metadata', 'namespace');
  return cluster.kustomizations.some((other) => {
    if (other !== owner && comesAfter(other).has(owner)) return false;
    return other.objects.some((one) => {
      if (one.object === object || textAt(one.object, 'metadata', 'namespace') !== namespace) return false;
      return leaves(Reflect.get(one.object, 'spec')).some(([, value]) => value === name);
    });
  });
}
