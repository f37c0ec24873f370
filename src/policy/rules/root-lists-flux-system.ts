import { baseOf, inFolder, isYaml, kustomizationFile } from '../folder';
import { documentsOf, textOf } from '../kustomization-files';
import { defineRule, textAt } from '../rule';

/** Source: `flux bootstrap` writes both files; kustomize-controller, prune: what leaves the build is deleted. */
export const rootListsFluxSystem = defineRule({
  name: 'root-lists-flux-system',
  ids: ['F32'],
  claim: 'the root applies the flux-system folder that the cluster was bootstrapped with',
  because: 'with prune: true the root deletes the Flux controllers, their CRDs, and so every Flux object',
  evidence:
    'kustomize-controller, inventory: what a build no longer has is garbage; `flux bootstrap`, gotk-components.yaml and gotk-sync.yaml',
  severity: 'error',
  fix: 'list flux-system in the kustomization.yaml of the root',

  *check({ files, clusters }) {
    for (const cluster of clusters) {
      const { root } = cluster;
      const list = kustomizationFile(files, root.path);
      if (root.failure || list === undefined) continue;
      const folder = inFolder(root.path, 'flux-system');
      const left = (files.list(folder) ?? []).filter(({ name, kind }) => {
        const path = inFolder(folder, name);
        if (kind !== 'file' || !isYaml(name) || !/^gotk-/.test(name)) return false;
        return !cluster.kustomizations.some(({ reached }) => reached.has(path)) && holdsObjects(path);
      });
      if (left.length === 0) continue;
      const names = left.map(({ name }) => name).join(' and ');
      const inner = kustomizationFile(files, folder);
      const isListed = inner !== undefined && root.reached.has(inner);
      yield {
        on: { file: isListed ? inner : list },
        at: 'resources',
        found: `${baseOf(folder)}/${names} ${left.length > 1 ? 'are' : 'is'} not listed`,
        fix: isListed ? `list ${names}` : 'list flux-system',
        ...(root.spec['prune'] !== true && {
          severity: 'warning',
          because: 'the Flux controllers are no longer kept as Git says; with prune: true they would be deleted',
        }),
      };
    }

    function holdsObjects(path: string): boolean {
      return (documentsOf(textOf(files, path) ?? '') ?? []).some((one) => textAt(one, 'kind') !== undefined);
    }
  },
});
