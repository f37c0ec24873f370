import { pruneOrphans } from '../../src/policy/rules/prune-orphans';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const GENERATED = (options: string) => `# namespaces/ferry/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ferry
configMapGenerator:
  - name: settings
    literals: [key=value]
${options}`;

testRule(pruneOrphans, {
  allowed: {
    'nothing is generated': clusterCase({ redis: {} }),
    'names that stay': clusterCase({ ferry: {} }, GENERATED('generatorOptions: { disableNameSuffixHash: true }')),
    'names that change, and are pruned': clusterCase({ ferry: { prune: true, deletionPolicy: 'Delete' } }, GENERATED('')),
    'everything stays': clusterCase({ redis: { deletionPolicy: 'Orphan' } }),
  },
  refused: {
    'a name that changes with its content': [
      clusterCase({ ferry: {} }, GENERATED('')),
      `
      clusters/test/infrastructure.yaml: prune-orphans (warning)
        what   prune: false, while the name of ConfigMap ferry/settings-t757gk2bmf changes with its content
        where  Kustomization flux-system/ferry, spec.prune
        why    each change leaves one more object behind; prune: true would not find it later, since it has left the inventory
        fix    set generatorOptions: { disableNameSuffixHash: true }, or prune: true`,
    ],
    'kept one by one, and deleted all at once': [
      clusterCase({ redis: { deletionPolicy: 'WaitForTermination' } }),
      `
      clusters/test/infrastructure.yaml: prune-orphans (warning)
        what   prune: false, and deletionPolicy: WaitForTermination
        where  Kustomization flux-system/redis, spec.deletionPolicy
        why    it keeps what leaves Git object by object, and deletes all of it when the Flux Kustomization itself goes
        fix    deletionPolicy: Orphan, or leave it out: MirrorPrune deletes nothing here`,
    ],
  },
});
