import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { ofKind } from '../../effective';
import { defineRule, listAt, textAt } from '../rule';
import { configNamed, variableSourcesOf } from '../variable-sources';

const LABEL = 'reconcile.fluxcd.io/watch';

/** Source: kustomize-controller and helm-controller watch what carries the label, and nothing else. */
export const watchLabel = defineRule({
  name: 'watch-label',
  ids: ['F70'],
  claim: 'what Flux takes variables and values from carries the label by which it is watched',
  because: 'a change of it reaches the cluster only at the next interval of those who use it',
  evidence: 'kustomize-controller and helm-controller, default of --watch-configs-label-selector',
  severity: 'info',
  fix: `label it with ${LABEL}: Enabled`,

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const [on, users] of usersOf(cluster)) {
        if (textAt(on.object, 'metadata', 'labels', LABEL) === 'Enabled') continue;
        const [first = ''] = users;
        const others = users.size > 1 ? ` and ${users.size - 1} more` : '';
        yield {
          on,
          at: `metadata.labels["${LABEL}"]`,
          found: `${first}${others} would not notice a change`,
          fix: `label it with ${LABEL}: Enabled`,
        };
      }
    }
  },
});

/** Every ConfigMap and Secret of the repository that Flux reads, and who has it read. */
function usersOf(cluster: EffectiveCluster): ReadonlyMap<EffectiveObject, ReadonlySet<string>> {
  const users = new Map<EffectiveObject, Set<string>>();
  const note = (kind: string | undefined, namespace: string, name: string | undefined, user: string): void => {
    if (name === undefined || (kind !== 'ConfigMap' && kind !== 'Secret')) return;
    for (const on of configNamed(cluster, kind, namespace, name)) users.set(on, (users.get(on) ?? new Set<string>()).add(user));
  };
  for (const one of cluster.kustomizations) {
    for (const { kind, name } of variableSourcesOf(one)) note(kind, one.namespace, name, `Kustomization ${one.id}`);
  }
  for (const { object } of ofKind(cluster, 'HelmRelease', 'helm.toolkit.fluxcd.io')) {
    const namespace = textAt(object, 'metadata', 'namespace') ?? '';
    const user = `HelmRelease ${namespace}/${textAt(object, 'metadata', 'name')}`;
    for (const entry of listAt(object, 'spec', 'valuesFrom')) note(textAt(entry, 'kind'), namespace, textAt(entry, 'name'), user);
  }
  return users;
}
