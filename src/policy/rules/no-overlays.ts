import { baseOf } from '../folder';
import { kustomizationsInUse, lineIn, referencesOf } from '../kustomization-files';
import { defineRule } from '../rule';

/** Source: specification, "No base/overlays". */
export const noOverlays = defineRule({
  name: 'no-overlays',
  ids: ['S08'],
  claim: 'clusters differ by patches of Flux and by variables, not by overlays',
  because: 'what a cluster gets is then spread over base, overlay and Flux, and no one file says it',
  evidence: 'specification: "This repo does NOT use base/overlays structure"',
  severity: 'info',
  fix: 'build the base itself, and put the difference into spec.patches or postBuild of the Flux Kustomization',

  *check(repository) {
    const { clusters } = repository;
    for (const on of clusters.flatMap(({ kustomizations }) => kustomizations)) {
      if (!on.path.split('/').some((step) => /^overlays?$/.test(step))) continue;
      yield {
        on,
        at: 'spec.path',
        found: `${on.path} is an overlay`,
        fix: 'build the base, and put the difference into spec.patches or postBuild',
      };
    }
    for (const { path, folder, content } of kustomizationsInUse(repository)) {
      if (folder.split('/').some((step) => /^overlays?$/.test(step))) continue; // said of the Flux Kustomization
      for (const entry of referencesOf(content)) {
        const steps = entry.replace(/\/+$/, '');
        if (!steps.startsWith('..') || !(/^base(s)?$/.test(baseOf(steps)) || /^[./]+$/.test(steps))) continue;
        const line = lineIn(repository.files, path, `- ${entry}`);
        yield {
          on: { file: path, ...(line !== undefined && { line }) },
          at: 'resources',
          found: `${entry} is a base, and this its overlay`,
          fix: 'build the base, and put the difference into spec.patches or postBuild of the Flux Kustomization',
        };
      }
    }
  },
});
