import type { EffectiveObject, FluxKustomization } from '../../effective';
import { listed } from '../phrase';
import { defineRule, nameOf, textAt, type Violation } from '../rule';
import { isStateful } from '../stateful';

const MARKS = [
  { key: 'kustomize.toolkit.fluxcd.io/prune', values: /^disabled$/i },
  { key: 'kustomize.toolkit.fluxcd.io/reconcile', values: /^disabled$/i },
  { key: 'kustomize.toolkit.fluxcd.io/ssa', values: /^ignore$/i },
];

/** Source: kustomize-controller deletes what a build no longer has. */
export const pruneSensitive = defineRule({
  name: 'prune-sensitive',
  ids: ['F96', 'S09'],
  claim: 'what holds data is not pruned',
  because:
    'a line that goes from a kustomization.yaml deletes it in the cluster: a Namespace with all in it, a volume, every object of a CRD',
  evidence: 'fluxcd/flux2#1366, fluxcd/kustomize-controller#237',
  severity: 'warning',
  fix: 'annotate it with kustomize.toolkit.fluxcd.io/prune: disabled',

  *check(repository) {
    for (const { kustomizations } of repository.clusters) for (const one of kustomizations) yield* sensitive(one);
  },
});

/** One finding for each Flux Kustomization: it is one switch. */
function* sensitive(kustomization: FluxKustomization): Iterable<Violation> {
  // A StatefulSet leaves its claims behind; what it holds in them stays.
  const held = kustomization.objects.filter(({ object }) => isStateful(object) && object.kind !== 'StatefulSet');
  if (kustomization.spec['prune'] !== true) return;
  const open = held.filter((one) => !isKept(one));
  const [on] = open;
  if (!on) return;
  yield {
    on,
    at: '',
    found: `${kustomization.id} would prune ${listed(open.map(({ object }) => nameOf(object)))}`,
    fix: `annotate ${open.length === 1 ? 'it' : 'each of them'} with kustomize.toolkit.fluxcd.io/prune: disabled`,
  };
}

function isKept({ object: { metadata } }: EffectiveObject): boolean {
  return MARKS.some(({ key, values }) =>
    ['annotations', 'labels'].some((map) => {
      const value = textAt(metadata, map, key);
      return value !== undefined && values.test(value);
    }),
  );
}
