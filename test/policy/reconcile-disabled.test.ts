import { reconcileDisabled } from '../../src/policy/rules/reconcile-disabled';
import { testRule, yaml } from '../support/rule-tester';

testRule(reconcileDisabled, {
  allowed: {
    'a stub that is made once': yaml`
      kind: Namespace
      metadata: { name: ferry, annotations: { kustomize.toolkit.fluxcd.io/ssa: IfNotPresent } }`,
    'reconciled, and said so': yaml`
      kind: Namespace
      metadata: { name: ferry, annotations: { kustomize.toolkit.fluxcd.io/reconcile: enabled } }`,
  },
  refused: {
    'not reconciled': [
      yaml`
      kind: Namespace
      metadata: { name: ferry, annotations: { kustomize.toolkit.fluxcd.io/reconcile: Disabled } }`,
      `
      namespaces/ferry/0.yaml: reconcile-disabled (warning)
        what   Disabled: it is neither applied nor pruned nor waited for
        where  Namespace ferry, metadata.annotations["kustomize.toolkit.fluxcd.io/reconcile"]
        why    the file changes and the cluster does not, and on a new cluster the object never comes
        fix    remove the mark, or the manifest`,
    ],
    'ignored, by a label': [
      yaml`
      kind: Namespace
      metadata: { name: ferry, labels: { kustomize.toolkit.fluxcd.io/ssa: Ignore } }`,
      `
      namespaces/ferry/0.yaml: reconcile-disabled (warning)
        what   Ignore: it is neither applied nor pruned
        where  Namespace ferry, metadata.labels["kustomize.toolkit.fluxcd.io/ssa"]
        why    the file changes and the cluster does not, and on a new cluster the object never comes
        fix    remove the mark, or the manifest`,
    ],
  },
});
