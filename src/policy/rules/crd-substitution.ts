import type { EffectiveObject } from '../../effective';
import { ofKind } from '../../effective';
import { dollarTexts, isSubstituted } from '../expressions';
import { defineRule } from '../rule';

/** Source: descriptions in CRDs quote shells and templates. */
export const crdSubstitution = defineRule({
  name: 'crd-substitution',
  ids: ['F71'],
  claim: 'no CRD goes through substitution',
  because: "its descriptions are upstream's: the first that quotes ${…} fails the Flux Kustomization, and a $$ is changed without a word",
  evidence: 'fluxcd/kustomize-controller#1692',
  severity: 'warning',
  fix: 'annotate the CRDs with kustomize.toolkit.fluxcd.io/substitute: disabled, by a patch',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const groups = new Map<EffectiveObject['owner'], EffectiveObject[]>();
      for (const on of ofKind(cluster, 'CustomResourceDefinition', 'apiextensions.k8s.io')) {
        if (isSubstituted(on)) groups.set(on.owner, [...(groups.get(on.owner) ?? []), on]);
      }
      for (const crds of groups.values()) {
        const dangerous = crds.filter(({ unsubstituted }) => dollarTexts(unsubstituted).some(({ text }) => /\$\$|\$\{/.test(text)));
        const on = dangerous[0] ?? crds[0];
        if (!on) continue;
        yield {
          on,
          at: '',
          found: `${crds.length} ${crds.length === 1 ? 'CRD' : 'CRDs'} of ${on.owner.id} ${crds.length === 1 ? 'goes' : 'go'} through substitution${dangerous.length > 0 ? `, and ${dangerous.length} of them ${dangerous.length === 1 ? 'has' : 'have'} $$ or \${ in it` : ''}`,
          fix: 'annotate them with kustomize.toolkit.fluxcd.io/substitute: disabled, by a patch with target kind: CustomResourceDefinition',
          ...(dangerous.length === 0 && { severity: 'info' as const }),
        };
      }
    }
  },
});
