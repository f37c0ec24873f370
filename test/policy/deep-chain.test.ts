import { deepChain } from '../../src/policy/rules/deep-chain';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

/** As many links, one after the other. */
function chain(links: number): string {
  const names = Array.from({ length: links + 1 }, (_, index) => `step-${String.fromCharCode(97 + index)}`);
  return clusterCase(
    Object.fromEntries(names.map((name, index) => [name, index === 0 ? {} : { dependsOn: [{ name: names[index - 1] }] }])),
  );
}

testRule(deepChain, {
  allowed: {
    'ten links': chain(10),
    'many that wait for one': clusterCase(
      Object.fromEntries(
        ['cilium', ...'abcdefghijklmn'].map((name) => [name, name === 'cilium' ? {} : { dependsOn: [{ name: 'cilium' }] }]),
      ),
    ),
  },
  refused: {
    'eleven links': [
      chain(11),
      `
      clusters/test/infrastructure.yaml: deep-chain (info)
        what   11 links, up to 5.5 minutes of waiting: step-l -> step-k -> step-j -> step-i -> step-h -> step-g -> step-f -> step-e -> step-d -> step-c -> step-b -> step-a
        where  Kustomization flux-system/step-l, spec.dependsOn
        why    each link adds up to 30s of waiting to every new commit, on top of the work itself
        fix    take out edges that nothing needs, or start kustomize-controller with --requeue-dependency=5s`,
    ],
    'fourteen links': [
      chain(14),
      `
      clusters/test/infrastructure.yaml: deep-chain (info)
        what   14 links, up to 7 minutes of waiting: step-o -> step-n -> step-m -> step-l -> step-k -> step-j -> step-i -> step-h -> step-g -> step-f -> step-e -> step-d -> step-c -> step-b -> step-a
        where  Kustomization flux-system/step-o, spec.dependsOn
        why    each link adds up to 30s of waiting to every new commit, on top of the work itself
        fix    take out edges that nothing needs, or start kustomize-controller with --requeue-dependency=5s`,
    ],
  },
});
