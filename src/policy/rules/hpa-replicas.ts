import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { ofKind } from '../../effective';
import { at, defineRule, groupOf, listAt, textAt } from '../rule';

const SSA = 'kustomize.toolkit.fluxcd.io/ssa';

/** Source: Flux applies `replicas` again at every interval, and the autoscaler writes it again. */
export const hpaReplicas = defineRule({
  name: 'hpa-replicas',
  ids: ['F93'],
  claim: 'no workload that an autoscaler scales states its replicas',
  because: 'at every interval Flux sets the number back: pods are killed under load, and started again',
  evidence: 'fluxcd/flux2#2888',
  severity: 'warning',
  fix: 'leave spec.replicas out',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const scaled = scaledBy(cluster);
      for (const kind of ['Deployment', 'StatefulSet', 'ReplicaSet']) {
        for (const on of ofKind(cluster, kind, 'apps')) {
          const scaler = scaled.get(identity(on));
          const replicas = at(on.object, 'spec', 'replicas');
          if (scaler === undefined || replicas === undefined || isLeftAlone(on)) continue;
          yield {
            on,
            at: 'spec.replicas',
            found: `replicas: ${JSON.stringify(replicas)}, and ${scaler} scales it`,
            fix: 'leave replicas out',
          };
        }
      }
    }
  },
});

/** Who scales what. */
function scaledBy(cluster: EffectiveCluster): ReadonlyMap<string, string> {
  const scaled = new Map<string, string>();
  for (const { object } of [...ofKind(cluster, 'HorizontalPodAutoscaler', 'autoscaling'), ...ofKind(cluster, 'ScaledObject', 'keda.sh')]) {
    const namespace = textAt(object, 'metadata', 'namespace') ?? '';
    const kind = textAt(object, 'spec', 'scaleTargetRef', 'kind') ?? (object.kind === 'ScaledObject' ? 'Deployment' : '');
    scaled.set(
      `${kind} ${namespace}/${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
      `${object.kind} ${textAt(object, 'metadata', 'name')}`,
    );
  }
  return scaled;
}

function identity({ object }: EffectiveObject): string {
  return `${object.kind} ${textAt(object, 'metadata', 'namespace') ?? ''}/${textAt(object, 'metadata', 'name')}`;
}

/** Whether Flux is told not to write the field a second time. */
function isLeftAlone({ object, owner }: EffectiveObject): boolean {
  const mark = textAt(object.metadata, 'annotations', SSA) ?? textAt(object.metadata, 'labels', SSA);
  if (mark !== undefined && /^(ifnotpresent|ignore)$/i.test(mark)) return true;
  return listAt(owner.spec, 'ignore').some((entry) => {
    const kind = textAt(entry, 'target', 'kind');
    const group = textAt(entry, 'target', 'group');
    return (
      listAt(entry, 'paths').includes('/spec/replicas') &&
      [undefined, object.kind].includes(kind) &&
      [undefined, groupOf(object)].includes(group)
    );
  });
}
