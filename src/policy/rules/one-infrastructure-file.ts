import { infrastructureFile } from '../convention';
import { defineRule } from '../rule';

/** Source: specification, "Flux Kustomizations": all of a cluster live in one file. */
export const oneInfrastructureFile = defineRule({
  name: 'one-infrastructure-file',
  ids: ['S07'],
  claim: 'all Flux Kustomizations of a cluster stand in its infrastructure.yaml',
  because: 'the order of the bootstrap can be read in one place only as long as there is one place',
  evidence: 'specification: "ALL Flux Kustomization resources live in a single file"',
  severity: 'info',
  fix: 'move it to clusters/<cluster>/infrastructure.yaml',

  *check(repository) {
    for (const cluster of repository.clusters) {
      const file = infrastructureFile(repository, cluster);
      if (file === undefined) continue;
      for (const on of cluster.kustomizations) {
        if (on === cluster.root || on.origin.path === file) continue;
        yield { on, at: '', found: `a Flux Kustomization outside ${file}`, fix: `move it to ${file}` };
      }
    }
  },
});
