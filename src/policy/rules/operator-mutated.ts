import type { EffectiveCluster, EffectiveObject } from '../../effective';
import { objectsOf, ofKind } from '../../effective';
import { defineRule, leaves, nameOf, textAt } from '../rule';

const SSA = 'kustomize.toolkit.fluxcd.io/ssa';

/** Annotations by which cert-manager is told to write caBundle. */
const INJECTED = ['cert-manager.io/inject-ca-from', 'cert-manager.io/inject-ca-from-secret', 'cert-manager.io/inject-apiserver-ca'];

/** Source: Flux applies with force, so that it and the other writer take the field from each other. */
export const operatorMutated = defineRule({
  name: 'operator-mutated',
  ids: ['F99'],
  claim: 'no manifest states what a controller writes back',
  because: 'at every interval Flux sets it back, and the controller writes it again: in between it is wrong',
  evidence: 'fluxcd/kustomize-controller, Kustomization v1: spec.ignore and the annotation ssa',
  severity: 'info',
  fix: 'leave the field to its controller, or annotate the object with kustomize.toolkit.fluxcd.io/ssa: IfNotPresent',

  *check(repository) {
    for (const cluster of repository.clusters) {
      for (const on of objectsOf(cluster)) {
        const mark = INJECTED.find((key) => textAt(on.object.metadata, 'annotations', key) !== undefined);
        if (mark === undefined || isOnce(on)) continue;
        const [stated] = leaves(on.object).find(([path, value]) => /(^|\.)caBundle$/.test(path) && value !== '' && value !== null) ?? [];
        if (stated === undefined) continue;
        yield { on, at: stated, found: `a caBundle, and ${mark}, by which cert-manager writes it`, fix: 'leave caBundle out' };
      }
      const written = writtenSecrets(cluster);
      for (const on of ofKind(cluster, 'Secret', '')) {
        const writer = written.get(`${textAt(on.object, 'metadata', 'namespace')}/${textAt(on.object, 'metadata', 'name')}`);
        if (writer === undefined || isOnce(on)) continue;
        yield {
          on,
          at: 'metadata.name',
          found: `${writer} writes the same Secret`,
          fix: 'remove the manifest, or give one of the two another name',
        };
      }
    }
  },
});

/** Secrets that controllers write, and for whom. */
function writtenSecrets(cluster: EffectiveCluster): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  const note = (object: EffectiveObject['object'], name: string | undefined): void => {
    if (name !== undefined) written.set(`${textAt(object, 'metadata', 'namespace')}/${name}`, nameOf(object));
  };
  for (const { object } of ofKind(cluster, 'Certificate', 'cert-manager.io')) note(object, textAt(object, 'spec', 'secretName'));
  for (const { object } of ofKind(cluster, 'ExternalSecret', 'external-secrets.io')) {
    // Merge adds keys to a Secret that somebody else makes.
    if (['Merge', 'None'].includes(textAt(object, 'spec', 'target', 'creationPolicy') ?? '')) continue;
    note(object, textAt(object, 'spec', 'target', 'name') ?? textAt(object, 'metadata', 'name'));
  }
  for (const { object } of ofKind(cluster, 'SealedSecret', 'bitnami.com')) note(object, textAt(object, 'metadata', 'name'));
  return written;
}

function isOnce({ object: { metadata } }: EffectiveObject): boolean {
  const mark = textAt(metadata, 'annotations', SSA) ?? textAt(metadata, 'labels', SSA);
  return mark !== undefined && /^(ifnotpresent|ignore)$/i.test(mark);
}
