import { objectsOf } from '../../effective';
import { defineRule, textAt } from '../rule';

const MARKS = [
  { key: 'kustomize.toolkit.fluxcd.io/reconcile', value: 'disabled', does: 'neither applied nor pruned nor waited for' },
  { key: 'kustomize.toolkit.fluxcd.io/ssa', value: 'ignore', does: 'neither applied nor pruned' },
];

/** Source: kustomize-controller reads the marks from the manifest as well as from the live object. */
export const reconcileDisabled = defineRule({
  name: 'reconcile-disabled',
  ids: ['F98'],
  claim: 'no manifest tells Flux to leave it alone',
  because: 'the file changes and the cluster does not, and on a new cluster the object never comes',
  evidence: 'fluxcd/pkg, ssa: ApplyOptions.ExclusionSelector; kustomize-controller, Kustomization v1',
  severity: 'warning',
  fix: 'remove the mark, or the manifest',
  local: true,

  *check(repository) {
    for (const on of objectsOf(repository)) {
      for (const map of ['annotations', 'labels']) {
        for (const { key, value, does } of MARKS) {
          const mark = textAt(on.object.metadata, map, key);
          if (mark?.toLowerCase() !== value) continue;
          yield { on, at: `metadata.${map}["${key}"]`, found: `${mark}: it is ${does}`, fix: 'remove the mark, or the manifest' };
        }
      }
    }
  },
});
