import { branchStated } from '../../src/policy/rules/branch-stated';
import { clusterCase } from '../support/cluster-case';
import { testRule } from '../support/rule-tester';

const SOURCE = (name: string, spec: object) => `# namespaces/sources/${name}.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: ${name}, namespace: flux-system }
spec: ${JSON.stringify({ interval: '1h', url: 'https://example.org/charts', ...spec })}`;

testRule(branchStated, {
  allowed: {
    'a tag': clusterCase({ sources: {} }, SOURCE('charts', { ref: { tag: 'v1.2.3' } })),
    'two of one address that follow the same': clusterCase(
      { sources: {} },
      SOURCE('charts', { ref: { branch: 'main' } }),
      SOURCE('again', { url: 'https://example.org/charts.git', ref: { branch: 'main' }, ignore: '/*' }),
    ),
  },
  refused: {
    'no ref': [
      clusterCase({ sources: {} }, SOURCE('charts', {})),
      `
      namespaces/sources/charts.yaml: branch-stated (info)
        what   no ref, so that it follows the branch master
        where  GitRepository flux-system/charts, spec.ref
        why    without a ref Flux follows the branch master; with two refs nobody can say which state of the repository a cluster has
        fix    ref: { branch: main }, or whatever its branch is`,
    ],
    'two refs for one address': [
      clusterCase(
        { sources: {} },
        SOURCE('charts', { ref: { branch: 'main' } }),
        SOURCE('older', { url: 'https://example.org/charts.git', ref: { semver: '1.x' } }),
      ),
      `
      namespaces/sources/older.yaml: branch-stated (info)
        what   it follows semver 1.x, and flux-system/charts, of the same address, branch main
        where  GitRepository flux-system/older, spec.ref
        why    without a ref Flux follows the branch master; with two refs nobody can say which state of the repository a cluster has
        fix    let one GitRepository fetch it, or accept that a cluster has two states of it`,
    ],
  },
});
