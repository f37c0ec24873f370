import { scopeOf } from '../../charts';
import { type EffectiveCluster, type EffectiveObject, ofKind } from '../../effective';
import { isBuiltIn } from '../../flux/built-in-groups';
import { defineRule, groupOf, nameOf, textAt } from '../rule';
import { isWhole } from '../whole';
import { few } from '../written-patches';

/** Source: the API server has no namespace to put it in, and Flux, unlike kubectl, assumes none. */
export const namespaceStated = defineRule({
  name: 'namespace-stated',
  ids: ['F50'],
  claim: 'an object of a kind that lives in namespaces states which one',
  because: 'the dry run fails with "namespace not specified", and with it all that the Flux Kustomization applies at that stage',
  evidence: 'fluxcd/pkg ssa 0.76, ApplyAllStaged: one failed dry run drops the stage',
  severity: 'error',
  fix: 'state metadata.namespace, or targetNamespace in the Flux Kustomization',

  *check(repository) {
    for (const cluster of repository.clusters) {
      if (!isWhole(repository, cluster)) continue; // who applies its root may set a namespace
      const scopes = ownScopes(cluster);
      for (const { objects } of cluster.kustomizations) {
        const without = objects.filter((one) => lacksNamespace(one, scopes));
        const [on] = without;
        if (!on) continue;
        yield {
          on,
          at: 'metadata.namespace',
          found:
            without.length === 1
              ? 'no namespace'
              : `no namespace, here and in ${few(without.slice(1).map(({ object }) => nameOf(object)))}`,
          fix: `state metadata.namespace; or for all that ${on.owner.id} applies spec.targetNamespace, or namespace in its kustomization.yaml`,
        };
      }
    }
  },
});

function lacksNamespace({ object }: EffectiveObject, scopes: ReadonlyMap<string, string>): boolean {
  if (textAt(object, 'metadata', 'namespace')) return false;
  const group = groupOf(object);
  return (scopeOf(object.kind, group, isBuiltIn(group)) ?? scopes.get(`${group} ${object.kind}`)) === 'Namespaced';
}

/** Scopes that the cluster's own CRDs state, by group and kind. */
function ownScopes(cluster: EffectiveCluster): ReadonlyMap<string, string> {
  return new Map(
    ofKind(cluster, 'CustomResourceDefinition', 'apiextensions.k8s.io').flatMap(({ object }) => {
      const scope = textAt(object, 'spec', 'scope');
      return scope === undefined ? [] : [[`${textAt(object, 'spec', 'group')} ${textAt(object, 'spec', 'names', 'kind')}`, scope]];
    }),
  );
}
