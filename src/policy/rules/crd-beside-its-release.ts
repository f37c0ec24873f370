import { isBootstrapped } from '../bootstrapped';
import { countedKinds } from '../counted';
import { unmetCrdNeeds, wordsOf } from '../crd-providers';
import { isNetwork } from '../network-charts';
import { releaseName } from '../releases';
import { defineRule, nameOf } from '../rule';

/** Source: specification, "Config Split Pattern"; the dry-run of a stage comes before its first object. */
export const crdBesideItsRelease = defineRule({
  name: 'crd-beside-its-release',
  ids: ['S02'],
  claim: 'no object of a custom kind stands beside the HelmRelease that brings its CRD',
  because: 'the object is refused until the CRD is there, and the HelmRelease that would bring it is not created: a retry changes nothing',
  evidence: 'fluxcd/kustomize-controller#1194, axeII/home-ops#3606',
  severity: 'error',
  fix: 'split the Flux Kustomization: the release in one, the objects in another that depends on it',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const need of unmetCrdNeeds(cluster)) {
        const { consumer, provider, objects } = need;
        const [on] = objects;
        if (provider.owner !== consumer || !on || isBootstrapped(repository, wordsOf(need))) continue;
        const by = provider.release ? releaseName(provider.release) : nameOf(provider.by.object);
        yield {
          on,
          at: 'kind',
          found: `${countedKinds(objects)} in ${consumer.id}, beside ${by}, which brings the CRD`,
          ...(isNetwork(provider.release?.chart) && ADOPTED),
          fix: `move ${objects.length === 1 ? 'it' : 'them'} to another Flux Kustomization, ${consumer.name}-config, with ${consumer.name} in its dependsOn`,
        };
      }
    }
  },
});

/** Installed before Flux, a network has its CRDs too; what its values add to them later, Flux does not get to. */
const ADOPTED = {
  severity: 'warning',
  because:
    'a network is there before Flux, and with it the CRDs of its first values: of a kind that later values add, Flux gets no object in',
} as const;
