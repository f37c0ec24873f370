import { defineRule, type EmittedManifest, textAt } from '../rule';

/** Annotation of the Namespaces beside the Secrets, which leave an existing one to its owner. */
const STUB = 'kustomize.toolkit.fluxcd.io/ssa';

/** Flux's own files, of which each cluster has its own with the same objects in them. */
const OF_EACH_CLUSTER = /^clusters\/[^/]+\/(kustomization\.yaml|cluster-config\.yaml|infrastructure\.yaml|flux-system\/|secrets\/)/;

/** Source: server-side apply; two owners of one object take it from each other at every interval. */
export const oneOwner = defineRule({
  name: 'one-owner',
  claim: 'every object is emitted once',
  because: 'two Flux Kustomizations would take the object from each other at every interval',

  *check(manifests) {
    const owners = new Map<string, EmittedManifest>();
    for (const manifest of manifests) {
      if (OF_EACH_CLUSTER.test(manifest.path) || manifest.cluster !== undefined) continue;
      const { apiVersion, kind, metadata } = manifest.object;
      if (apiVersion.startsWith('kustomize.config.k8s.io/')) continue;
      if (textAt(metadata, 'annotations', STUB) !== undefined) continue;
      const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
      const identity = `${group} ${kind} ${textAt(metadata, 'namespace') ?? ''}/${textAt(metadata, 'name') ?? ''}`;
      const owner = owners.get(identity);
      if (owner)
        yield {
          manifest,
          at: 'metadata.name',
          found: `the same object stands in ${owner.path}`,
          fix: 'keep one of the two, or give one another name',
        };
      else owners.set(identity, manifest);
    }
  },
});
